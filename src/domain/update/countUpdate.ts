import type { Edition, LedgerEntry, TranslationUnit, UnitStanding } from '../edition/edition.ts';
import { baselineLanguage } from '../edition/workingText.ts';
import type { SegmentId } from '../package/lessonPackage.ts';
import type { History } from '../release/meaning.ts';
import type { TextHash } from '../release/release.ts';
import type { SegmentOutcome } from './itemOf.ts';
import type { OurSide } from './ourSide.ts';
import type { PackageDelta, SegmentDelta } from './packageDelta.ts';
import { planSegment } from './planSegment.ts';
import { factItems } from './rows/wholes.ts';
import { countOutcome, emptyTally } from './tally.ts';
import type { UpdateCounts } from './update.ts';

/**
 * A translation that differs from its source in nothing but the language: what the table counts for it follows from the
 * source that it was made from, so that its text need not be read.
 */
export const isPlain = (
  edition: Pick<Edition, 'language'>,
  unit: UnitStanding,
  entry: LedgerEntry | undefined,
): boolean => edition.language !== baselineLanguage && !unit.adapted && entry === undefined;

/** The segments whose units the counts follow from: what only stands beside a change counts for nothing. */
export function countedIn(delta: PackageDelta): readonly SegmentId[] {
  const parts = [...delta.segments.values()].flatMap((segment) => segment.parts);
  return [...new Set([...delta.segments.keys(), ...parts])];
}

export type Counting = {
  /**
   * The counts of `planUpdate`, for an edition whose plain units are known by their sources alone; `units` has the others,
   * whole. A segment is in one of the two at most.
   */
  readonly countsOf: (ours: OurSide, plain: ReadonlyMap<SegmentId, TextHash>) => UpdateCounts;
};

/**
 * Counts one difference of two packages for many editions that stand at the same place and read the same history: what a
 * plain unit counts for is looked up once for each source, not for each edition.
 */
export function countingOf(delta: PackageDelta, history: History): Counting {
  const known = new Map<SegmentId, Map<TextHash, SegmentOutcome>>();
  const parts = [...new Set([...delta.segments.values()].flatMap((segment) => segment.parts))];

  function outcomeOf(segment: SegmentDelta, basedOn: TextHash, edition: Edition): SegmentOutcome {
    const bySource = known.get(segment.id) ?? new Map<TextHash, SegmentOutcome>();
    known.set(segment.id, bySource);
    const found = bySource.get(basedOn);
    if (found !== undefined) return found;
    const units = new Map([[segment.id, standIn(edition, segment.id, basedOn)]]);
    const ours = { edition, units, ledger: new Map(), history, filledFacts: new Set<string>() };
    const outcome = planSegment(segment, ours, delta);
    bySource.set(basedOn, outcome);
    return outcome;
  }

  return {
    countsOf(ours, plain) {
      const tally = emptyTally();
      // What a segment is made of counts by being there.
      const there = parts.flatMap((part) => {
        const basedOn = plain.get(part);
        return basedOn === undefined ? [] : [[part, standIn(ours.edition, part, basedOn)] as const];
      });
      const others = there.length === 0 ? ours : { ...ours, units: new Map([...ours.units, ...there]) };
      for (const segment of delta.segments.values()) {
        const basedOn = plain.get(segment.id);
        const outcome =
          basedOn === undefined ? planSegment(segment, others, delta) : outcomeOf(segment, basedOn, ours.edition);
        countOutcome(tally, outcome, segment);
      }
      return { ...tally, factsNeeded: factItems(delta, ours).length };
    },
  };
}

/** A unit of which only its source is known; the table looks at nothing else of a plain one. */
const standIn = (edition: Edition, segment: SegmentId, basedOn: TextHash): TranslationUnit => ({
  edition: edition.tag,
  segment,
  target: '',
  state: 'translated',
  basedOn,
  adapted: false,
  backTranslation: null,
  by: '',
  reviewedBy: null,
  at: '',
  origin: 'person',
  revision: 0,
});
