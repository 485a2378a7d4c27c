import type { Edition, LedgerEntry, TranslationUnit } from '../edition/edition.ts';
import type { FactKey } from '../facts/fact.ts';
import type { Term } from '../memory/term.ts';
import type { LessonId, SegmentId } from '../package/lessonPackage.ts';
import type { History } from '../release/meaning.ts';
import type { TextOrigin } from './update.ts';

/** A text that a memory offers for a source: how alike the sources are, and whose text it is. */
export type Suggestion = { readonly text: string; readonly percent: number; readonly origin: TextOrigin };

/** An addition of the edition that would stand nowhere. `ends`: lessons in which it could stand last. */
export type Adrift = { readonly id: SegmentId; readonly text: string; readonly ends: readonly LessonId[] };

/** An edition's side of an update: only what concerns the segments of the delta has to be loaded. */
export type OurSide = {
  readonly edition: Edition;
  readonly units: ReadonlyMap<SegmentId, TranslationUnit>;
  readonly ledger: ReadonlyMap<SegmentId, LedgerEntry>;
  /** As this edition reads it: with the severities that it raised. */
  readonly history: History;
  /** Facts with a value in the edition's jurisdiction. */
  readonly filledFacts: ReadonlySet<FactKey>;
  /** Superseded and retired units, newest first: of segments that came back or have no unit. */
  readonly earlier?: ReadonlyMap<SegmentId, readonly TranslationUnit[]>;
  /** The sources that units were made from, where the base's text is not it. */
  readonly oldSources?: ReadonlyMap<SegmentId, string>;
  /** The glossary of the edition's language. */
  readonly terms?: readonly Term[];
  /** What a memory offers for a text that has no translation yet. */
  readonly suggest?: (segment: SegmentId, source: string) => Suggestion | null;
  /** Additions that would have no place in the target. */
  readonly adrift?: readonly Adrift[];
};

/** The newest earlier unit whose source meant the same as `meaning`; null for none. */
export function earlierWith(ours: OurSide, segment: SegmentId, meaning: string): TranslationUnit | null {
  const revisions = ours.history[segment] ?? [];
  const meaningAt = (hash: string) => revisions.findLast((revision) => revision.textHash === hash)?.meaning ?? hash;
  const fits = (unit: TranslationUnit) => unit.state !== 'initial' && meaningAt(unit.basedOn) === meaning;
  return ours.earlier?.get(segment)?.find(fits) ?? null;
}

/** The revision that the segment's newest unit had, retired or not; 0 when there never was one. */
export function lastRevision(ours: OurSide, segment: SegmentId): number {
  return ours.units.get(segment)?.revision ?? ours.earlier?.get(segment)?.[0]?.revision ?? 0;
}
