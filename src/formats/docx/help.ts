import type { FileChild, Paragraph, ParagraphChild } from 'docx';
import type { HelpBox, SetHelp } from '../typst/pdfInput.ts';
import { type Line, wordsLine } from '../typst/sheetLabels.ts';
import { paragraph, styled } from './paragraphs.ts';
import { type Look, linked, plainRuns, runs } from './runs.ts';
import { serif } from './styles.ts';
import { table } from './tables.ts';
import type { Writing } from './writing.ts';

/** A number to call, or the address where there is none. */
function call(it: SetHelp, writing: Writing, look: Look): readonly ParagraphChild[] {
  return linked(it.link, plainRuns(it.call, writing, look));
}

function cell(it: SetHelp, writing: Writing): readonly Paragraph[] {
  const large: Look = { font: serif, size: 2 * it.size, bold: writing.arabic };
  return [
    ...paragraph(runs(it.label, writing, { bold: true }), writing, { keepNext: true, spacing: { after: 0 } }),
    ...paragraph(call(it, writing, large), writing, { spacing: { before: 20, after: 40 } }),
    ...styled(it.note, 'Small', writing),
  ];
}

/** When the numbers were checked, clear of the frame above. */
export function checkLine(check: Line, writing: Writing): readonly Paragraph[] {
  return paragraph(runs(check, writing), writing, { style: 'Small', spacing: { before: 100, after: 0 } });
}

/** Numbers to call, large enough to be read across a room; below them the services that are no lines to talk to. */
export function helpTable(help: HelpBox, writing: Writing): readonly FileChild[] {
  const cells = help.main.map((it) => cell(it, writing));
  const shares = help.main.map((it) => (help.main.length === 2 && it.use === 'child' ? 4 : 3));
  return [
    ...(cells.length === 0
      ? []
      : [table([cells], { shares, borders: 'framed', padding: 140, withNext: true }, writing)]),
    ...help.notices.flatMap((notice) =>
      paragraph(runs(notice, writing, { bold: true }), writing, { spacing: { before: 120 } }),
    ),
    ...help.more.flatMap((it) => {
      const words = [
        ...runs(it.label, writing, { bold: true }),
        ...runs([...wordsLine(': '), ...it.note, ...wordsLine(' ')], writing),
      ];
      return paragraph([...words, ...call(it, writing, {})], writing, {
        keepNext: true,
        spacing: { before: 80, after: 0 },
      });
    }),
    ...checkLine(help.check, writing),
  ];
}

/** The lines to talk to, on one line, for the foot of every page; without any, that they are not there yet. */
export function helpLineOf(help: HelpBox, writing: Writing): readonly ParagraphChild[] {
  if (help.main.length === 0) return runs([...help.notices.flat(), ...help.check], writing);
  return help.main.flatMap((it, index) => [
    ...runs(wordsLine(index === 0 ? '' : ' · '), writing),
    ...runs([...it.label, ...wordsLine(': ')], writing),
    ...call(it, writing, { bold: true }),
  ]);
}
