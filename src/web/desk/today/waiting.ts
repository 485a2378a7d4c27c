import type { Actor } from '../../../domain/access/access.ts';
import { can } from '../../../domain/access/can.ts';
import type { Edition } from '../../../domain/edition/edition.ts';
import { awaitsReview } from '../../../domain/edition/lessonWork.ts';
import { type LessonReadiness, readinessOf } from '../../../domain/edition/readiness.ts';
import type { WorkingUnit } from '../../../domain/edition/workingText.ts';
import type { FactProposal, ResolvedFact } from '../../../domain/facts/fact.ts';
import type { Lesson, SegmentId } from '../../../domain/package/lessonPackage.ts';
import { lessonsUsing } from '../facts/factUse.ts';
import type { PlaceCounts } from '../frame.ts';
import { type Desk, isStale, lessonsAtWork, releasesAfter, unitsIn } from './loadDesk.ts';
import { pendingSafety } from './safetyStory.ts';
import { type Work, workFor } from './work.ts';

/** What of an edition's facts waits. */
export type WaitingFacts = {
  /** Values by others that wait for this person. */
  readonly confirmations: readonly FactProposal[];
  readonly stoppingFacts: readonly ResolvedFact[];
  /** Facts with a problem that stops nothing. */
  readonly otherFacts: readonly ResolvedFact[];
};

/** What an edition waits for, and what of it this person can do. */
export type Waiting = WaitingFacts & {
  readonly readiness: ReadonlyMap<string, LessonReadiness>;
  readonly stale: readonly WorkingUnit[];
  /** Translated by others, or reviewed core text without its last step: for this person to read. */
  readonly reviews: readonly SegmentId[];
  /** Who has which lesson in hand, as far as it concerns this person. */
  readonly work: Work;
  /** Texts of this person that a reviewer sent back. */
  readonly sentBack: readonly WorkingUnit[];
  /** What this person may do about what waits: a number beside a place counts nothing else. */
  readonly may: { readonly facts: boolean; readonly update: boolean };
};

/** Whether a unit waits for a second person: translated, or core text that is reviewed and not final. */
export function waitsForReview(desk: Pick<Desk, 'working'>, unit: WorkingUnit): boolean {
  return awaitsReview(unit, desk.working.lessonPackage.segments[unit.segment]?.policy === 'core');
}

type Units = Pick<Desk, 'working' | 'units'>;
type Facts = Pick<Desk, 'working' | 'facts' | 'proposals'>;

const meOf = (actor: Actor): string | null => (actor.kind === 'person' ? actor.person.id : null);

const unitsAtWork = (desk: Units): readonly WorkingUnit[] => [
  ...new Set(lessonsAtWork(desk.working).flatMap((lesson) => unitsIn(desk, lesson))),
];

/** The units that wait for this person to read them. */
export function reviewsFor(desk: Units, actor: Actor, units = unitsAtWork(desk)): readonly SegmentId[] {
  if (!can(actor, 'unit:review', { partner: desk.working.edition.partner })) return [];
  const me = meOf(actor);
  return units.filter((unit) => waitsForReview(desk, unit) && unit.unit?.by !== me).map((unit) => unit.segment);
}

/** The facts that wait, for this person and for anybody. */
export function waitingFacts(desk: Facts, actor: Actor): WaitingFacts {
  const { working, facts } = desk;
  const me = meOf(actor);
  const problems = Object.values(facts.facts).filter((fact) => fact.problem !== undefined);
  const atWork = new Set(lessonsAtWork(working).map((lesson) => lesson.id));
  const stops = (fact: ResolvedFact) =>
    facts.stops(fact) && lessonsUsing(working.lessonPackage, [fact]).some((id) => atWork.has(id));
  const proposed = new Set(desk.proposals.map((proposal) => proposal.key));
  return {
    confirmations: can(actor, 'facts:confirm', { partner: working.edition.partner })
      ? desk.proposals.filter((proposal) => proposal.by !== me && working.lessonPackage.facts[proposal.key])
      : [],
    stoppingFacts: problems.filter(stops),
    otherFacts: problems.filter((fact) => !stops(fact) && needsSomebody(desk, fact) && !proposed.has(fact.key)),
  };
}

/** What this person may do about what waits. */
export function waitingMay({ partner }: Pick<Edition, 'partner'>, actor: Actor): Waiting['may'] {
  return { facts: can(actor, 'facts:propose', { partner }), update: can(actor, 'update:decide', { partner }) };
}

/** Counts once what Today, the masthead and the pages say. */
export function waitingOf(desk: Desk, actor: Actor): Waiting {
  const { working, facts, checks } = desk;
  const units = unitsAtWork(desk);
  const me = meOf(actor);
  const readiness = (lesson: Lesson) => readinessOf(working, lesson, facts.facts, facts.stops, desk.today, checks.of);
  return {
    readiness: new Map(working.lessonPackage.lessons.map((lesson) => [lesson.id, readiness(lesson)])),
    stale: units.filter(isStale),
    reviews: reviewsFor(desk, actor, units),
    ...waitingFacts(desk, actor),
    work: workFor(desk, actor),
    sentBack: units.filter(({ unit }) => unit?.state === 'initial' && unit.sentBack !== undefined && unit.by === me),
    may: waitingMay(working.edition, actor),
  };
}

/** A fact that a global default or a sentence stands in for is no work while it is empty; sample data is unchecked. */
function needsSomebody(desk: Facts, fact: ResolvedFact): boolean {
  const definition = desk.working.lessonPackage.facts[fact.key];
  const standsIn = definition?.fallback !== undefined || definition?.whenMissing !== undefined;
  return fact.problem === 'empty' ? !standsIn : true;
}

/** The lessons offered to readers that cannot be published as they stand. */
export function stoppedLessons(desk: Desk, waiting: Waiting): readonly Lesson[] {
  const { edition, lessonPackage } = desk.working;
  return lessonPackage.lessons.filter(
    (lesson) => edition.lessons[lesson.id]?.state === 'offered' && waiting.readiness.get(lesson.id)?.ready === false,
  );
}

/** The numbers beside the places of the masthead: what waits for this person there, nothing else. */
export function placeCounts(
  desk: Pick<Desk, 'working' | 'releases'>,
  waiting: WaitingFacts & Pick<Waiting, 'reviews' | 'work' | 'may'>,
): PlaceCounts {
  const behind = releasesAfter(desk.releases, desk.working.edition.upstream.release).length;
  const safety = pendingSafety(desk.working.edition, desk.releases).length;
  const facts = waiting.stoppingFacts.length + waiting.otherFacts.length;
  return {
    lessons: { count: waiting.work.mine.filter((each) => each.open > 0).length },
    ...(behind > 0 && waiting.may.update ? { update: { count: safety || behind, safety: safety > 0 } } : {}),
    review: { count: waiting.reviews.length },
    facts: { count: waiting.confirmations.length + (waiting.may.facts ? facts : 0) },
  };
}
