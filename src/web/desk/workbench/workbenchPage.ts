import type { LessonReadiness } from '../../../domain/edition/readiness.ts';
import type { WorkingUnit } from '../../../domain/edition/workingText.ts';
import type { Lesson, LessonPackage, Placement, SectionKind } from '../../../domain/package/lessonPackage.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import { barOf } from '../lessons/lessonsPage.ts';
import { type LessonTitle, lessonTitle } from '../today/lessonTitle.ts';
import { isStale, isUnfinished, lessonsNeeding, textsOf } from '../today/loadDesk.ts';
import { waitsForReview } from '../today/waiting.ts';
import { type Filter, filters, unitHref } from './hrefs.ts';
import type { LessonTexts } from './lessonDesk.ts';
import { type UnitRow, unitRow } from './unitRow.ts';

export type Group = { readonly section: string; readonly rows: readonly ShownRow[] };

/** `policyFirst`: the policy's word stands at the first of its neighbours. */
export type ShownRow = UnitRow & {
  readonly open: boolean;
  readonly policyFirst: boolean;
  /** Who else has it open, in words. */
  readonly here: string | null;
};

export type WorkbenchPage = {
  readonly lesson: LessonTitle;
  readonly headline: string;
  readonly filters: readonly {
    readonly text: string;
    readonly count: number;
    readonly href: string;
    readonly current: boolean;
    readonly stale: boolean;
  }[];
  readonly show: Filter;
  readonly groups: readonly Group[];
  readonly bar: { readonly reviewed: number; readonly done: number };
  readonly progress: string;
  readonly place: { readonly at: number; readonly of: number };
  readonly previous: string | null;
  readonly next: string | null;
  /** The next unit that needs a text; null when none is left. */
  readonly nextOpen: string | null;
  readonly hrefs: { readonly preview: string; readonly lessons: string };
};

/** The texts of an edition, or of one lesson of it. */
type Texts = Pick<LessonTexts, 'units' | 'working'>;

/** `standIns`: sentences that are placed nowhere and stand in where a fact is missing. */
type Heading = { readonly id: string; readonly kind: SectionKind | 'standIns' };
type Placed = { readonly section: Heading; readonly placement: Placement; readonly unit: WorkingUnit };

/** The segments of a lesson in reading order, each once, with where it stands. */
export function placedUnits(desk: Texts, lesson: Lesson): readonly Placed[] {
  const { lessonPackage } = desk.working;
  const placed = new Map<string, Omit<Placed, 'unit'>>();
  for (const section of lesson.sections) {
    for (const placement of section.placements) {
      if (!placed.has(placement.segment)) placed.set(placement.segment, { section, placement });
    }
  }
  return textsOf(lessonPackage, lesson).flatMap((segment) => {
    const unit = desk.units.get(segment);
    const standIn = { section: { id: 'standIns', kind: 'standIns' as const }, placement: { segment } };
    return unit === undefined ? [] : [{ ...(placed.get(segment) ?? standIn), unit }];
  });
}

/** Whether a filter shows a unit. */
export function shows(desk: Texts, show: Filter, unit: WorkingUnit): boolean {
  if (show === 'all') return true;
  if (unit.omitted) return false;
  if (show === 'unfinished') return unit.origin === 'missing';
  return show === 'stale' ? isStale(unit) : waitsForReview(desk, unit);
}

/** The segment to open: the one asked for, else the first unfinished one, else the first. */
export function openedSegment(desk: Texts, lesson: Lesson, show: Filter, asked: string | undefined): string | null {
  const placed = placedUnits(desk, lesson).map((each) => each.unit);
  if (placed.some((unit) => unit.segment === asked)) return asked ?? null;
  const shown = placed.filter((unit) => shows(desk, show, unit));
  const unfinished = shown.find((unit) => isUnfinished(unit) && !unit.omitted);
  return (unfinished ?? shown[0])?.segment ?? null;
}

/** The next unit that needs a text, after this one and then from the start; null when none is left. */
export function nextUnfinished(desk: Texts, lesson: Lesson, show: Filter, after: string): string | null {
  const placed = placedUnits(desk, lesson).map((each) => each.unit);
  const here = placed.findIndex((unit) => unit.segment === after);
  const order = [...placed.slice(here + 1), ...placed.slice(0, Math.max(0, here))];
  const open = order.filter((unit) => isUnfinished(unit) && !unit.omitted);
  return (open.find((unit) => shows(desk, show, unit)) ?? open[0])?.segment ?? null;
}

export type View = {
  readonly show: Filter;
  readonly opened: string | null;
  readonly old: ReadonlyMap<string, string>;
  /** Who else has a segment open, in words. */
  readonly here: ReadonlyMap<string, string>;
};

/** The whole lesson as a bilingual list. */
export function workbenchPage(
  t: Translate,
  desk: Texts,
  readiness: LessonReadiness,
  lesson: Lesson,
  view: View,
): WorkbenchPage {
  const { working } = desk;
  const { edition } = working;
  const all = placedUnits(desk, lesson);
  const shown = all.filter(({ unit }) => shows(desk, view.show, unit) || unit.segment === view.opened);
  const rows = shown.map(({ section, placement, unit }, index) => ({
    section,
    row: {
      ...unitRow(t, desk, { lesson: lesson.id, show: view.show, placement }, unit, view.old.get(unit.segment)),
      open: unit.segment === view.opened,
      here: view.here.get(unit.segment) ?? null,
      policyFirst: policyOf(desk, unit) !== policyOf(desk, shown[index - 1]?.unit),
    },
  }));
  const at = rows.findIndex(({ row }) => row.open);
  const title = lessonTitle(working, lesson);
  const next = nextUnfinished(desk, lesson, view.show, view.opened ?? '');
  const count = (show: Filter) => all.filter(({ unit }) => shows(desk, show, unit)).length;
  return {
    lesson: title,
    headline: `${lesson.id} ${title.text}`,
    filters: filters.map((show) => ({
      text: t(`edition:workbench.filters.${show}`),
      count: count(show),
      href: `${paths.workbench.to(edition.tag, lesson.id)}${show === 'all' ? '' : `?show=${show}`}`,
      current: show === view.show,
      stale: show === 'stale' && count(show) > 0,
    })),
    show: view.show,
    groups: grouped(t, rows),
    bar: barOf(readiness),
    progress: t('edition:workbench.progress', { count: readiness.reviewed, all: readiness.segments }),
    place: { at: at + 1, of: rows.length },
    previous: rows[at - 1]?.row.href ?? null,
    next: at < 0 ? null : (rows[at + 1]?.row.href ?? null),
    nextOpen: next === null || next === view.opened ? null : unitHref(edition.tag, lesson.id, next, view.show),
    hrefs: { preview: paths.preview.to(edition.tag, lesson.id), lessons: paths.editionLessons.to(edition.tag) },
  };
}

const policyOf = (desk: Texts, unit: WorkingUnit | undefined) =>
  unit === undefined ? null : desk.working.lessonPackage.segments[unit.segment]?.policy;

function grouped(t: Translate, rows: readonly { readonly section: Heading; readonly row: ShownRow }[]) {
  const groups: { id: string; section: string; rows: ShownRow[] }[] = [];
  for (const { section, row } of rows) {
    const last = groups.at(-1);
    if (last?.id === section.id) last.rows.push(row);
    else groups.push({ id: section.id, section: t(`edition:sections.${section.kind}`), rows: [row] });
  }
  return groups;
}

/** Where a save leads when it does not say: the first lesson that has the segment. */
export function lessonFor(lessonPackage: LessonPackage, asked: string, segment: string): string | null {
  const lessons = lessonsNeeding(lessonPackage, segment);
  return lessons.includes(asked) ? asked : (lessons[0] ?? null);
}

/** The address of the next thing to do in a lesson. */
export function wayOn(desk: Texts, lesson: Lesson, show: Filter, after: string): string {
  const { tag } = desk.working.edition;
  return unitHref(tag, lesson.id, nextUnfinished(desk, lesson, show, after) ?? after, show);
}
