import type { AssignmentRole, Nearness } from '../../../domain/edition/assignment.ts';
import type { Day } from '../../../domain/time.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import { unitHref } from '../workbench/hrefs.ts';
import { snippetOf } from '../workbench/textRuns.ts';
import { type LessonTitle, lessonTitle } from './lessonTitle.ts';
import { type Desk, isUnfinished, lessonsNeeding, unitsIn } from './loadDesk.ts';
import type { Waiting } from './waiting.ts';
import type { Held } from './work.ts';

/** A lesson in somebody's hands. */
export type WorkRow = LessonTitle & {
  readonly href: string;
  readonly role: AssignmentRole;
  /** Whose it is; of one's own, empty. */
  readonly who: string;
  readonly open: number;
  readonly due: Day | null;
  readonly near: Nearness;
  /** How long there is, or how long it has passed. */
  readonly left: string;
};
export type FreedRow = LessonTitle & { readonly href: string; readonly role: AssignmentRole; readonly why: string };
export type SentBackRow = {
  readonly segment: string;
  readonly href: string;
  readonly text: string;
  readonly reason: string;
  readonly by: string;
};

export type WorkPart = {
  readonly mine: { readonly rows: readonly WorkRow[]; readonly late: number; readonly href: string } | null;
  readonly sentBack: readonly SentBackRow[];
  readonly freed: readonly FreedRow[];
  readonly late: readonly WorkRow[];
};

/** What Today says about assignments: one's own by date, what came back, and for a coordinator what needs another hand. */
export function workPart(t: Translate, desk: Desk, waiting: Waiting, names: ReadonlyMap<string, string>): WorkPart {
  const { mine, late, freed } = waiting.work;
  const tag = desk.working.edition.tag;
  const own = mine.filter(({ open, near }) => open > 0 || near === 'late' || near === 'soon');
  const rows = own.flatMap((held) => rowOf(t, desk, held, ''));
  return {
    mine: rows.length === 0 ? null : { rows, late: rows.filter(isLate).length, href: rows[0]?.href ?? '' },
    sentBack: waiting.sentBack.map(({ segment, unit, text }) => ({
      segment,
      href: unitHref(tag, lessonsNeeding(desk.working.lessonPackage, segment)[0] ?? '', segment),
      text: snippetOf(text === '' ? (unit?.target ?? '') : text),
      reason: unit?.sentBack?.reason ?? '',
      by: names.get(unit?.sentBack?.by ?? '') ?? '',
    })),
    freed: freed.flatMap(({ assignment, name, why }) => {
      const title = titleOf(desk, assignment.lesson);
      const href = `${paths.editionLessons.to(tag)}#lesson-${assignment.lesson}`;
      return title === null ? [] : [{ ...title, href, role: assignment.role, why: t(`work:freed.${why}`, { name }) }];
    }),
    late: late.flatMap((held) =>
      rowOf(t, desk, held, desk.colleagues.find(({ id }) => id === held.assignment.person)?.name ?? ''),
    ),
  };
}

const isLate = (row: WorkRow): boolean => row.near === 'late';

function titleOf(desk: Desk, id: string): LessonTitle | null {
  const lesson = desk.working.lessonPackage.lessons.find((each) => each.id === id);
  return lesson === undefined ? null : lessonTitle(desk.working, lesson);
}

function rowOf(t: Translate, desk: Desk, { assignment, open, near, days }: Held, who: string): readonly WorkRow[] {
  const title = titleOf(desk, assignment.lesson);
  if (title === null) return [];
  const { role, due, lesson } = assignment;
  return [{ ...title, href: workHref(desk, lesson, role), role, who, open, due, near, left: daysLeft(t, days) }];
}

/** Where the work is done: the first unit that is not finished, or the review of the lesson. */
export function workHref(desk: Desk, id: string, role: AssignmentRole): string {
  const { edition, lessonPackage } = desk.working;
  if (role === 'review') return `${paths.review.to(edition.tag)}?${new URLSearchParams({ lesson: id })}`;
  const lesson = lessonPackage.lessons.find((each) => each.id === id);
  const first = lesson === undefined ? undefined : unitsIn(desk, lesson).find(isUnfinished);
  return first === undefined
    ? paths.workbench.to(edition.tag, id)
    : unitHref(edition.tag, id, first.segment, 'unfinished');
}

/** `2 days left`, `3 days late`; nothing without a date. */
export const daysLeft = (t: Translate, days: number | null): string =>
  days === null ? '' : days < 0 ? t('edition:story.late', { count: -days }) : t('edition:story.left', { count: days });
