import type { LessonReadiness } from '../../../domain/edition/readiness.ts';
import type { ResolvedFact } from '../../../domain/facts/fact.ts';
import { addDays, type Day, daysBetween } from '../../../domain/time.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import { lessonsUsing } from '../facts/factUse.ts';
import { factHref } from '../workbench/hrefs.ts';
import { snippetOf } from '../workbench/textRuns.ts';
import { type LessonTitle, lessonTitle } from './lessonTitle.ts';
import { type Desk, releasesAfter } from './loadDesk.ts';
import type { SafetyStory } from './safetyStory.ts';
import { type StalePart, staleRows } from './staleRows.ts';
import { stoppedLessons, type Waiting } from './waiting.ts';
import { daysLeft, type WorkPart, workPart } from './workRows.ts';

export type StoppedRow = LessonTitle & { readonly href: string; readonly why: string };
export type FactRow = { readonly key: string; readonly href: string; readonly label: string; readonly what: string };
export type ReviewRow = { readonly segment: string; readonly text: string; readonly by: string; readonly at: string };
export type ProposalRow = { readonly key: string; readonly href: string; readonly by: string; readonly at: string };

export type TodayPage = {
  readonly things: number;
  readonly headline: string;
  readonly lede: string;
  readonly story: (SafetyStory & { readonly left: string; readonly late: boolean }) | null;
  readonly stoppingFacts: { readonly rows: readonly FactRow[]; readonly lessons: number } | null;
  readonly stopped: readonly StoppedRow[];
  readonly stale: StalePart | null;
  readonly work: WorkPart;
  /** A later release that waits, and what it brings. */
  readonly update: { readonly target: string; readonly brings: string; readonly href: string } | null;
  readonly reviews: { readonly rows: readonly ReviewRow[]; readonly count: number } | null;
  readonly proposals: readonly ProposalRow[];
  readonly otherFacts: { readonly rows: readonly FactRow[]; readonly count: number } | null;
  /** What is true and what comes next, when nothing needs anybody. */
  readonly next: { readonly key: string; readonly on: Day; readonly href: string } | null;
  readonly coming: readonly { readonly key: string; readonly on: Day; readonly href: string }[];
  readonly nothingOffered: boolean;
};

const rowsShown = 5;
const comingWithin = 120;

/**
 * The page that answers "what needs me?", in order of harm: safety, what stops publication, what is mine by its date,
 * what is stale, reviews, good to know.
 */
export function todayPage(
  t: Translate,
  desk: Desk,
  waiting: Waiting,
  told: { readonly story: SafetyStory | null; readonly names: ReadonlyMap<string, string> },
): TodayPage {
  const { working } = desk;
  const { edition } = working;
  const factRow = (fact: ResolvedFact): FactRow => ({
    key: fact.key,
    href: factHref(edition.tag, fact.key),
    label: working.lessonPackage.facts[fact.key]?.label ?? '',
    what: problemWords(t, desk, fact),
  });
  const stopped = stoppedLessons(desk, waiting).filter((lesson) => textsStop(waiting.readiness.get(lesson.id)));
  const stale = staleRows(desk, waiting);
  const work = workPart(t, desk, waiting, told.names);
  const reviews = waiting.reviews.slice(0, rowsShown).map((id) => reviewRow(desk, id, told.names));
  const proposals = waiting.confirmations.map((proposal) => ({
    key: proposal.key,
    href: factHref(edition.tag, proposal.key),
    by: told.names.get(proposal.by) ?? '',
    at: proposal.at,
  }));
  const update = told.story === null ? updatePart(t, desk) : null;
  const kinds = [told.story, stopped.length, stale, update, waiting.reviews.length, proposals.length];
  const factKinds = [waiting.stoppingFacts.length, waiting.otherFacts.length];
  const workKinds = [work.mine, work.sentBack.length, work.freed.length, work.late.length];
  const things = [...kinds, ...factKinds, ...workKinds].filter(Boolean).length;
  const coming = comingChecks(desk);
  return {
    things,
    headline: headline(t, things),
    lede: lede(t, desk),
    story:
      told.story === null
        ? null
        : { ...told.story, left: daysLeft(t, told.story.daysLeft), late: (told.story.daysLeft ?? 0) < 0 },
    stoppingFacts:
      waiting.stoppingFacts.length === 0
        ? null
        : {
            rows: waiting.stoppingFacts.map(factRow),
            lessons: lessonsUsing(working.lessonPackage, waiting.stoppingFacts).length,
          },
    stopped: stopped.map((lesson) => ({
      ...lessonTitle(working, lesson),
      href: `${paths.editionLessons.to(edition.tag)}#lesson-${lesson.id}`,
      why: stopWords(t, waiting.readiness.get(lesson.id)),
    })),
    stale,
    work,
    update,
    reviews: waiting.reviews.length === 0 ? null : { rows: reviews, count: waiting.reviews.length },
    proposals,
    otherFacts:
      waiting.otherFacts.length === 0
        ? null
        : { rows: waiting.otherFacts.slice(0, rowsShown).map(factRow), count: waiting.otherFacts.length },
    next: coming[0] ?? null,
    coming: coming.filter((check) => check.on <= addDays(desk.today, comingWithin)).slice(0, rowsShown),
    nothingOffered: !Object.values(edition.lessons).some((choice) => choice.state === 'offered'),
  };
}

/** Small numbers in words. */
export function headline(t: Translate, things: number): string {
  if (things === 0) return t('edition:today.nothing');
  return t('edition:today.headline', { count: things, words: t(`edition:today.words.${Math.min(things, 9)}`) });
}

function lede(t: Translate, desk: Desk): string {
  const { upstream } = desk.working.edition;
  const stands = t('edition:today.stands', { release: upstream.release });
  const ahead = upstream.ahead.length === 0 ? '' : t('edition:today.ahead', { count: upstream.ahead.length });
  const later = releasesAfter(desk.releases, upstream.release).length;
  return [stands, ahead, t('edition:today.since', { count: later })].filter(Boolean).join(' ');
}

const textKinds = ['practiceMissing', 'untranslated', 'staleSafety', 'unreviewed', 'backTranslation'] as const;

function textsStop(readiness: LessonReadiness | undefined): boolean {
  return readiness?.obstacles.some((obstacle) => obstacle.stops && obstacle.kind !== 'fact') ?? false;
}

function stopWords(t: Translate, readiness: LessonReadiness | undefined): string {
  const stops = readiness?.obstacles.filter((obstacle) => obstacle.stops) ?? [];
  const counts = textKinds.map((kind) => ({ kind, count: stops.filter((each) => each.kind === kind).length }));
  return counts
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => t(`edition:obstacles.${kind}`, { count }))
    .join(t('edition:comma'));
}

/** A later release without a safety change: what taking it brings. */
function updatePart(t: Translate, desk: Desk): TodayPage['update'] {
  const { edition } = desk.working;
  const target = releasesAfter(desk.releases, edition.upstream.release).at(-1)?.number;
  if (target === undefined) return null;
  const { stale = 0, added = 0, conflicts = 0, factsNeeded = 0 } = desk.counts ?? {};
  const brings = Object.entries({ stale, conflicts, added, factsNeeded })
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => t(`edition:today.brings.${kind}`, { count }));
  return { target, brings: brings.join(t('edition:comma')), href: paths.update.to(edition.tag) };
}

function reviewRow(desk: Desk, segment: string, names: ReadonlyMap<string, string>): ReviewRow {
  const unit = desk.units.get(segment);
  const by = names.get(unit?.unit?.by ?? '') ?? '';
  return { segment, text: snippetOf(unit?.text ?? ''), by, at: unit?.unit?.at ?? '' };
}

/** What is wrong with a fact, with its date where it has one. */
export function problemWords(t: Translate, desk: Pick<Desk, 'working' | 'today'>, fact: ResolvedFact): string {
  const definition = desk.working.lessonPackage.facts[fact.key];
  if (fact.problem === 'overdue' && fact.check !== null && definition !== undefined) {
    const due = addDays(fact.check.on, definition.checkEvery);
    return t('edition:facts.wasDue', { count: daysBetween(due, desk.today) });
  }
  return t(`edition:facts.problems.${fact.problem ?? 'empty'}`);
}

function comingChecks(desk: Desk): TodayPage['coming'] {
  const { lessonPackage, edition } = desk.working;
  return Object.values(desk.facts.facts)
    .flatMap((fact) => {
      const every = lessonPackage.facts[fact.key]?.checkEvery;
      if (fact.check === null || every === undefined || fact.problem !== undefined) return [];
      return [{ key: fact.key, on: addDays(fact.check.on, every), href: factHref(edition.tag, fact.key) }];
    })
    .sort((one, other) => one.on.localeCompare(other.on));
}
