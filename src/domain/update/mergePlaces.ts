import { diff3MergeRegions } from 'node-diff3';
import { segmenterOf } from '../package/segmenters.ts';

/** A stretch of a word merge: what both have, what one side changed, or a place where both changed the same words. */
export type MergeRun =
  | { readonly kind: 'same' | 'ours' | 'theirs'; readonly text: string }
  | { readonly kind: 'choose'; readonly base: string; readonly ours: string; readonly theirs: string };

/**
 * The word merge of three texts, told by who changed what. `language`: BCP 47, whose words are meant. `whole`: a word
 * goes with the space behind it, so that neighbouring words both sides touched are one place and not a mixture.
 */
export function mergeRuns(
  base: string,
  ours: string,
  theirs: string,
  language: string,
  whole = false,
): readonly MergeRun[] {
  const segmenter = segmenterOf(language, 'word');
  const words = (text: string): string[] => {
    const found: string[] = [];
    for (const { segment } of segmenter.segment(text)) {
      const last = found.at(-1) ?? '';
      // The stars around what is printed bold are one sign: half of them is none.
      const stars = segment === '*' && last !== '' && last.replaceAll('*', '') === '';
      if (stars || (whole && segment.trim() === '' && found.length > 0)) found[found.length - 1] += segment;
      else found.push(segment);
    }
    return found;
  };
  const runs: MergeRun[] = [];
  for (const region of diff3MergeRegions(words(ours), words(base), words(theirs))) {
    if (region.stable) {
      const kind = region.buffer === 'a' ? 'ours' : region.buffer === 'b' ? 'theirs' : 'same';
      const text = region.bufferContent.join('');
      if (text !== '') runs.push({ kind, text });
      continue;
    }
    const [a, o, b] = [region.aContent, region.oContent, region.bContent].map((part) => part.join(''));
    if (a === b) runs.push({ kind: 'same', text: a ?? '' });
    else runs.push({ kind: 'choose', base: o ?? '', ours: a ?? '', theirs: b ?? '' });
  }
  return runs;
}

/** The merged text with one side's words at every place where both changed the same ones. */
export function mergedWith(runs: readonly MergeRun[], side: 'ours' | 'theirs'): string {
  return runs.map((run) => (run.kind === 'choose' ? run[side] : run.text)).join('');
}
