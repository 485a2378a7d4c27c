import type { Edition } from '../../../domain/edition/edition.ts';
import { lessonsWith } from '../../../domain/edition/workingText.ts';
import type { LessonPackage } from '../../../domain/package/lessonPackage.ts';
import type { ChangeSet, Release } from '../../../domain/release/release.ts';
import { type Day, daysBetween } from '../../../domain/time.ts';
import { paths } from '../../paths.ts';
import { addedRuns, markedRuns, type TextRun } from '../workbench/textRuns.ts';
import { type Desk, releasesAfter } from './loadDesk.ts';

/** The most urgent safety change that the edition does not have yet. */
export type SafetyStory = {
  readonly set: string;
  readonly title: string;
  readonly reason: string;
  readonly release: string;
  readonly on: Day;
  readonly due: Day | null;
  /** Negative once the day has passed. */
  readonly daysLeft: number | null;
  readonly words: readonly { readonly segment: string; readonly runs: readonly TextRun[] }[];
  readonly lessons: readonly { readonly id: string; readonly href: string }[];
  /** What readers see until the edition has it. */
  readonly readers: 'unpublished' | 'notice' | 'withheld';
  readonly more: number;
  readonly hrefs: { readonly alone: string; readonly update: string };
};

type Pending = { readonly set: ChangeSet; readonly release: Release };
const wordsShown = 2;

/** Safety sets of later releases that were not taken ahead; the earliest date first. */
export function pendingSafety(
  { upstream }: Pick<Edition, 'upstream'>,
  releases: readonly Release[],
): readonly Pending[] {
  return releasesAfter(releases, upstream.release)
    .flatMap((release) => release.sets.map((set) => ({ set, release })))
    .filter(({ set }) => set.severity === 'safety' && !upstream.ahead.includes(set.id))
    .sort((one, other) => (one.set.due ?? '9999').localeCompare(other.set.due ?? '9999'));
}

/** Tells the first of them; null when none waits. `newest` is the package of the newest release. */
export function safetyStory(
  desk: Pick<Desk, 'working' | 'releases' | 'today'>,
  newest: LessonPackage,
): SafetyStory | null {
  const pending = pendingSafety(desk.working.edition, desk.releases);
  const first = pending[0];
  if (first === undefined) return null;
  const { edition } = desk.working;
  const { set, release } = first;
  const words = wordsOf(set);
  const segments = words.map((each) => each.segment);
  const lessons = newest.lessons
    .map((lesson) => lesson.id)
    .filter((id) => segments.some((segment) => lessonsWith(newest, segment).includes(id)));
  const daysLeft = set.due === null ? null : daysBetween(desk.today, set.due);
  return {
    set: set.id,
    title: set.title,
    reason: set.reason,
    release: release.number,
    on: release.on,
    due: set.due,
    daysLeft,
    words: words.slice(0, wordsShown),
    lessons: lessons.map((id) => ({ id, href: paths.workbench.to(edition.tag, id) })),
    readers: edition.publication === null ? 'unpublished' : (daysLeft ?? 0) < 0 ? 'withheld' : 'notice',
    more: pending.length - 1,
    hrefs: {
      alone: `${paths.update.to(edition.tag)}?set=${encodeURIComponent(set.id)}`,
      update: paths.update.to(edition.tag),
    },
  };
}

function wordsOf(set: ChangeSet): SafetyStory['words'] {
  return set.changes.flatMap((change) => {
    if (change.kind === 'segmentEdited') {
      return [{ segment: change.segment, runs: markedRuns(change.before, change.after, 'en') }];
    }
    return change.kind === 'segmentAdded' ? [{ segment: change.segment.id, runs: addedRuns(change.segment.text) }] : [];
  });
}
