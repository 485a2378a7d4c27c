import type { Block, LessonPage } from '../../formats/page/lessonPage.ts';

/** Items with the lead that stands before them, so that a template writes one list. */
export type Run = { readonly items: readonly Block[] | null; readonly block: Block | null };

/** Neighbouring items make one list; everything else stands for itself. */
export function runsOf(blocks: readonly Block[]): readonly Run[] {
  const runs: { items: Block[] | null; block: Block | null }[] = [];
  for (const block of blocks) {
    const last = runs.at(-1);
    if (block.kind === 'item' && last?.items) last.items.push(block);
    else runs.push(block.kind === 'item' ? { items: [block], block: null } : { items: null, block });
  }
  return runs;
}

/** Few words stand whole in the frame; of many the frame has what to say, and the rest stands below the lesson. */
function safeguardingParts({ before, safeguarding }: LessonPage) {
  const say = safeguarding.filter(({ kind }) => kind === 'speech' || kind === 'statement').slice(0, 1);
  // A lesson whose own box already holds the words to say does not say them twice.
  const said = before.some(({ kind }) => kind === 'statement');
  if (before.length === 0 || said) return { framed: [], safeguarding: runsOf(safeguarding) };
  if (safeguarding.length <= 4) return { framed: runsOf(safeguarding), safeguarding: [] };
  return { framed: runsOf(say), safeguarding: runsOf(safeguarding) };
}

/** The words to say to a child who tells something are one tap away where the lesson's own box holds them. */
function withAnchor(before: readonly Block[]): readonly (Block & { readonly anchor?: 'tells' })[] {
  const first = before.findIndex(({ kind }) => kind === 'statement');
  return before.map((block, at) => (at === first ? { ...block, anchor: 'tells' } : block));
}

const withRuns = (questions: LessonPage['questions']) =>
  questions.map((question) => ({ ...question, runs: runsOf(question.explanation) }));

/** Words of the baseline that the edition chose for itself; its additions say so where they stand. */
const isTold = (block: Block): boolean => Boolean(block.adapted) && !block.added;

/** What a page of a lesson prints of the lesson itself, wherever it lies, and the style rules of its minute bar. */
export function lessonBody(page: LessonPage) {
  const data = {
    page,
    sheetPictures: page.sheetsToPrint.flatMap(({ title, blocks }) =>
      blocks.filter(({ picture }) => picture !== undefined).map((block) => ({ ...block, sheet: title })),
    ),
    ages: page.ages && { from: page.ages[0], to: page.ages[1] },
    groupSize: page.groupSize && { from: page.groupSize[0], to: page.groupSize[1] },
    before: runsOf(withAnchor(page.before)),
    objectives: runsOf(page.objectives),
    messages: page.messages,
    materials: runsOf(page.materials),
    steps: page.steps.map((step) => ({
      ...step,
      runs: runsOf(step.body),
      evidenceText: step.evidence.join(', '),
      told: step.body.some(isTold),
      hasNote: step.evidence.length > 0 || step.body.some(isTold),
    })),
    total: page.steps.reduce((sum, step) => sum + step.minutes, 0),
    hasPractice: page.steps.some((step) => step.practice),
    questions: withRuns(page.questions),
    later: withRuns(page.later),
    ...safeguardingParts(page),
    code: page.imprint.code,
  };
  const rules = page.steps
    .map((step, place) => `.bar li:nth-child(${place + 1}){flex-grow:${Math.max(1, step.minutes)}}`)
    .join('');
  return { data, rules };
}
