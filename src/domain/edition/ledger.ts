import type { Lesson, LessonId, LessonPackage, SegmentId } from '../package/lessonPackage.ts';
import { sameValue } from '../release/canonical.ts';
import { compareNumbers } from '../release/changeSet.ts';
import { type History, highestSeverity } from '../release/meaning.ts';
import type { ChangeSetId, ReleaseNumber, SegmentRevision, Severity } from '../release/release.ts';
import type { Day } from '../time.ts';
import type { LedgerEntry } from './edition.ts';
import { baselineSide, groupsOf, keyOf, type Override } from './override.ts';

/** How near a change came: the text itself, what stands beside it in its section, elsewhere in its lesson. */
export const nearness = ['own', 'neighbour', 'lesson'] as const;
export type Nearness = (typeof nearness)[number];

/** A text of the baseline that means something else since somebody last looked at the difference. */
export type NearbyChange = {
  readonly segment: SegmentId;
  readonly near: Nearness;
  readonly severity: Exclude<Severity, 'editorial'>;
  readonly sets: readonly ChangeSetId[];
  /** The release whose text the difference was last held against; null when it is known by its day only. */
  readonly since: ReleaseNumber | null;
  /** The text hash it had then; null when it was not there. */
  readonly before: SegmentRevision | null;
};

/** A difference to look at again, and why. */
export type Reoffer = {
  readonly near: Nearness;
  readonly changes: readonly NearbyChange[];
  /** Of minutes and order: the baseline itself has others now. */
  readonly baseMoved: boolean;
};

/** What the surroundings of a difference are read from: the package of the edition's upstream, and the history. */
export type Surroundings = {
  readonly lessonPackage: LessonPackage;
  readonly history: History;
  readonly upstream: ReleaseNumber;
};

type Looked = { readonly against?: ReleaseNumber; readonly on: Day };
type Near = ReadonlyMap<SegmentId, Nearness>;

/**
 * Whether the surroundings of a difference in words (or of an omission) have changed since somebody last looked at it:
 * its own text, what stands beside it, or its lesson, with severity content or safety. There and back is no change.
 */
export function reofferOf(around: Surroundings, entry: LedgerEntry): Reoffer | null {
  const near = new Map<SegmentId, Nearness>();
  for (const lesson of around.lessonPackage.lessons) addNear(near, around.lessonPackage, lesson, entry.segment);
  near.set(entry.segment, 'own');
  const changes = changesIn(around, near, entry).filter(
    (change) => change.near !== 'own' || !isDeclined(around, entry),
  );
  return reoffer(changes, false);
}

/** The same of minutes and of an order; they are looked at again, too, when the baseline's own changed. */
export function reofferOfOverride(around: Surroundings, override: Override): Reoffer | null {
  const { lessonPackage } = around;
  const lesson = lessonPackage.lessons.find((each) => each.id === override.lesson);
  const section = lesson?.sections.find((each) => each.id === override.section);
  if (lesson === undefined || section === undefined) return { near: 'own', changes: [], baseMoved: true };
  const near = new Map<SegmentId, Nearness>();
  if (override.kind === 'minutes') {
    addNear(near, lessonPackage, lesson, override.segment);
    near.set(override.segment, 'own');
  } else {
    for (const id of segmentsOf(lesson)) near.set(id, 'lesson');
    for (const { segment } of section.placements) near.set(segment, 'neighbour');
  }
  const baseMoved = !sameValue(baselineSide(lessonPackage, keyOf(override)), override.base);
  return reoffer(changesIn(around, near, override), baseMoved);
}

function reoffer(changes: readonly NearbyChange[], baseMoved: boolean): Reoffer | null {
  if (changes.length === 0 && !baseMoved) return null;
  const near = baseMoved
    ? 'own'
    : (nearness.find((each) => changes.some((change) => change.near === each)) ?? 'lesson');
  return { near, changes, baseMoved };
}

/** Marks what is near a segment in a lesson; what is nearer elsewhere stays so. */
function addNear(
  near: Map<SegmentId, Nearness>,
  lessonPackage: LessonPackage,
  lesson: Lesson,
  segment: SegmentId,
): void {
  const all = segmentsOf(lesson);
  if (!all.includes(segment)) return;
  for (const id of all) if (!near.has(id)) near.set(id, 'lesson');
  for (const section of lesson.sections) {
    const place = section.placements.findIndex((each) => each.segment === segment);
    if (place < 0) continue;
    const group = groupsOf(lessonPackage, section).find((each) =>
      each.placements.some((one) => one.segment === segment),
    );
    const beside = [section.placements[place - 1], section.placements[place + 1], ...(group?.placements ?? [])];
    for (const each of beside) if (each !== undefined) near.set(each.segment, 'neighbour');
  }
}

const segmentsOf = (lesson: Lesson): readonly SegmentId[] =>
  lesson.sections.flatMap((section) => section.placements.map((placement) => placement.segment));

function changesIn(around: Surroundings, near: Near, looked: Looked): readonly NearbyChange[] {
  const found: NearbyChange[] = [];
  for (const [segment, how] of near) {
    const change = changeSince(around, segment, looked);
    if (change !== null) found.push({ segment, near: how, ...change });
  }
  return found.sort((one, other) => nearness.indexOf(one.near) - nearness.indexOf(other.near));
}

function changeSince(
  { history, upstream }: Surroundings,
  segment: SegmentId,
  { against, on }: Looked,
): Omit<NearbyChange, 'segment' | 'near'> | null {
  const past = Object.hasOwn(history, segment) ? (history[segment] ?? []) : [];
  const known = past.filter((revision) => compareNumbers(revision.release, upstream) <= 0);
  const isOld = (revision: SegmentRevision) =>
    against === undefined ? revision.on <= on : compareNumbers(revision.release, against) <= 0;
  const before = known.findLast(isOld) ?? null;
  const now = known.at(-1);
  const since = known.filter((revision) => !isOld(revision));
  if (now === undefined || since.length === 0 || before?.meaning === now.meaning) return null;
  // A text that came new has no severity of its own: it is as good as content, or safety where it has a date.
  const weights = since.map((revision) => revision.severity ?? (revision.due === null ? 'content' : 'safety'));
  const severity = highestSeverity(weights);
  if (severity === 'editorial') return null;
  const sets = [...new Set(since.flatMap((revision) => revision.changeSet ?? []))];
  return { severity, sets, since: against ?? null, before };
}

function isDeclined({ history, upstream }: Surroundings, entry: LedgerEntry): boolean {
  const past = Object.hasOwn(history, entry.segment) ? (history[entry.segment] ?? []) : [];
  const now = past.findLast((revision) => compareNumbers(revision.release, upstream) <= 0);
  return entry.declined !== undefined && entry.declined === now?.meaning;
}

/** The lessons in which a difference shows. */
export function lessonsOfEntry(lessonPackage: LessonPackage, segment: SegmentId): readonly LessonId[] {
  return lessonPackage.lessons.filter((lesson) => segmentsOf(lesson).includes(segment)).map((lesson) => lesson.id);
}
