import { segmenterOf } from '../package/segmenters.ts';
import { mergedWith, mergeRuns } from './mergePlaces.ts';

/** A three-way merge of one text, by words. `conflict` when both sides touched the same words. */
export type WordMerge = { readonly text: string; readonly conflict: boolean };

/**
 * Merges what ours and theirs did to the base. Words are those of the language (`Intl.Segmenter`). Where both changed
 * the same words, ours stands in the text and `conflict` is true: the result is a proposal, never taken by itself.
 */
export function mergeWords(base: string, ours: string, theirs: string, language: string): WordMerge {
  const runs = mergeRuns(base, ours, theirs, language);
  return { text: mergedWith(runs, 'ours'), conflict: runs.some((run) => run.kind === 'choose') };
}

/** The number of words a translator would count. */
export function countWords(text: string, language: string): number {
  let count = 0;
  for (const part of segmenterOf(language, 'word').segment(text)) if (part.isWordLike) count++;
  return count;
}
