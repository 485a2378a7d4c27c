import type { FileChild, Paragraph } from 'docx';
import type { SheetPart } from '../typst/pdfInput.ts';
import { typedLine, wordsLine } from '../typst/sheetLabels.ts';
import { checkLine, helpTable } from './help.ts';
import { blocks, heading, whole } from './paragraphs.ts';
import { textWidth } from './styles.ts';
import { table } from './tables.ts';
import type { Writing } from './writing.ts';

const cardPadding = 220;

/** Cards to cut apart, two beside each other. */
function cards({ cards }: SheetPart, writing: Writing): readonly FileChild[] {
  const across = Math.min(cards.length, 2);
  const room = Math.floor(textWidth / across) - 2 * cardPadding;
  const set = cards.map(({ title, body }): readonly Paragraph[] => [
    ...heading(title, 2, writing, true),
    ...blocks(body, writing, { ...whole, level: 3, room }),
  ]);
  const rows = Array.from({ length: Math.ceil(set.length / 2) }, (_, row) => set.slice(2 * row, 2 * row + 2));
  return rows.length === 0
    ? []
    : [table(rows, { shares: across === 1 ? [1] : [1, 1], borders: 'dashed', padding: cardPadding }, writing)];
}

/** A sheet for a learner or a family. The questions' keys are not in its part. */
export function sheetBody(part: SheetPart, writing: Writing): readonly FileChild[] {
  const lead = part.steps.length === 0 ? whole : { ...whole, style: 'Lead' };
  return [
    ...heading(wordsLine(part.title), 1, writing),
    ...blocks(part.intro, writing, lead),
    ...part.steps.flatMap(({ number, title, body }) => [
      ...heading([...typedLine(number), ...wordsLine('  '), ...title], 2, writing),
      ...blocks(body, writing, { ...whole, level: 3 }),
    ]),
    ...blocks(part.rest, writing, whole),
    ...cards(part, writing),
    // Two tables in a row would become one: words stand between them.
    ...(part.help !== null && part.cards.length > 0 ? heading(part.help.title, 3, writing) : []),
    // Where the cards carry the numbers, the day of their check is what is left to say; a table never ends a document.
    ...(part.help === null ? checkLine(part.frame.imprint.lines.at(-1) ?? [], writing) : helpTable(part.help, writing)),
    ...(part.help === null || part.school.length === 0
      ? []
      : blocks([{ kind: 'blank', lines: [part.school], untranslated: false }], writing, whole)),
  ];
}
