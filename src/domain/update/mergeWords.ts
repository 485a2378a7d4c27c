import { diff3Merge } from 'node-diff3';

/** A three-way merge of one text, by words. `conflict` when both sides touched the same words. */
export type WordMerge = { readonly text: string; readonly conflict: boolean };

/**
 * Merges what ours and theirs did to the base. Words are those of the language (`Intl.Segmenter`). Where both changed
 * the same words, ours stands in the text and `conflict` is true: the result is a proposal, never taken by itself.
 */
export function mergeWords(base: string, ours: string, theirs: string, language: string): WordMerge {
  const words = (text: string) =>
    [...new Intl.Segmenter(language, { granularity: 'word' }).segment(text)].map((part) => part.segment);
  const regions = diff3Merge(words(ours), words(base), words(theirs), { excludeFalseConflicts: true });
  let conflict = false;
  const text = regions
    .map((region) => {
      if (region.conflict === undefined) return (region.ok ?? []).join('');
      conflict = true;
      return region.conflict.a.join('');
    })
    .join('');
  return { text, conflict };
}

/** Segmenters are dear to make and the same for every text of a language. */
const segmenters = new Map<string, Intl.Segmenter>();

/** The number of words a translator would count. */
export function countWords(text: string, language: string): number {
  const segmenter = segmenters.get(language) ?? new Intl.Segmenter(language, { granularity: 'word' });
  segmenters.set(language, segmenter);
  let count = 0;
  for (const part of segmenter.segment(text)) if (part.isWordLike) count++;
  return count;
}
