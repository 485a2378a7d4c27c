import type { WorkingUnit } from '../../../domain/edition/workingText.ts';
import type { Lesson, SegmentId } from '../../../domain/package/lessonPackage.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import { type LessonTitle, lessonTitle } from '../today/lessonTitle.ts';
import { type Desk, lessonsAtWork, unitsIn } from '../today/loadDesk.ts';
import { type Waiting, waitsForReview } from '../today/waiting.ts';
import { type Readers, type ReviewRow, reviewRow } from './reviewRow.ts';

export type ReviewPart = { readonly name: string; readonly rows: readonly ReviewRow[] };

export type ReviewPage = {
  readonly headline: string;
  readonly lessons: readonly (LessonTitle & {
    readonly count: number;
    readonly href: string;
    readonly current: boolean;
  })[];
  readonly parts: readonly ReviewPart[];
  readonly lesson: string;
  readonly lessonTitle: LessonTitle | null;
  /** Texts of this lesson that this person can agree to now. */
  readonly ready: number;
  readonly ticked: number;
  readonly waits: number;
  readonly hrefs: { readonly all: string; readonly none: string };
};

type Group = { readonly lesson: Lesson; readonly units: readonly WorkingUnit[]; readonly waits: number };

/** The lessons that have something to review, in teaching order; a shared unit waits in each lesson that has it. */
export function waitingByLesson(desk: Desk): readonly Group[] {
  return lessonsAtWork(desk.working)
    .map((lesson) => {
      const units = unitsIn(desk, lesson);
      return { lesson, units, waits: units.filter((unit) => waitsForReview(desk, unit)).length };
    })
    .filter(({ waits }) => waits > 0);
}

/** What the address asks for: a lesson, or a unit that is to be read. */
export type AskedReview = { readonly lesson: string | undefined; readonly unit: string | undefined };

/** The lesson that is read now: the one asked for, else the first with something this person can agree to. */
export function lessonToRead(desk: Desk, waiting: Waiting, asked: AskedReview): Group | undefined {
  const groups = waitingByLesson(desk);
  const mine = new Set(waiting.reviews);
  const holds = (group: Group) => group.units.some((unit) => unit.segment === asked.unit && waitsForReview(desk, unit));
  return (
    groups.find(({ lesson }) => lesson.id === asked.lesson) ??
    groups.find(holds) ??
    groups.find(({ units }) => units.some((unit) => mine.has(unit.segment))) ??
    groups[0]
  );
}

/** The review of one whole lesson, in the order in which a class meets it, with the way to the others. */
export function reviewPage(
  t: Translate,
  desk: Desk,
  waiting: Waiting,
  readers: Readers,
  current: Group | undefined,
): ReviewPage {
  const { edition } = desk.working;
  const groups = waitingByLesson(desk);
  const mine = waiting.reviews.length;
  const at = (lesson: string, query: Readonly<Record<string, string>> = {}) =>
    `${paths.review.to(edition.tag)}?${new URLSearchParams({ lesson, ...query })}`;
  const lesson = current?.lesson.id ?? '';
  const parts = current === undefined ? [] : partsOf(t, desk, readers, current);
  const rows = parts.flatMap((part) => part.rows);
  return {
    headline: groups.length === 0 ? t('edition:review.none') : t('edition:review.headline', { count: mine }),
    lessons: groups.map((group) => ({
      ...lessonTitle(desk.working, group.lesson),
      count: group.waits,
      href: at(group.lesson.id),
      current: group.lesson.id === lesson,
    })),
    parts,
    lesson,
    lessonTitle: current === undefined ? null : lessonTitle(desk.working, current.lesson),
    ready: rows.filter((row) => row.tick !== null).length,
    ticked: rows.filter((row) => row.tick !== null && row.ticked).length,
    waits: current?.waits ?? 0,
    hrefs: { all: `${at(lesson, { tick: 'all' })}#agree`, none: `${at(lesson)}#agree` },
  };
}

/** Section by section, each segment once; what stands in for missing facts comes last. */
function partsOf(t: Translate, desk: Desk, readers: Readers, { lesson, units }: Group): readonly ReviewPart[] {
  const left = new Map<SegmentId, WorkingUnit>(units.map((unit) => [unit.segment, unit]));
  const take = (ids: readonly SegmentId[]) =>
    ids.flatMap((id) => {
      const unit = left.get(id);
      left.delete(id);
      return unit === undefined ? [] : [reviewRow(t, desk, readers, unit, lesson.id)];
    });
  const parts = lesson.sections.map((section) => ({
    name: t(`edition:sections.${section.kind}`),
    rows: take(section.placements.map((placement) => placement.segment)),
  }));
  return [...parts, { name: t('edition:sections.standIns'), rows: take([...left.keys()]) }].filter(
    ({ rows }) => rows.length > 0,
  );
}
