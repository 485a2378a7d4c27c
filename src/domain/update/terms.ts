/**
 * The terms that stand in one of two texts and not in the other. A term is whole words, in any case; one that only
 * stands elsewhere in the text than before has not changed.
 */
export function termsBetween(
  before: string,
  after: string,
  terms: readonly { readonly source: string }[],
): readonly string[] {
  if (before === after) return [];
  return terms.map(({ source }) => source).filter((term) => hasTerm(before, term) !== hasTerm(after, term));
}

function hasTerm(text: string, term: string): boolean {
  const words = term
    .trim()
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\s+/g, '\\s+');
  if (words === '') return false;
  return new RegExp(`(?<![\\p{L}\\p{N}])${words}(?![\\p{L}\\p{N}])`, 'iu').test(text);
}
