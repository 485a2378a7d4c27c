import { diffArrays } from 'diff';
import { splitPlaceholders } from '../package/placeholders.ts';
import { segmenterOf } from '../package/segmenters.ts';

/** A run of text that stands in both, or was added, or removed. */
export type WordRun = { readonly kind: 'same' | 'added' | 'removed'; readonly text: string };

type Token = { readonly text: string; readonly isWord: boolean };
/** A stretch of tokens: unchanged (both sides equal), or what was taken out and put in at one place. */
type Stretch = { changed: boolean; before: Token[]; after: Token[] };

/** Marks with fewer unchanged words than this between them read better as one. */
const leastBetween = 2;

/**
 * What changed between two texts, by words of the language. A placeholder is one word. Marks that almost touch are
 * joined; spaces and punctuation that did not change stand outside the marks. The runs that are not `added` give the
 * text before, those that are not `removed` the text after.
 */
export function diffWords(before: string, after: string, language: string): readonly WordRun[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }];
  const runs: WordRun[] = [];
  for (const stretch of joined(stretches(tokens(before, language), tokens(after, language)))) {
    if (!stretch.changed) push(runs, 'same', stretch.before);
    else {
      const { lead, trail } = unchangedEdges(stretch);
      push(runs, 'same', stretch.before.slice(0, lead));
      push(runs, 'removed', stretch.before.slice(lead, stretch.before.length - trail));
      push(runs, 'added', stretch.after.slice(lead, stretch.after.length - trail));
      push(runs, 'same', stretch.before.slice(stretch.before.length - trail));
    }
  }
  return runs;
}

function tokens(text: string, language: string): Token[] {
  const segmenter = segmenterOf(language, 'word');
  return splitPlaceholders(text).flatMap((part) =>
    part.kind === 'fact'
      ? [{ text: part.text, isWord: true }]
      : Array.from(segmenter.segment(part.text), ({ segment, isWordLike }) => ({
          text: segment,
          isWord: isWordLike === true,
        })),
  );
}

function stretches(before: readonly Token[], after: readonly Token[]): Stretch[] {
  const list: Stretch[] = [];
  const parts = diffArrays([...before], [...after], { comparator: (a, b) => a.text === b.text });
  for (const part of parts) {
    const changed = part.added || part.removed;
    const last = list.at(-1);
    const stretch = last?.changed === changed ? last : { changed, before: [], after: [] };
    if (stretch !== last) list.push(stretch);
    if (!part.added) stretch.before.push(...part.value);
    if (!part.removed) stretch.after.push(...part.value);
  }
  return list;
}

function joined(list: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  for (const [index, stretch] of list.entries()) {
    const last = result.at(-1);
    const between = !stretch.changed && index > 0 && index < list.length - 1;
    const tooShort = between && stretch.before.filter((token) => token.isWord).length < leastBetween;
    if (last?.changed && (stretch.changed || tooShort)) {
      last.before.push(...stretch.before);
      last.after.push(...stretch.after);
    } else result.push(stretch);
  }
  return result;
}

/** How many tokens at both ends of a mark are the same on both sides and no words. */
function unchangedEdges({ before, after }: Stretch): { readonly lead: number; readonly trail: number } {
  const most = Math.min(before.length, after.length);
  const isQuiet = (a: Token | undefined, b: Token | undefined) => a?.text === b?.text && a?.isWord === false;
  let lead = 0;
  while (lead < most && isQuiet(before[lead], after[lead])) lead++;
  let trail = 0;
  while (trail < most - lead && isQuiet(before.at(-1 - trail), after.at(-1 - trail))) trail++;
  return { lead, trail };
}

function push(runs: WordRun[], kind: WordRun['kind'], list: readonly Token[]): void {
  if (list.length === 0) return;
  const text = list.map((token) => token.text).join('');
  const last = runs.at(-1);
  if (last?.kind === kind) runs[runs.length - 1] = { kind, text: last.text + text };
  else runs.push({ kind, text });
}
