import { factDifference, inBraces } from '../checks/unit/factsCheck.ts';
import { DomainError } from '../errors.ts';

/**
 * Refuses a target whose facts differ from its source's, as `factDifference` compares them. Throws `unitEmpty`,
 * `factsMissing`, `factsForeign`.
 */
export function checkPlaceholders(segment: string, source: string, target: string): void {
  if (target.trim() === '') throw new DomainError('unitEmpty', { segment });
  const { missing, foreign } = factDifference(source, target);
  if (missing.length > 0) throw new DomainError('factsMissing', { segment, facts: inBraces(missing) });
  if (foreign.length > 0) throw new DomainError('factsForeign', { segment, facts: inBraces(foreign) });
}
