import { DomainError } from '../errors.ts';
import { placeholdersOf } from '../package/placeholders.ts';

const written = (text: string): readonly string[] =>
  placeholdersOf(text)
    .map((placeholder) => placeholder.key)
    .sort();

/**
 * Refuses a target whose facts differ from its source's. A grammatical form (`{key|dative}`) counts as its fact; a fact
 * may occur more often than in the source, since grammar may need it twice, but none may be missing and none be new.
 * Throws `unitEmpty`, `factsMissing`, `factsForeign`.
 */
export function checkPlaceholders(segment: string, source: string, target: string): void {
  if (target.trim() === '') throw new DomainError('unitEmpty', { segment });
  const wanted = new Set(written(source));
  const found = new Set(written(target));
  const missing = [...wanted].filter((key) => !found.has(key));
  if (missing.length > 0) throw new DomainError('factsMissing', { segment, facts: missing.map(brace) });
  const foreign = [...found].filter((key) => !wanted.has(key));
  if (foreign.length > 0) throw new DomainError('factsForeign', { segment, facts: foreign.map(brace) });
}

const brace = (key: string): string => `{${key}}`;
