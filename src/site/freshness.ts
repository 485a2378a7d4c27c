import type { ReaderPolicy, Staleness } from '../domain/edition/edition.ts';
import type { PublicationLesson, PublishedLesson } from '../domain/edition/publication.ts';
import type { Lesson, LessonPackage, SegmentId } from '../domain/package/lessonPackage.ts';
import { textHash } from '../domain/release/canonical.ts';
import { stalenessOf } from '../domain/release/meaning.ts';
import type { Change, Release, SegmentRevision, Severity } from '../domain/release/release.ts';
import { addDays, type Day } from '../domain/time.ts';
import type { SetNote, Standing } from './pointer.ts';
import { releasedSets, segmentsIn, worst } from './setNotes.ts';

/** What reader staleness is measured against. */
export type Newest = {
  readonly releases: readonly Release[];
  readonly lessonPackage: LessonPackage;
  readonly history: Readonly<Record<SegmentId, readonly SegmentRevision[]>>;
  readonly today: Day;
};

/** Days for which a content change may wait before readers are told. */
const noticeAfter = 60;

/** The default policy of every edition. */
export function readerPolicy(severity: Severity | null, since: Day, due: Day | null, today: Day): ReaderPolicy {
  if (severity === 'safety') return due !== null && due < today ? 'withhold' : 'notice';
  if (severity === 'content') return addDays(since, noticeAfter) <= today ? 'notice' : 'keep';
  return 'keep';
}

const placedIn = (lesson: Lesson | undefined, section: string, segment: SegmentId): boolean =>
  lesson?.sections.find(({ id }) => id === section)?.placements.some((placement) => placement.segment === segment) ??
  false;

/** Whether a change of structure has not arrived in the published lesson; later churn cancels out. */
function isMissing(change: Change, published: Lesson, now: Lesson | undefined): boolean {
  if (change.kind === 'placed' || change.kind === 'unplaced') {
    if (change.at.lesson !== published.id) return false;
    const here = placedIn(published, change.at.section, change.placement.segment);
    const there = placedIn(now, change.at.section, change.placement.segment);
    return here !== there && there === (change.kind === 'placed');
  }
  if (change.kind === 'lessonRemoved') return change.lesson.id === published.id && now === undefined;
  return false;
}

function staleSegments(published: PublishedLesson, newest: Newest): readonly (readonly [SegmentId, Staleness])[] {
  return segmentsIn(published.lesson).flatMap((id): (readonly [SegmentId, Staleness])[] => {
    const source = newest.lessonPackage.segments[id];
    const ours = published.segments[id];
    if (!source || !ours) return [];
    const staleness = stalenessOf(newest.history[id] ?? [], ours.basedOn, textHash(source.text));
    return staleness && staleness.severity !== 'editorial' ? [[id, staleness]] : [];
  });
}

/** Reader staleness: a published lesson against the newest release. Never the working text. */
export function standingOf(entry: PublicationLesson, published: PublishedLesson, newest: Newest): Standing {
  const at = newest.releases.findIndex((release) => release.number === entry.release);
  const later = newest.releases.slice(at + 1);
  const stale = staleSegments(published, newest);
  const now = newest.lessonPackage.lessons.find((lesson) => lesson.id === published.lesson.id);
  const waiting = new Set(stale.flatMap(([, staleness]) => staleness.sets));
  const structural = later
    .flatMap((release) => release.sets)
    .filter(
      (set) => set.severity !== 'editorial' && set.changes.some((change) => isMissing(change, published.lesson, now)),
    );
  for (const set of structural) waiting.add(set.id);
  const sets = releasedSets(newest.releases).flatMap(({ note }): SetNote[] =>
    waiting.has(note.id) && note.severity !== 'editorial' ? [note] : [],
  );
  const severity = worst([...stale.map(([, each]) => each.severity), ...structural.map((set) => set.severity)]);
  const dues = [...stale.map(([, each]) => each.due), ...structural.map((set) => set.due)];
  const due = dues.filter((day) => day !== null).sort()[0] ?? null;
  const since = sets[0]?.on ?? newest.today;
  const policy = readerPolicy(severity, since, due, newest.today);
  return {
    kind: kindOf(severity, policy),
    release: entry.release,
    newest: newest.releases.at(-1)?.number ?? entry.release,
    behind: severity === null ? 0 : later.length,
    due: severity === 'safety' ? due : null,
    sets,
    avoid: stale.filter(([, each]) => each.severity === 'safety').map(([id]) => id),
  };
}

function kindOf(severity: Severity | null, policy: ReaderPolicy): Standing['kind'] {
  if (severity === 'safety') return policy === 'withhold' ? 'withheld' : 'safety';
  if (severity === 'content') return policy === 'notice' ? 'behind' : 'newer';
  return 'current';
}

const order: readonly Standing['kind'][] = ['current', 'newer', 'behind', 'safety', 'withheld'];

/** An edition stands where its hindmost lesson stands. */
export function editionStanding(lessons: readonly Standing[], newest: string): Omit<Standing, 'avoid'> {
  const hindmost = [...lessons].sort((one, other) => order.indexOf(other.kind) - order.indexOf(one.kind))[0];
  const behind = [...lessons].sort((one, other) => other.behind - one.behind)[0];
  const sets = new Map(lessons.flatMap(({ sets: waiting }) => waiting).map((set) => [set.id, set]));
  return {
    kind: hindmost?.kind ?? 'current',
    release: behind && behind.behind > 0 ? behind.release : newest,
    newest,
    behind: behind?.behind ?? 0,
    due: lessons.flatMap(({ due }) => (due === null ? [] : [due])).sort()[0] ?? null,
    sets: [...sets.values()].sort((one, other) => one.on.localeCompare(other.on)),
  };
}
