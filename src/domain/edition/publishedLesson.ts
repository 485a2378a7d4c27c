import type { FactKey, ResolvedFact } from '../facts/fact.ts';
import type { Lesson } from '../package/lessonPackage.ts';
import { hashOf } from '../release/canonical.ts';
import type { Hash } from '../release/release.ts';
import type { Day, Instant } from '../time.ts';
import { codeOf } from './code.ts';
import type { Picture } from './material.ts';
import type { Publication, PublicationLesson, PublishedLesson, PublishedPicture } from './publication.ts';
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
    // A text that was returned to its writer waits on the desk; readers get what the edition inherits.
    const ours = unit.origin === 'unit' ? unit.unit : null;
    const picture = source.kind === 'picture' ? working.material?.pictures.get(id) : undefined;
    segments[id] = {
      kind: source.kind,
      policy: source.policy,
      text: picture?.alt ?? ours?.target ?? unit.source,
      basedOn: ours?.basedOn ?? unit.sourceHash,
      ...(adapted === undefined ? {} : { adapted }),
      ...(missing && picture === undefined ? { untranslated: true as const } : {}),
      ...(picture === undefined ? {} : { picture: publishedPicture(picture) }),
      ...(source.drawing === undefined || picture !== undefined ? {} : { drawing: source.drawing }),
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
    ...(working.material?.lessons.has(own.id) ? { own: true as const } : {}),
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

const publishedPicture = ({ web, print, width, height, credit }: Picture): PublishedPicture => ({
  web,
  print,
  width,
  height,
  credit,
});

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
  lessons: readonly Pick<PublicationLesson, 'lesson' | 'hash' | 'release' | 'ahead'>[],
): Publication {
  const before = new Map((draft.previous?.lessons ?? []).map((entry) => [entry.lesson, entry]));
  const entries = lessons.map(({ lesson, hash, release, ahead = [] }): PublicationLesson => {
    const old = before.get(lesson);
    const stands = { release, ...(ahead.length === 0 ? {} : { ahead }) };
    if (old?.hash === hash) return { ...without(old), ...stands };
    return {
      lesson,
      hash,
      ...stands,
      lessonEdition: { number: draft.number, on: draft.on },
      code: codeOf(hash),
    };
  });
  const { edition, number, on, at, by, kind, demonstration } = draft;
  const root = publicationRoot({ edition, number, on, kind, demonstration, lessons: entries });
  return { edition, number, on, at, by, kind, lessons: entries, root, demonstration };
}

/** The hash of a whole manifest: what it says of itself, and its lessons by their hashes. */
export function publicationRoot(
  publication: Pick<Publication, 'edition' | 'number' | 'on' | 'kind' | 'demonstration' | 'lessons'>,
): Hash {
  const { edition, number, on, kind, demonstration, lessons } = publication;
  return hashOf({ edition, number, on, kind, demonstration, lessons });
}

/** What was taken ahead belongs to where a lesson stands now, not to where it stood. */
function without({ ahead: _, ...entry }: PublicationLesson): PublicationLesson {
  return entry;
}

/**
 * The hash under which a published lesson is kept. A later release that leaves the words alone gives the same hash, so
 * paper in circulation stays current.
 */
export function publishedLessonHash(lesson: PublishedLesson): Hash {
  const { release: _, ...words } = lesson;
  return hashOf(words);
}
