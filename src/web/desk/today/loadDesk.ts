import { type EditionChecks, loadChecks } from '../../../commands/checks/loadChecks.ts';
import { type EditionFacts, loadFacts, loadWorking } from '../../../commands/edition/loadWorking.ts';
import type { Person } from '../../../domain/access/access.ts';
import type { Assignment } from '../../../domain/edition/assignment.ts';
import { textsNeeded } from '../../../domain/edition/readiness.ts';
import { type WorkingEdition, type WorkingUnit, workingUnit } from '../../../domain/edition/workingText.ts';
import type { FactProposal, FactValue } from '../../../domain/facts/fact.ts';
import type { Lesson, LessonPackage, SegmentId } from '../../../domain/package/lessonPackage.ts';
import { compareNumbers } from '../../../domain/release/changeSet.ts';
import type { Release } from '../../../domain/release/release.ts';
import { type Day, dayOf } from '../../../domain/time.ts';
import type { UpdateCounts } from '../../../domain/update/update.ts';
import type { EditionContext } from '../../route.ts';

export { isStale, isUnfinished } from '../../../domain/edition/lessonWork.ts';
export { textsNeeded as textsOf } from '../../../domain/edition/readiness.ts';

/** Everything that the pages of one edition's desk are made of, loaded once a request. */
export type Desk = {
  readonly working: WorkingEdition;
  /** The working text of every segment that a lesson needs. */
  readonly units: ReadonlyMap<SegmentId, WorkingUnit>;
  readonly facts: EditionFacts;
  readonly checks: EditionChecks;
  readonly values: readonly FactValue[];
  readonly proposals: readonly FactProposal[];
  /** Oldest first. */
  readonly releases: readonly Release[];
  /** What the newest release would bring; null while the edition stands on it, or before anyone has counted. */
  readonly counts: UpdateCounts | null;
  readonly assignments: readonly Assignment[];
  /** Everybody of the edition's partner, also those who have left. */
  readonly colleagues: readonly Person[];
  readonly today: Day;
};

/** Loads an edition's desk. */
export async function loadDesk({ world, edition, now }: EditionContext): Promise<Desk> {
  const { store } = world;
  const [working, values, proposals, releases, counted, assignments, colleagues] = await Promise.all([
    loadWorking(store, edition),
    store.facts.ofJurisdictions([edition.country]),
    store.facts.proposals([edition.country]),
    store.releases.all(),
    store.editions.counts(edition.tag),
    store.assignments.ofEdition(edition.tag),
    store.people.ofPartner(edition.partner),
  ]);
  const facts = await loadFacts(store, edition, working.lessonPackage, now);
  const checks = await loadChecks(world, working);
  const inOrder = [...releases].sort((one, other) => compareNumbers(one.number, other.number));
  const behind = releasesAfter(inOrder, edition.upstream.release).length > 0;
  const counts = behind && counted?.release === inOrder.at(-1)?.number ? (counted?.counts ?? null) : null;
  return {
    ...{ working, units: unitsOf(working), facts, checks, values, proposals, releases: inOrder, counts },
    ...{ assignments, colleagues, today: dayOf(now) },
  };
}

/** The releases later than a number. */
export function releasesAfter(releases: readonly Release[], number: string): readonly Release[] {
  return releases.filter((release) => compareNumbers(release.number, number) > 0);
}

type Needed = ReadonlyMap<SegmentId, readonly string[]>;
/** A package never changes, and which lessons need a segment is asked for on every page. */
const neededIn = new WeakMap<LessonPackage, Needed>();

function lessonsOfSegments(lessonPackage: LessonPackage): Needed {
  const known = neededIn.get(lessonPackage);
  if (known !== undefined) return known;
  const lessons = new Map<SegmentId, string[]>();
  for (const lesson of lessonPackage.lessons) {
    for (const id of textsNeeded(lessonPackage, lesson)) lessons.set(id, [...(lessons.get(id) ?? []), lesson.id]);
  }
  neededIn.set(lessonPackage, lessons);
  return lessons;
}

/** The lessons that need a segment's text, in teaching order. */
export function lessonsNeeding(lessonPackage: LessonPackage, segment: SegmentId): readonly string[] {
  return lessonsOfSegments(lessonPackage).get(segment) ?? [];
}

/** The working text of every segment that some lesson needs. */
export function unitsOf(working: WorkingEdition): ReadonlyMap<SegmentId, WorkingUnit> {
  const units = new Map<SegmentId, WorkingUnit>();
  for (const lesson of working.lessonPackage.lessons) {
    for (const id of textsNeeded(working.lessonPackage, lesson)) {
      const unit = units.has(id) ? null : workingUnit(working, id);
      if (unit !== null) units.set(id, unit);
    }
  }
  return units;
}

/** The lessons this edition works on: all but those left out. */
export function lessonsAtWork(working: WorkingEdition): readonly Lesson[] {
  const { lessons } = working.lessonPackage;
  return lessons.filter((lesson) => working.edition.lessons[lesson.id]?.state !== 'leftOut');
}

/** The units of a lesson in reading order, without those that the edition leaves out. */
export function unitsIn(desk: Pick<Desk, 'working' | 'units'>, lesson: Lesson): readonly WorkingUnit[] {
  return textsNeeded(desk.working.lessonPackage, lesson)
    .map((id) => desk.units.get(id))
    .filter((unit) => unit !== undefined)
    .filter((unit) => !unit.omitted);
}

/** Names of people by their ids; texts of the seed belong to no named person, and say so. */
export async function namesOf(
  { world, t }: Pick<EditionContext, 'world' | 't'>,
  ids: Iterable<string | null | undefined>,
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(ids)].filter((id) => typeof id === 'string');
  const people = await Promise.all(wanted.map((id) => world.store.people.byId(id)));
  return new Map(wanted.map((id, index) => [id, people[index]?.name ?? t('edition:unnamed')]));
}
