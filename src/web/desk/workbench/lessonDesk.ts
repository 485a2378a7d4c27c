import { loadChecks } from '../../../commands/checks/loadChecks.ts';
import { loadLessons } from '../../../commands/edition/loadLessons.ts';
import { loadFacts, loadWorking } from '../../../commands/edition/loadWorking.ts';
import { can } from '../../../domain/access/can.ts';
import { type LessonReadiness, readinessOf, textsNeeded } from '../../../domain/edition/readiness.ts';
import { type WorkingEdition, type WorkingUnit, workingUnit } from '../../../domain/edition/workingText.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { Lesson, LessonPackage, SegmentId } from '../../../domain/package/lessonPackage.ts';
import { compareNumbers } from '../../../domain/release/changeSet.ts';
import { dayOf } from '../../../domain/time.ts';
import type { EditionContext } from '../../route.ts';
import type { PlaceCounts } from '../frame.ts';
import { type Desk, unitsOf } from '../today/loadDesk.ts';
import { placeCounts, reviewsFor, waitingFacts, waitingMay } from '../today/waiting.ts';
import { workFor } from '../today/work.ts';

/** The texts of one lesson, and nothing else of the edition: what a save needs to find the way on. */
export type LessonTexts = {
  readonly lesson: Lesson;
  readonly working: WorkingEdition;
  readonly units: ReadonlyMap<SegmentId, WorkingUnit>;
};

/** A desk in which only the units of one lesson, and of those that this person has in hand, are loaded. */
export type LessonDesk = Desk & { readonly lesson: Lesson };

/** The lesson of an edition's package. Throws `lessonUnknown`. */
export function lessonIn(lessonPackage: LessonPackage, id: string): Lesson {
  const lesson = lessonPackage.lessons.find((each) => each.id === id);
  if (lesson === undefined) throw new DomainError('lessonUnknown', { lesson: id });
  return lesson;
}

function textsIn(working: WorkingEdition, id: string, more: readonly string[] = []): LessonTexts {
  const lesson = lessonIn(working.lessonPackage, id);
  const loaded = working.lessonPackage.lessons.filter((each) => each === lesson || more.includes(each.id));
  const segments = new Set(loaded.flatMap((each) => textsNeeded(working.lessonPackage, each)));
  const found = [...segments].map((segment) => workingUnit(working, segment)).filter((unit) => unit !== null);
  return { lesson, working, units: new Map(found.map((unit) => [unit.segment, unit])) };
}

/** Loads the texts of one lesson. Throws `lessonUnknown`. */
export async function loadLessonTexts({ world, edition }: EditionContext, id: string): Promise<LessonTexts> {
  return textsIn(await loadLessons(world.store, edition, [id]), id);
}

/** Loads what the page of one lesson shows. Throws `lessonUnknown`. */
export async function loadLessonDesk(context: EditionContext, id: string): Promise<LessonDesk> {
  const { world, edition, now, person } = context;
  const { store } = world;
  const assignments = await store.assignments.ofEdition(edition.tag);
  const mine = assignments.filter((each) => each.person === person.id && each.doneAt === undefined);
  const held = mine.map((each) => each.lesson);
  const [working, proposals, releases, colleagues] = await Promise.all([
    loadLessons(store, edition, [id, ...held]),
    store.facts.proposals([edition.country]),
    store.releases.all(),
    store.people.ofPartner(edition.partner),
  ]);
  const [facts, checks] = await Promise.all([
    loadFacts(store, edition, working.lessonPackage, now),
    loadChecks(world, working),
  ]);
  const inOrder = [...releases].sort((one, other) => compareNumbers(one.number, other.number));
  return {
    ...textsIn(working, id, held),
    ...{ facts, checks, values: [], proposals, releases: inOrder, counts: null },
    ...{ assignments, colleagues, today: dayOf(now) },
  };
}

/** How far the lesson is. */
export function lessonReadiness({ working, lesson, facts, today, checks }: LessonDesk): LessonReadiness {
  return readinessOf(working, lesson, facts.facts, facts.stops, today, checks.of);
}

/**
 * The numbers beside the places of the masthead. What waits for review is counted over the whole edition, so all of it
 * is read for people who review, and only for them.
 */
export async function lessonPlaceCounts(context: EditionContext, desk: LessonDesk): Promise<PlaceCounts> {
  const { actor, edition, world } = context;
  const reviews = can(actor, 'unit:review', { partner: edition.partner });
  const working = reviews ? await loadWorking(world.store, edition) : null;
  return placeCounts(desk, {
    reviews: working === null ? [] : reviewsFor({ working, units: unitsOf(working) }, actor),
    work: workFor(desk, actor),
    may: waitingMay(edition, actor),
    ...waitingFacts(desk, actor),
  });
}
