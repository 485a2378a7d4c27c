import type { Edition } from '../../domain/edition/edition.ts';
import type { SegmentId } from '../../domain/package/lessonPackage.ts';
import type { Instant } from '../../domain/time.ts';
import type { Store } from '../ports.ts';
import { suggester } from './suggester.ts';

export type UpdateAids = {
  /** Every English word that the glossary of the edition's language has: a set that changes one asks for a term review. */
  readonly terms: readonly { readonly source: string }[];
  /** What the memory offers for a text that has no translation yet. `origin`: the edition and the segment that it is from. */
  readonly suggest: (
    segment: SegmentId,
    source: string,
  ) => { readonly text: string; readonly percent: number; readonly origin: string } | null;
};

/** What an update is planned with beside the edition's own texts. */
export async function updateAids(
  store: Pick<Store, 'translationMemory' | 'glossary'>,
  edition: Pick<Edition, 'tag' | 'language'>,
  now: Instant,
): Promise<UpdateAids> {
  const [terms, suggest] = await Promise.all([
    store.glossary.ofLanguage(edition.language),
    suggester(store, edition, now),
  ]);
  const words = terms.flatMap(({ source }) => [source.text, ...source.forms]).filter((word) => !/[*…]/u.test(word));
  return {
    terms: words.map((source) => ({ source })),
    suggest: (segment, source) => {
      const found = suggest(segment, source);
      if (found === null) return null;
      const { text, percent, origin } = found;
      return { text, percent, origin: `${origin.edition} ${origin.segment}` };
    },
  };
}
