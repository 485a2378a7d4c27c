import type { FactKey, ResolvedFact } from '../facts/fact.ts';
import type { Lesson, LessonId } from '../package/lessonPackage.ts';
import { hashOf } from '../release/canonical.ts';
import type { Hash, ReleaseNumber } from '../release/release.ts';
import type { Day, Instant } from '../time.ts';
import { codeOf } from './code.ts';
import type { Publication, PublicationLesson, PublishedLesson } from './edition.ts';
import { carriedFacts, isStopped, type LookedAt, standInsOf } from './readiness.ts';
import {
  baselineLanguage,
  lessonOf,
  lessonsWith,
  segmentsOf,
  type WorkingEdition,
  workingUnit,
} from './workingText.ts';

/** The lesson as it stands in the working text, with everything resolved, ready to be hashed and set. */
export function publishedLessonOf(
  working: WorkingEdition,
  lesson: Lesson,
  facts: Readonly<Record<FactKey, ResolvedFact>>,
): PublishedLesson {
  const { edition, lessonPackage } = working;
  const own = lessonOf(working, lesson);
  const segments: Record<string, PublishedLesson['segments'][string]> = {};
  for (const id of [...segmentsOf(own), ...standInsOf(lessonPackage, own)]) {
    const unit = workingUnit(working, id);
    const source = lessonPackage.segments[id];
    if (unit === null || source === undefined) continue;
    const adapted = working.ledger.get(id)?.kind;
    const missing = unit.origin === 'missing';
    segments[id] = {
      kind: source.kind,
      policy: source.policy,
      text: missing ? unit.source : unit.text,
      basedOn: unit.unit?.basedOn ?? unit.sourceHash,
      ...(adapted === undefined ? {} : { adapted }),
      ...(missing ? { untranslated: true as const } : {}),
      ...(source.drawing === undefined ? {} : { drawing: source.drawing }),
    };
  }
  const carried = carriedFacts(lessonPackage, own);
  const cited = new Set([
    ...own.fields.evidence,
    ...own.sections.flatMap((section) => section.placements.flatMap((placement) => placement.evidence ?? [])),
  ]);
  return {
    edition: edition.tag,
    language: edition.language,
    country: edition.country,
    demonstration: edition.demonstration,
    release: edition.upstream.release,
    lesson: own,
    segments,
    facts: Object.fromEntries(carried.flatMap((key) => (facts[key] === undefined ? [] : [[key, facts[key]]]))),
    evidence: Object.fromEntries(
      [...cited].flatMap((id) => {
        const entry = lessonPackage.evidence[id];
        return entry === undefined ? [] : [[id, entry.citation]];
      }),
    ),
  };
}

/**
 * A lesson that stays as it was last published, with today's facts and with the newest approved text of every core
 * statement that other lessons share: those are never left behind. A text that a check calls wrong is not approved.
 */
export function withNewest(
  published: PublishedLesson,
  working: WorkingEdition,
  facts: Readonly<Record<FactKey, ResolvedFact>>,
  lookedAt: LookedAt,
): PublishedLesson {
  const segments = { ...published.segments };
  for (const [id, segment] of Object.entries(published.segments)) {
    if (segment.policy !== 'core' || lessonsWith(working.lessonPackage, id).length < 2) continue;
    const unit = working.units.get(id);
    const reviewed = unit?.state === 'final' || (working.edition.demonstration && unit !== undefined);
    const current = workingUnit(working, id);
    const approved = reviewed && current !== null && !isStopped(current, lookedAt);
    if (unit !== undefined && approved) segments[id] = { ...segment, text: unit.target, basedOn: unit.basedOn };
    else if (unit === undefined && working.edition.language === baselineLanguage) {
      if (current !== null) segments[id] = { ...segment, text: current.text, basedOn: current.sourceHash };
    }
  }
  const renewed: Record<FactKey, ResolvedFact> = {};
  for (const [key, fact] of Object.entries(published.facts)) renewed[key] = facts[key] ?? fact;
  return { ...published, segments, facts: renewed };
}

export type PublicationDraft = {
  readonly previous: Publication | null;
  readonly number: number;
  readonly on: Day;
  readonly at: Instant;
  readonly by: string;
  readonly kind: Publication['kind'];
  readonly demonstration: boolean;
  readonly edition: string;
};

/**
 * The manifest: an unchanged lesson keeps its hash, its code and its lesson edition; a changed one becomes this
 * publication's. Lessons come in teaching order.
 */
export function publicationOf(
  draft: PublicationDraft,
  lessons: readonly { readonly lesson: LessonId; readonly hash: Hash; readonly release: ReleaseNumber }[],
): Publication {
  const before = new Map((draft.previous?.lessons ?? []).map((entry) => [entry.lesson, entry]));
  const entries = lessons.map(({ lesson, hash, release }): PublicationLesson => {
    const old = before.get(lesson);
    if (old?.hash === hash) return { ...old, release };
    return {
      lesson,
      hash,
      release,
      lessonEdition: { number: draft.number, on: draft.on },
      code: codeOf(hash),
    };
  });
  const { edition, number, on, at, by, kind, demonstration } = draft;
  const root = hashOf({ edition, number, on, kind, demonstration, lessons: entries });
  return { edition, number, on, at, by, kind, lessons: entries, root, demonstration };
}

/**
 * The hash under which a published lesson is kept. A later release that leaves the words alone gives the same hash, so
 * paper in circulation stays current.
 */
export function publishedLessonHash(lesson: PublishedLesson): Hash {
  const { release: _, ...words } = lesson;
  return hashOf(words);
}
