import { placeholdersOf } from '../../package/placeholders.ts';
import type { LooksAt, Said } from './unitFinding.ts';

/** The facts that a target lacks, and those that its source does not have. */
export type FactDifference = { readonly missing: readonly string[]; readonly foreign: readonly string[] };

const keysOf = (text: string): ReadonlySet<string> => new Set(placeholdersOf(text).map(({ key }) => key));

/**
 * How the facts of two texts differ, by their keys. A grammatical form (`{key|dative}`) counts as its fact; a fact may
 * occur more often than in the source, since grammar may need it twice, but none may be missing and none be new.
 */
export function factDifference(source: string, target: string): FactDifference {
  const [wanted, found] = [keysOf(source), keysOf(target)];
  return {
    missing: [...wanted].filter((key) => !found.has(key)).sort(),
    foreign: [...found].filter((key) => !wanted.has(key)).sort(),
  };
}

/** Facts in braces, as they are told to people. */
export const inBraces = (keys: readonly string[]): readonly string[] => keys.map((key) => `{${key}}`);

/** The same facts on both sides. */
export const factsCheck: LooksAt = ({ source, target }) => {
  const { missing, foreign } = factDifference(source, target);
  const said: Said[] = [];
  if (missing.length > 0) said.push({ check: 'factsMissing', level: 'error', data: { facts: inBraces(missing) } });
  if (foreign.length > 0) said.push({ check: 'factsForeign', level: 'error', data: { facts: inBraces(foreign) } });
  return said;
};
