import type { Term } from '../memory/term.ts';
import { termsIn } from '../memory/terms.ts';

/** The glossary's terms that one of two sources names and the other does not, by what the source calls them. */
export function termsBetween(before: string, after: string, terms: readonly Term[]): readonly string[] {
  if (before === after || terms.length === 0) return [];
  const named = (text: string) => new Map(termsIn(text, terms).map(({ term }) => [term.id, term.source.text]));
  const [old, now] = [named(before), named(after)];
  const changed = [...old, ...now].filter(([id]) => old.has(id) !== now.has(id));
  return changed.map(([, source]) => source).sort();
}
