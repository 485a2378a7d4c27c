import type { Edition, EditionTag, UnitState } from '../../domain/edition/edition.ts';
import { leastLikeness } from '../../domain/memory/memoryIndex.ts';
import type { SegmentId } from '../../domain/package/lessonPackage.ts';
import type { Instant } from '../../domain/time.ts';
import type { Store } from '../ports.ts';

/** A text of ours or of a sister that a new or changed source may be begun with. */
export type Suggestion = {
  readonly text: string;
  /** How much of the source it was made from is the same, in whole per cent. */
  readonly percent: number;
  readonly origin: {
    readonly edition: EditionTag;
    readonly segment: SegmentId;
    readonly state: UnitState;
    readonly at: Instant;
  };
};
export type Suggest = (segment: SegmentId, text: string) => Suggestion | null;

/**
 * Prefills from the translation memory: the best match for a source text, if it is `threshold` per cent alike (75 by
 * default: below that, correcting takes longer than writing). The segment's own text is no suggestion for itself.
 */
export async function suggester(
  store: Pick<Store, 'translationMemory'>,
  edition: Pick<Edition, 'tag' | 'language'>,
  now: Instant,
  threshold: number = Math.max(75, leastLikeness),
): Promise<Suggest> {
  const index = await store.translationMemory.index(edition.language, now);
  return (segment, source) => {
    const matches = index.lookup({ source, edition: edition.tag, limit: 5, threshold });
    const best = matches.find(
      ({ entry }) => entry.edition !== edition.tag || entry.segment !== segment || entry.place === 'history',
    );
    if (best === undefined) return null;
    const { target, edition: from, segment: of, state, at } = best.entry;
    return { text: target, percent: best.percent, origin: { edition: from, segment: of, state, at } };
  };
}
