import { type EditionFacts, loadFacts, loadWorking } from '../../../commands/edition/loadWorking.ts';
import { can } from '../../../domain/access/can.ts';
import { type LessonReadiness, readinessOf } from '../../../domain/edition/readiness.ts';
import { type WorkingEdition, type WorkingUnit, workingUnit } from '../../../domain/edition/workingText.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { FactProposal } from '../../../domain/facts/fact.ts';
import type { Lesson, LessonPackage, SegmentId } from '../../../domain/package/lessonPackage.ts';
import { compareNumbers } from '../../../domain/release/changeSet.ts';
import type { Release } from '../../../domain/release/release.ts';
import { type Day, dayOf } from '../../../domain/time.ts';
import type { EditionContext } from '../../route.ts';
import type { PlaceCounts } from '../frame.ts';
import { textsOf, unitsOf } from '../today/loadDesk.ts';
import { placeCounts, reviewsFor, waitingFacts } from '../today/waiting.ts';

/** The texts of one lesson, and nothing else of the edition: what a save needs to find the way on. */
export type LessonTexts = {
  readonly lesson: Lesson;
  /** `units` holds the units of this lesson only. */
  readonly working: WorkingEdition;
  readonly units: ReadonlyMap<SegmentId, WorkingUnit>;
};

/** What the page of one lesson is made of, loaded once a request. */
export type LessonDesk = LessonTexts & {
  readonly facts: EditionFacts;
  readonly proposals: readonly FactProposal[];
  /** Oldest first. */
  readonly releases: readonly Release[];
  readonly today: Day;
};

/** The lesson of the desk's package. Throws `lessonUnknown`. */
export function lessonIn(lessonPackage: LessonPackage, id: string): Lesson {
  const lesson = lessonPackage.lessons.find((each) => each.id === id);
  if (lesson === undefined) throw new DomainError('lessonUnknown', { lesson: id });
  return lesson;
}

/** Loads the texts of one lesson. Throws `lessonUnknown`. */
export async function loadLessonTexts({ world, edition }: EditionContext, id: string): Promise<LessonTexts> {
  const { store } = world;
  const lessonPackage = await store.releases.lessonPackage(edition.upstream.release);
  const lesson = lessonIn(lessonPackage, id);
  const segments = textsOf(lessonPackage, lesson);
  const [units, ledger, history] = await Promise.all([
    store.units.some(edition.tag, segments),
    store.ledger.ofEdition(edition.tag),
    store.releases.fullHistory(),
  ]);
  const working: WorkingEdition = {
    edition,
    lessonPackage,
    units: new Map(units.map((unit) => [unit.segment, unit])),
    ledger: new Map(ledger.map((entry) => [entry.segment, entry])),
    history,
  };
  const found = segments.map((segment) => workingUnit(working, segment)).filter((unit) => unit !== null);
  return { lesson, working, units: new Map(found.map((unit) => [unit.segment, unit])) };
}

/** Loads what the page of one lesson shows. Throws `lessonUnknown`. */
export async function loadLessonDesk(context: EditionContext, id: string): Promise<LessonDesk> {
  const { world, edition, now } = context;
  const { store } = world;
  const [texts, proposals, releases] = await Promise.all([
    loadLessonTexts(context, id),
    store.facts.proposals([edition.country]),
    store.releases.all(),
  ]);
  const facts = await loadFacts(store, edition, texts.working.lessonPackage, now);
  const inOrder = [...releases].sort((one, other) => compareNumbers(one.number, other.number));
  return { ...texts, facts, proposals, releases: inOrder, today: dayOf(now) };
}

/** How far the lesson is. */
export function lessonReadiness({ working, lesson, facts, today }: LessonDesk): LessonReadiness {
  return readinessOf(working, lesson, facts.facts, facts.stops, today);
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
    ...waitingFacts(desk, actor),
  });
}
