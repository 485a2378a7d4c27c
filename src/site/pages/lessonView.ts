import type { Edition, Publication } from '../../domain/edition/edition.ts';
import type { Block, LessonPage } from '../../formats/page/lessonPage.ts';
import { addresses } from '../addresses.ts';
import type { LoadedLesson } from '../loadEdition.ts';
import type { Standing } from '../pointer.ts';
import { standingSigns } from '../render.ts';
import { type Changed, changedView } from './changedView.ts';
import { downloadsOf, type OfferedFile } from './downloads.ts';
import { feedbackForm } from './feedbackView.ts';
import { learningResource } from './learningResource.ts';
import { contentsOf, type Neighbours, noNeighbours, tellsHref } from './lessonContents.ts';
import { placesOf } from './lessonParts.ts';

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

/** `own` is what the edition says of a set in its own words. */
export function standingView(standing: Omit<Standing, 'avoid'>, summaries: Edition['summaries'] = {}) {
  const { kind, release, newest, behind, due, sets } = standing;
  return {
    kind,
    sign: standingSigns[kind],
    release,
    newest,
    behind,
    due,
    isNewest: release === newest,
    safety: sets
      .filter(({ severity }) => severity === 'safety')
      .map((set) => ({ ...set, own: summaries[set.id]?.text ?? null })),
    newestSet: sets.at(-1) ?? null,
  };
}

/** Few words stand whole in the frame; of many the frame has what to say, and the rest stands below the lesson. */
export function safeguardingParts({ before, safeguarding }: LessonPage) {
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

const questionsView = (questions: LessonPage['questions']) =>
  questions.map((question) => ({ ...question, runs: runsOf(question.explanation) }));

export type LessonViewInput = {
  readonly page: LessonPage;
  readonly lesson: LoadedLesson;
  readonly edition: Edition;
  readonly publication: Publication;
  /** In the order of importance. */
  readonly files: readonly OfferedFile[];
  /** The sets that altered it, oldest first. */
  readonly changes: readonly Changed[];
  readonly neighbours?: Neighbours;
  /** Where the files of a preview are; readers' files have their public address. */
  readonly fileHref?: (name: string) => string;
  /** Where pictures are: this, their hash, and `.webp`. */
  readonly pictureBase?: string;
};

/** Words of the baseline that the edition chose for itself; its additions say so where they stand. */
export const isTold = (block: Block): boolean => Boolean(block.adapted) && !block.added;

/** Everything the lesson template prints, and the style rules of its minute bar. */
export function lessonView(input: LessonViewInput) {
  const { page, lesson, publication } = input;
  const adapted = Object.values(lesson.published.segments).filter((segment) => segment.adapted).length;
  const parts = safeguardingParts(page);
  const downloads = downloadsOf(page, input.files, input.fileHref);
  const total = page.steps.reduce((sum, step) => sum + step.minutes, 0);
  const data = {
    page,
    pictureBase: input.pictureBase ?? addresses.pictureBase(page.imprint.edition),
    sheetPictures: page.sheetsToPrint.flatMap(({ title, blocks }) =>
      blocks.filter(({ picture }) => picture !== undefined).map((block) => ({ ...block, sheet: title })),
    ),
    ages: page.ages && { from: page.ages[0], to: page.ages[1] },
    groupSize: page.groupSize && { from: page.groupSize[0], to: page.groupSize[1] },
    bandHref: `${addresses.edition(page.imprint.edition)}#band-${page.band}`,
    downloads,
    publication: { number: publication.number, on: publication.on },
    standing: standingView(lesson.standing, input.edition.summaries),
    avoid: placesOf(page, lesson.standing.avoid),
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
    total,
    hasPractice: page.steps.some((step) => step.practice),
    questions: questionsView(page.questions),
    later: questionsView(page.later),
    ...parts,
    contents: contentsOf(page, parts),
    tellsHref: tellsHref(page, parts),
    changes: input.changes
      .toReversed()
      .slice(0, 4)
      .map((each) => changedView(page, each, input.edition.summaries)),
    neighbours: input.neighbours ?? noNeighbours,
    languagesHref: page.imprint.draft || page.national ? null : addresses.languages(page.lesson),
    learningResource: page.imprint.draft ? null : learningResource(page, downloads),
    adapted,
    feedback: feedbackForm(page.imprint.edition, page.lesson, page.help),
    code: page.imprint.code,
    verifyHref: page.imprint.code ? addresses.verifyCode(page.imprint.code) : addresses.verify,
  };
  const rules = page.steps
    .map((step, place) => `.bar li:nth-child(${place + 1}){flex-grow:${Math.max(1, step.minutes)}}`)
    .join('');
  return { data, rules };
}
