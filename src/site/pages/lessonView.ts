import type { Edition, Publication } from '../../domain/edition/edition.ts';
import type { SegmentId } from '../../domain/package/lessonPackage.ts';
import type { Block, LessonPage } from '../../formats/page/lessonPage.ts';
import { plainText } from '../../formats/page/plainText.ts';
import { addresses } from '../addresses.ts';
import type { LoadedLesson } from '../loadEdition.ts';
import type { SetNote, Standing } from '../pointer.ts';
import { downloadsOf, type OfferedFile } from './downloads.ts';

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

/** A place in a lesson, as a teacher would name it; steps by number. */
export type Place = { readonly number: number | null; readonly title: string };

/** Where the words stand that must not be taught: steps, questions and sheets. */
export function placesOf(page: LessonPage, avoid: readonly SegmentId[]): readonly Place[] {
  const wrong = new Set(avoid);
  const has = (blocks: readonly Block[]): boolean => blocks.some(({ segment }) => wrong.has(segment));
  const named = (title: string): Place => ({ number: null, title });
  const steps = page.steps
    .filter((step) => wrong.has(step.segment) || has(step.body))
    .map((step): Place => ({ number: step.number, title: plainText([step.title]) }));
  const questions = [...page.questions, ...page.later]
    .filter(
      ({ segment, answers, explanation }) =>
        wrong.has(segment) || answers.some((answer) => wrong.has(answer.segment)) || has(explanation),
    )
    .map(({ stem }) => named(plainText(stem)));
  const sheets = page.sheetsToPrint.filter(({ blocks }) => has(blocks)).map(({ title }) => named(title));
  return [...steps, ...questions, ...sheets];
}

/** What the signs of a standing are called in the set of signs. */
const standingSign: Readonly<Record<Standing['kind'], string>> = {
  current: 'current',
  newer: 'editorial',
  behind: 'content',
  safety: 'safety',
  withheld: 'withdrawn',
};

export function standingView(standing: Omit<Standing, 'avoid'>) {
  const { kind, release, newest, behind, due, sets } = standing;
  return {
    kind,
    sign: standingSign[kind],
    release,
    newest,
    behind,
    due,
    isNewest: release === newest,
    safety: sets.filter(({ severity }) => severity === 'safety'),
    newestSet: sets.at(-1) ?? null,
  };
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

const questionsView = (questions: LessonPage['questions']) =>
  questions.map((question) => ({ ...question, runs: runsOf(question.explanation) }));

export type LessonViewInput = {
  readonly page: LessonPage;
  readonly lesson: LoadedLesson;
  readonly edition: Edition;
  readonly publication: Publication;
  /** In the order of importance. */
  readonly files: readonly OfferedFile[];
  readonly changes: readonly SetNote[];
  /** Where the files of a preview are; readers' files have their public address. */
  readonly fileHref?: (name: string) => string;
  /** Where pictures are: this, their hash, and `.webp`. */
  readonly pictureBase?: string;
};

/** Words of the baseline that the edition chose for itself; its additions say so where they stand. */
const isTold = (block: Block): boolean => Boolean(block.adapted) && !block.added;

/** Everything the lesson template prints, and the style rules of its minute bar. */
export function lessonView(input: LessonViewInput) {
  const { page, lesson, publication } = input;
  const adapted = Object.values(lesson.published.segments).filter((segment) => segment.adapted).length;
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
    downloads: downloadsOf(page, input.files, input.fileHref),
    publication: { number: publication.number, on: publication.on },
    standing: standingView(lesson.standing),
    avoid: placesOf(page, lesson.standing.avoid),
    before: runsOf(page.before),
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
    ...safeguardingParts(page),
    changes: input.changes.toReversed().slice(0, 4),
    adapted,
    code: page.imprint.code,
    verifyHref: page.imprint.code ? addresses.verifyCode(page.imprint.code) : addresses.verify,
  };
  const rules = page.steps
    .map((step, place) => `.bar li:nth-child(${place + 1}){flex-grow:${Math.max(1, step.minutes)}}`)
    .join('');
  return { data, rules };
}
