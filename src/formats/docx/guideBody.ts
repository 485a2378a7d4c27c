import type { FileChild, Paragraph } from 'docx';
import type { GuidePart, SetBlock } from '../typst/pdfInput.ts';
import { type Line, typedLine, wordsLine } from '../typst/sheetLabels.ts';
import { helpTable } from './help.ts';
import { blocks, heading, type Place, paragraph, styled, whole } from './paragraphs.ts';
import { runs } from './runs.ts';
import { table } from './tables.ts';
import { inSource, type Writing } from './writing.ts';

const inSection: Place = { ...whole, level: 3 };
const inStep: Place = { ...whole, level: 4 };

function titled(
  part: { readonly title: Line; readonly blocks: readonly SetBlock[] },
  writing: Writing,
  place: Place = inSection,
): readonly FileChild[] {
  return part.blocks.length === 0 ? [] : [...heading(part.title, 2, writing), ...blocks(part.blocks, writing, place)];
}

const strong = (line: Line, writing: Writing): readonly Paragraph[] =>
  paragraph(runs(line, writing, { bold: true }), writing);

function facts({ facts }: GuidePart, writing: Writing): FileChild {
  const rows = [
    facts.map(({ term }) => styled(term, 'Small', writing)),
    facts.map(({ value }) => strong(value, writing)),
  ];
  return table(rows, { shares: facts.map(() => 1), borders: 'ruled', titled: true, padding: 50 }, writing);
}

/** `2  Tell, and tell again` */
const numbered = (number: number, title: Line): Line => [...typedLine(number), ...wordsLine('  '), ...title];

function plan({ plan, steps }: GuidePart, writing: Writing): readonly FileChild[] {
  if (steps.length === 0) return [];
  const rows = steps.map(({ number, title, minutes, clock, practice }) => {
    const marked = practice.length === 0 ? [] : [...wordsLine(' ('), ...practice, ...wordsLine(')')];
    const words = [...runs(numbered(number, title), writing), ...runs(marked, writing, { bold: true })];
    return [
      paragraph(words, writing),
      ...[typedLine(minutes), clock].map((line) => paragraph(runs(line, writing), writing)),
    ];
  });
  const head = plan.head.map((line) => strong(line, writing));
  return [
    ...heading(plan.title, 2, writing),
    table(
      [head, ...rows],
      { shares: [6, 1.4, 1.6], borders: 'rows', titled: true, together: steps.length < 15, padding: 50 },
      writing,
    ),
  ];
}

function step(it: GuidePart['steps'][number], minutes: Line, writing: Writing): readonly FileChild[] {
  return [
    ...heading(numbered(it.number, it.title), 3, writing),
    ...paragraph(runs([...minutes, ...wordsLine(' · '), ...it.clock], writing), writing, {
      style: 'Small',
      keepNext: true,
    }),
    ...paragraph(runs(it.practice, writing, { bold: true }), writing, { keepNext: true }),
    ...blocks(it.body, writing, inStep),
    ...styled(it.evidence, 'Small', writing),
  ];
}

/** Letters are the edition's own, so they are words and no list that a word processor counts. */
function question(it: GuidePart['questions'][number], writing: Writing): readonly FileChild[] {
  const stem = it.stem.flatMap((line, index) =>
    paragraph(runs(index === 0 ? numbered(it.number, line) : line, writing, { bold: true }), writing, {
      keepNext: true,
      spacing: { before: index === 0 ? 200 : 0 },
    }),
  );
  const answers = it.answers.flatMap(({ letter, text, right }) => {
    const mark = right.length === 0 ? [] : [...wordsLine(' ('), ...right, ...wordsLine(')')];
    const words = [...letter, ...wordsLine(')\u00a0'), ...text, ...mark];
    return paragraph(runs(words, writing, { bold: right.length > 0 }), writing, { style: 'Answer', keepNext: true });
  });
  return [...stem, ...answers, ...blocks(it.explanation, writing, { ...inStep, style: 'Small' })];
}

function school({ school }: GuidePart, writing: Writing): readonly FileChild[] {
  const blank = (line: Line): SetBlock => ({ kind: 'blank', lines: [line], untranslated: false });
  return [
    ...heading(school.title, 3, writing),
    ...blocks([blank(school.name), blank(school.phone)], writing, inSection),
  ];
}

function evidence({ evidence }: GuidePart, writing: Writing): readonly FileChild[] {
  if (evidence.entries.length === 0) return [];
  const english = inSource(writing);
  return [
    ...heading(evidence.title, 2, writing),
    ...evidence.entries.flatMap(({ id, text }) =>
      paragraph(
        [...runs(typedLine(id), english, { bold: true }), ...runs([...wordsLine('  '), ...text], english)],
        english,
        { style: 'Small' },
      ),
    ),
  ];
}

/** The teacher's guide. `minutesOf` says how long a step takes. */
export function guideBody(
  part: GuidePart,
  minutesOf: (minutes: number) => Line,
  writing: Writing,
): readonly FileChild[] {
  return [
    ...heading(wordsLine(part.title), 1, writing),
    ...blocks(part.lead, writing, { ...inSection, style: 'Lead' }),
    facts(part, writing),
    ...paragraph(runs(part.warning, writing, { bold: true }), writing, { spacing: { before: 160 } }),
    ...titled(part.before, writing, { ...inSection, marks: 'boxes' }),
    ...titled(part.objectives, writing),
    ...titled(part.messages, writing),
    ...titled(part.materials, writing),
    ...plan(part, writing),
    ...(part.steps.length === 0 ? [] : heading(part.stepsTitle, 2, writing)),
    ...part.steps.flatMap((it) => step(it, minutesOf(it.minutes), writing)),
    ...(part.questions.length === 0 ? [] : heading(part.questionsTitle, 2, writing)),
    ...part.questions.flatMap((it) => question(it, writing)),
    ...(part.later.length === 0
      ? []
      : [...heading(part.laterTitle, 2, writing), ...styled(part.laterLead, 'Normal', writing)]),
    ...part.later.flatMap((it) => question(it, writing)),
    ...titled(part.safeguarding, writing),
    ...heading(part.help.title, 2, writing),
    ...helpTable(part.help, writing),
    ...school(part, writing),
    ...evidence(part, writing),
  ];
}
