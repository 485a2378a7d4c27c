import type { Actor } from '../../../domain/access/access.ts';
import { can } from '../../../domain/access/can.ts';
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

/** What an edition waits for, and what of it this person can do. */
export type Waiting = {
  readonly readiness: ReadonlyMap<string, LessonReadiness>;
  readonly stale: readonly WorkingUnit[];
  /** Translated by others, or reviewed core text without its last step: for this person to read. */
  readonly reviews: readonly SegmentId[];
  /** Values by others that wait for this person. */
  readonly confirmations: readonly FactProposal[];
  readonly stoppingFacts: readonly ResolvedFact[];
  /** Facts with a problem that stops nothing. */
  readonly otherFacts: readonly ResolvedFact[];
  /** Who has which lesson in hand, as far as it concerns this person. */
  readonly work: Work;
  /** Texts of this person that a reviewer sent back. */
  readonly sentBack: readonly WorkingUnit[];
  /** What this person may do about what waits: a number beside a place counts nothing else. */
  readonly may: { readonly facts: boolean; readonly update: boolean };
};

/** Whether a unit waits for a second person: translated, or core text that is reviewed and not final. */
export function waitsForReview(desk: Desk, unit: WorkingUnit): boolean {
  return awaitsReview(unit, desk.working.lessonPackage.segments[unit.segment]?.policy === 'core');
}

/** Counts once what Today, the masthead and the pages say. */
export function waitingOf(desk: Desk, actor: Actor): Waiting {
  const { working, facts, checks } = desk;
  const { edition } = working;
  const subject = { partner: edition.partner };
  const lessons = lessonsAtWork(working);
  const units = [...new Set(lessons.flatMap((lesson) => unitsIn(desk, lesson)))];
  const me = actor.kind === 'person' ? actor.person.id : null;
  const problems = Object.values(facts.facts).filter((fact) => fact.problem !== undefined);
  const readiness = (lesson: Lesson) => readinessOf(working, lesson, facts.facts, facts.stops, desk.today, checks.of);
  const atWork = new Set(lessons.map((lesson) => lesson.id));
  const stops = (fact: ResolvedFact) =>
    facts.stops(fact) && lessonsUsing(working.lessonPackage, [fact]).some((id) => atWork.has(id));
  const proposed = new Set(desk.proposals.map((proposal) => proposal.key));
  return {
    readiness: new Map(working.lessonPackage.lessons.map((lesson) => [lesson.id, readiness(lesson)])),
    stale: units.filter(isStale),
    reviews: can(actor, 'unit:review', subject)
      ? units.filter((unit) => waitsForReview(desk, unit) && unit.unit?.by !== me).map((unit) => unit.segment)
      : [],
    confirmations: can(actor, 'facts:confirm', subject)
      ? desk.proposals.filter((proposal) => proposal.by !== me && working.lessonPackage.facts[proposal.key])
      : [],
    stoppingFacts: problems.filter(stops),
    otherFacts: problems.filter((fact) => !stops(fact) && needsSomebody(desk, fact) && !proposed.has(fact.key)),
    work: workFor(desk, actor),
    sentBack: units.filter(({ unit }) => unit?.state === 'initial' && unit.sentBack !== undefined && unit.by === me),
    may: { facts: can(actor, 'facts:propose', subject), update: can(actor, 'update:decide', subject) },
  };
}

/** A fact that a global default or a sentence stands in for is no work while it is empty; sample data is unchecked. */
function needsSomebody(desk: Desk, fact: ResolvedFact): boolean {
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
export function placeCounts(desk: Desk, waiting: Waiting): PlaceCounts {
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
