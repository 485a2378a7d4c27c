import type { Lesson, LessonPackage, Segment, SegmentId } from '../package/lessonPackage.ts';
import { textHash } from '../release/canonical.ts';
import { meaningOf, stalenessOf } from '../release/meaning.ts';
import type { SegmentRevision, TextHash } from '../release/release.ts';
import type { Edition, LedgerEntry, Staleness, TranslationUnit } from './edition.ts';
import type { Material } from './material.ts';
import { type Override, withOverrides } from './override.ts';

/** Everything the working text of an edition is made of, each part loaded once. */
export type WorkingEdition = {
  readonly edition: Edition;
  /** The baseline at the edition's release, with what the edition adds of its own in its places. */
  readonly lessonPackage: LessonPackage;
  readonly units: ReadonlyMap<SegmentId, TranslationUnit>;
  readonly ledger: ReadonlyMap<SegmentId, LedgerEntry>;
  /** Minutes and order of its own; none when absent. */
  readonly overrides?: readonly Override[];
  readonly history: Readonly<Record<SegmentId, readonly SegmentRevision[]>>;
  /** What the edition adds of its own; absent where it was not asked for, or there is none. */
  readonly material?: Material;
  /** Added segments for which a person has to find a place, by lesson. */
  readonly homeless?: ReadonlyMap<string, readonly SegmentId[]>;
};

/** The baseline's language: an edition in it inherits what it does not change. */
export const baselineLanguage = 'en';

/** One segment as the edition has it now. */
export type WorkingUnit = {
  readonly segment: SegmentId;
  readonly source: string;
  readonly sourceHash: TextHash;
  readonly text: string;
  /** `inherited`: the baseline's text counts as done. `missing`: no text yet. */
  readonly origin: 'unit' | 'inherited' | 'missing';
  readonly unit: TranslationUnit | null;
  readonly staleness: Staleness | null;
  readonly omitted: boolean;
};

/** A package's segment never changes: its text is hashed once, however often it is asked for. */
const sourceHashes = new WeakMap<Segment, TextHash>();

/** The hash of a segment's text in its package. */
export function sourceHashOf(source: Segment): TextHash {
  const known = sourceHashes.get(source);
  if (known !== undefined) return known;
  const hash = textHash(source.text);
  sourceHashes.set(source, hash);
  return hash;
}

/** The working text of one segment; null when the package has no such segment. */
export function workingUnit(working: WorkingEdition, segment: SegmentId): WorkingUnit | null {
  const source = working.lessonPackage.segments[segment];
  if (source === undefined) return null;
  const unit = working.units.get(segment) ?? null;
  const sourceHash = sourceHashOf(source);
  const inherits = working.edition.language === baselineLanguage;
  return {
    segment,
    source: source.text,
    sourceHash,
    text: unit?.target ?? (inherits ? source.text : ''),
    origin: unit !== null && unit.state !== 'initial' ? 'unit' : inherits ? 'inherited' : 'missing',
    unit,
    staleness: unit === null ? null : deskStaleness(working, unit, sourceHash),
    omitted: working.ledger.get(segment)?.omits ?? false,
  };
}

/** The segments of a lesson in reading order, each once. */
export function segmentsOf(lesson: Lesson): readonly SegmentId[] {
  return [...new Set(lesson.sections.flatMap((section) => section.placements.map((placement) => placement.segment)))];
}

/** Asked of every segment of every lesson when an edition is published: a package is gone through once. */
const placesOf = new WeakMap<LessonPackage, ReadonlyMap<SegmentId, readonly string[]>>();

function placesIn({ lessons }: LessonPackage): ReadonlyMap<SegmentId, readonly string[]> {
  const places = new Map<SegmentId, string[]>();
  for (const { id, sections } of lessons) {
    const here = new Set(sections.flatMap(({ placements }) => placements.map(({ segment }) => segment)));
    for (const segment of here) places.set(segment, [...(places.get(segment) ?? []), id]);
  }
  return places;
}

/** The lessons in which a segment is placed, in teaching order. */
export function lessonsWith(lessonPackage: LessonPackage, segment: SegmentId): readonly string[] {
  const places = placesOf.get(lessonPackage) ?? placesIn(lessonPackage);
  placesOf.set(lessonPackage, places);
  return places.get(segment) ?? [];
}

/** The lesson as this edition teaches it: without what the ledger leaves out, with minutes and order of its own. */
export function lessonOf(working: WorkingEdition, lesson: Lesson): Lesson {
  const ours = withOverrides(working.lessonPackage, lesson, working.overrides ?? []);
  const sections = ours.sections.map((section) => ({
    ...section,
    placements: section.placements.filter((placement) => !working.ledger.get(placement.segment)?.omits),
  }));
  const minutes = lesson.fields.minutes + stepMinutes(sections) - stepMinutes(lesson.sections);
  return { ...lesson, fields: { ...lesson.fields, minutes }, sections };
}

const stepMinutes = (sections: Lesson['sections']): number =>
  sections
    .filter((section) => section.kind === 'steps')
    .flatMap((section) => section.placements)
    .reduce((sum, placement) => sum + (placement.minutes ?? 0), 0);

/** Staleness for the people who work on the edition: a declined meaning is not offered again until it changes. */
function deskStaleness(working: WorkingEdition, unit: TranslationUnit, sourceHash: TextHash): Staleness | null {
  const history = working.history[unit.segment] ?? [];
  const declined = working.ledger.get(unit.segment)?.declined;
  const staleness = stalenessOf(history, unit.basedOn, sourceHash);
  // What the partner declined and later raised to safety cannot stay declined.
  if (staleness?.severity === 'safety') return staleness;
  return declined !== undefined && declined === meaningOf(history, sourceHash) ? null : staleness;
}
