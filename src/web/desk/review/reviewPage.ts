import type { Actor, Person } from '../../../domain/access/access.ts';
import { can } from '../../../domain/access/can.ts';
import { baselineLanguage, type WorkingUnit } from '../../../domain/edition/workingText.ts';
import type { Lesson } from '../../../domain/package/lessonPackage.ts';
import { textHash } from '../../../domain/release/canonical.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import { type LessonTitle, lessonTitle } from '../today/lessonTitle.ts';
import { type Desk, lessonsAtWork, lessonsNeeding, unitsIn } from '../today/loadDesk.ts';
import { type Waiting, waitsForReview } from '../today/waiting.ts';
import { anchorOf, unitHref } from '../workbench/hrefs.ts';
import { markedRuns, plainRuns, type TextRun } from '../workbench/textRuns.ts';

export type ReviewRow = {
  readonly id: string;
  readonly anchor: string;
  readonly href: string;
  readonly about: string;
  readonly policy: string;
  readonly source: readonly TextRun[];
  /** A segment of the edition's own: there is no source beside it. */
  readonly added: boolean;
  readonly ours: readonly TextRun[];
  /** Ours was marked against what readers had before. */
  readonly marked: boolean;
  readonly by: string;
  readonly at: string;
  readonly revision: number;
  readonly sharedIn: readonly string[];
  /** Of core text in another language. */
  readonly back: {
    readonly text: string;
    readonly by: string;
    readonly current: boolean;
    readonly mayWrite: boolean;
  } | null;
  /** Null where this person may not: own text, no right, or a back-translation is needed first. */
  readonly decide: string | null;
  readonly mayReturn: boolean;
  /** Why there is no button, and who can. */
  readonly why: string | null;
  readonly hrefs: { readonly back: string };
};

export type ReviewPage = {
  readonly headline: string;
  readonly lessons: readonly (LessonTitle & {
    readonly count: number;
    readonly href: string;
    readonly current: boolean;
  })[];
  readonly rows: readonly ReviewRow[];
  readonly lesson: string;
  readonly more: number;
};

/** A page one can read through; the rest follows as these are decided. */
const rowsShown = 30;

export type Readers = {
  readonly actor: Actor;
  readonly names: ReadonlyMap<string, string>;
  /** People of the partner, to say who can. */
  readonly colleagues: readonly Person[];
  /** The approved texts before, by segment. */
  readonly before: ReadonlyMap<string, string>;
};

/** Units that wait, lesson by lesson; a shared one stands with the first lesson that has it. */
export function waitingByLesson(
  desk: Desk,
): readonly { readonly lesson: Lesson; readonly units: readonly WorkingUnit[] }[] {
  const seen = new Set<string>();
  return lessonsAtWork(desk.working)
    .map((lesson) => ({
      lesson,
      units: unitsIn(desk, lesson).filter((unit) => {
        if (seen.has(unit.segment) || !waitsForReview(desk, unit)) return false;
        seen.add(unit.segment);
        return true;
      }),
    }))
    .filter(({ units }) => units.length > 0);
}

/** What the address asks for: a lesson, and a unit of it to be read first. */
export type AskedReview = { readonly lesson: string | undefined; readonly unit: string | undefined };

function askedGroup(desk: Desk, asked: AskedReview) {
  const groups = waitingByLesson(desk);
  const holds = (units: readonly WorkingUnit[]) => units.some((unit) => unit.segment === asked.unit);
  const current =
    groups.find(({ units }) => holds(units)) ?? groups.find(({ lesson }) => lesson.id === asked.lesson) ?? groups[0];
  const units = [...(current?.units ?? [])];
  units.sort((one, other) => Number(other.segment === asked.unit) - Number(one.segment === asked.unit));
  return { groups, current, units };
}

/** The units of the lesson that is read now. */
export function unitsToRead(desk: Desk, asked: AskedReview): readonly WorkingUnit[] {
  return askedGroup(desk, asked).units.slice(0, rowsShown);
}

/** The review of one lesson, with the way to the others. */
export function reviewPage(
  t: Translate,
  desk: Desk,
  waiting: Waiting,
  readers: Readers,
  asked: AskedReview,
): ReviewPage {
  const { edition } = desk.working;
  const { groups, current, units } = askedGroup(desk, asked);
  const all = groups.reduce((sum, group) => sum + group.units.length, 0);
  const mine = waiting.reviews.length;
  return {
    headline: all === 0 ? t('edition:review.none') : t('edition:review.headline', { count: mine }),
    lessons: groups.map(({ lesson, units: waits }) => ({
      ...lessonTitle(desk.working, lesson),
      count: waits.length,
      href: `${paths.review.to(edition.tag)}?${new URLSearchParams({ lesson: lesson.id })}`,
      current: lesson.id === current?.lesson.id,
    })),
    rows: units.slice(0, rowsShown).map((unit) => rowOf(t, desk, readers, unit, current?.lesson.id ?? '')),
    lesson: current?.lesson.id ?? '',
    more: Math.max(0, units.length - rowsShown),
  };
}

function rowOf(t: Translate, desk: Desk, readers: Readers, working: WorkingUnit, lesson: string): ReviewRow {
  const { edition, lessonPackage } = desk.working;
  const { actor, names, before } = readers;
  const { segment, unit } = working;
  const source = lessonPackage.segments[segment];
  const core = source?.policy === 'core';
  const me = actor.kind === 'person' ? actor.person.id : null;
  const mayReview = can(actor, 'unit:review', { partner: edition.partner }) && unit?.by !== me;
  const needsBack = core && edition.language !== baselineLanguage;
  const current = unit?.backTranslation?.of === textHash(unit?.target ?? '');
  const old = before.get(segment);
  const mayWrite = can(actor, 'unit:write', { partner: edition.partner }) && unit?.by !== me;
  return {
    id: segment,
    anchor: anchorOf('unit', segment),
    href: unitHref(edition.tag, lesson, segment),
    about: [t(`desk:segmentKinds.${source?.kind ?? 'paragraph'}`), t(`desk:policies.${source?.policy ?? 'core'}`)].join(
      t('edition:comma'),
    ),
    policy: source?.policy ?? 'core',
    source: plainRuns(working.source),
    added: desk.working.material?.segments.has(segment) ?? false,
    ours: old === undefined ? plainRuns(working.text) : markedRuns(old, working.text, edition.language),
    marked: old !== undefined,
    by: names.get(unit?.by ?? '') ?? '',
    at: unit?.at ?? '',
    revision: unit?.revision ?? 0,
    sharedIn: lessonsNeeding(lessonPackage, segment),
    back: needsBack
      ? {
          text: unit?.backTranslation?.text ?? '',
          by: names.get(unit?.backTranslation?.by ?? '') ?? '',
          current,
          mayWrite,
        }
      : null,
    decide: mayReview && (!needsBack || current) ? paths.unitReview.to(edition.tag, segment) : null,
    mayReturn: mayReview,
    why: whyNot(t, readers, {
      partner: edition.partner,
      author: unit?.by ?? '',
      mayReview,
      lacksBack: needsBack && !current,
    }),
    hrefs: { back: paths.unitBackTranslation.to(edition.tag, segment) },
  };
}

type Case = {
  readonly partner: string;
  readonly author: string;
  readonly mayReview: boolean;
  readonly lacksBack: boolean;
};

/** Who can, where this person cannot. */
function whyNot(t: Translate, { colleagues }: Readers, { partner, author, mayReview, lacksBack }: Case): string | null {
  if (mayReview) return lacksBack ? t('edition:review.backFirst') : null;
  const able = colleagues
    .filter((person) => person.id !== author && can({ kind: 'person', person }, 'unit:review', { partner }))
    .map((person) => person.name);
  return able.length === 0 ? t('edition:review.nobody') : t('edition:review.who', { names: able });
}
