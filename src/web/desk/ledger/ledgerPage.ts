import type { LedgerEntry } from '../../../domain/edition/edition.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import { type LessonTitle, lessonTitle } from '../today/lessonTitle.ts';
import { type Desk, lessonsNeeding } from '../today/loadDesk.ts';
import { unitHref } from '../workbench/hrefs.ts';
import { plainRuns, type TextRun } from '../workbench/textRuns.ts';

export type LedgerRow = {
  readonly segment: string;
  readonly href: string | null;
  readonly kind: string;
  readonly reason: string;
  readonly owner: string;
  readonly on: string;
  readonly source: readonly TextRun[];
  readonly ours: readonly TextRun[];
  readonly omits: boolean;
  /** A change of the baseline that was declined: it is offered again when it changes. */
  readonly declined: boolean;
  readonly lessons: readonly string[];
};

export type LedgerPage = {
  readonly headline: string;
  readonly rows: readonly LedgerRow[];
  readonly leftOut: readonly (LessonTitle & { readonly reason: string; readonly href: string })[];
};

/** Every deliberate local difference, the newest first, and the lessons left out. */
export function ledgerPage(t: Translate, desk: Desk, names: ReadonlyMap<string, string>): LedgerPage {
  const { edition, lessonPackage, ledger } = desk.working;
  const entries = [...ledger.values()].sort((one, other) => other.on.localeCompare(one.on));
  const leftOut = lessonPackage.lessons
    .filter((lesson) => edition.lessons[lesson.id]?.state === 'leftOut')
    .map((lesson) => ({
      ...lessonTitle(desk.working, lesson),
      reason: edition.lessons[lesson.id]?.reason ?? '',
      href: `${paths.editionLessons.to(edition.tag)}#lesson-${encodeURIComponent(lesson.id)}`,
    }));
  return {
    headline: t('edition:ledger.headline', { count: entries.length }),
    rows: entries.map((entry) => rowOf(t, desk, entry, names)),
    leftOut,
  };
}

function rowOf(t: Translate, desk: Desk, entry: LedgerEntry, names: ReadonlyMap<string, string>): LedgerRow {
  const { edition, lessonPackage, units } = desk.working;
  const lessons = lessonsNeeding(lessonPackage, entry.segment);
  const first = lessons[0];
  return {
    segment: entry.segment,
    href: first === undefined ? null : unitHref(edition.tag, first, entry.segment),
    kind: t(`desk:adaptationKinds.${entry.kind}`),
    reason: entry.reason,
    owner: names.get(entry.owner) ?? '',
    on: entry.on,
    source: plainRuns(lessonPackage.segments[entry.segment]?.text ?? ''),
    ours: entry.omits ? [] : plainRuns(units.get(entry.segment)?.target ?? ''),
    omits: entry.omits,
    declined: entry.declined !== undefined,
    lessons,
  };
}
