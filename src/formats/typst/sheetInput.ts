import type { Paper } from '../files/lessonFile.ts';
import type { Block, LessonPage, LessonSheet } from '../page/lessonPage.ts';
import { agesLine, documentOf, frameOf } from './frame.ts';
import type { PdfInput, SetBlock, SetSheetStep, SheetPart } from './pdfInput.ts';
import { helpBox, isMain, setBlocks } from './setBlocks.ts';
import { isInline, type Line, labelLine, type SheetLabels, typedLine, wordsLine } from './sheetLabels.ts';

/** What ends the steps of a sheet and begins what stands beside them. */
const endsSteps: readonly Block['kind'][] = ['heading', 'blank', 'statement'];

/** Whom a block says to call, by number or address. */
const calledIn = (block: Block): readonly string[] =>
  block.paragraphs.flat().flatMap((node) => (node.kind === 'phone' ? node.dial : node.kind === 'url' ? node.url : []));

/** Whether cards say themselves whom to call, all of them: a game with one number in it still needs the others. */
function carryNumbers({ kind, blocks }: LessonSheet, { help }: LessonPage): boolean {
  const said = blocks.flatMap(calledIn);
  const main = help.lines.filter(isMain);
  return kind === 'cards' && main.length > 0 && !help.suspended && main.every((it) => said.includes(it.dial || it.url));
}

const schoolBlank = (labels: SheetLabels): SetBlock => ({
  kind: 'blank',
  lines: [labelLine(labels.schoolLine)],
  untranslated: false,
});

/** What stands before the first card, and the cards: each begins with a heading. */
function dealt(
  { blocks }: LessonSheet,
  withNumbers: boolean,
  labels: SheetLabels,
): { intro: readonly Block[]; cards: SheetPart['cards'] } {
  const cards: { title: Line; body: Block[] }[] = [];
  const intro: Block[] = [];
  for (const block of blocks) {
    if (block.kind === 'heading') cards.push({ title: lineOf(block), body: [] });
    else (cards.at(-1)?.body ?? intro).push(block);
  }
  // The card with the numbers has a line for whom to go to in the own school.
  const last = cards.findLast(({ body }) => body.some((block) => calledIn(block).length > 0));
  const set = cards.map((card) => {
    const body = setBlocks(card.body, labels);
    return { title: card.title, body: withNumbers && card === last ? [...body, schoolBlank(labels)] : body };
  });
  return { intro, cards: set };
}

/** What people take with them; what a teacher keeps goes with the guide, which has a line of its own. */
const takenAlong: readonly LessonSheet['kind'][] = ['handout', 'letter'];

/** The words in one line. */
const lineOf = (block: Block): Line =>
  block.paragraphs.flatMap((line, index): Line => (index === 0 ? line : [{ kind: 'break' }, ...line]));

function divide(blocks: readonly Block[]): {
  intro: readonly Block[];
  steps: readonly Block[];
  rest: readonly Block[];
} {
  const first = blocks.findIndex(({ kind }) => kind === 'step');
  if (first < 0) return { intro: blocks, steps: [], rest: [] };
  const last = blocks.findLastIndex(({ kind }) => kind === 'step');
  const after = blocks.findIndex(({ kind }, index) => index > last && endsSteps.includes(kind));
  const end = after < 0 ? blocks.length : after;
  return { intro: blocks.slice(0, first), steps: blocks.slice(first, end), rest: blocks.slice(end) };
}

function stepsOf(blocks: readonly Block[], labels: SheetLabels): readonly SetSheetStep[] {
  const steps: { title: Line; body: Block[] }[] = [];
  for (const block of blocks) {
    if (block.kind === 'step') steps.push({ title: lineOf(block), body: [] });
    else steps.at(-1)?.body.push(block);
  }
  return steps.map(({ title, body }, index) => ({ number: index + 1, title, body: setBlocks(body, labels) }));
}

/** `Lesson B4, ages 10–12`, with the lesson in bold. */
export function lessonLine(page: LessonPage, labels: SheetLabels): Line {
  const lesson = labelLine(labels.lesson, { lesson: typedLine(page.lesson) });
  const bold: Line = [{ kind: 'strong', children: lesson.filter(isInline) }];
  return [...bold, ...wordsLine(labels.comma), ...agesLine(page, labels)];
}

/** One sheet of paper for a learner or a family. Nothing of the questions ever gets here. */
export function sheetPart(page: LessonPage, sheet: LessonSheet, labels: SheetLabels): SheetPart {
  const isCards = sheet.kind === 'cards';
  const withNumbers = carryNumbers(sheet, page);
  const { intro, cards } = isCards ? dealt(sheet, withNumbers, labels) : { intro: sheet.blocks, cards: [] };
  const { intro: lead, steps, rest } = isCards ? { intro, steps: [], rest: [] } : divide(sheet.blocks);
  const end = {
    handout: page.group === 'adults' ? labels.adultSheet : labels.ownSheet,
    aid: labels.aidLine,
    cards: labels.cardsLine,
    letter: labels.letterLine,
    booster: labels.boosterLine,
    plan: labels.planLine,
  }[sheet.kind];
  const set = stepsOf(steps, labels);
  return {
    kind: 'sheet',
    frame: frameOf(page, labels, lessonLine(page, labels), labelLine(end)),
    title: sheet.title,
    intro: setBlocks(lead, labels),
    steps: set,
    rest: setBlocks(rest, labels),
    cards,
    beside: set.length > 2 && rest.length > 0 && rest.length <= 10,
    help: withNumbers ? null : helpBox(page, labels, sheet.kind === 'letter' || page.group === 'adults'),
    school: takenAlong.includes(sheet.kind) ? labelLine(labels.schoolLine) : [],
  };
}

/** One PDF for one sheet. */
export function sheetInput(page: LessonPage, sheet: LessonSheet, labels: SheetLabels, paper: Paper = 'a4'): PdfInput {
  return { document: documentOf(page, sheet.title, labels, paper), parts: [sheetPart(page, sheet, labels)] };
}
