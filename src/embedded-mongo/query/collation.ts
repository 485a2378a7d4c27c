import type { StringOrder } from '../bson/compare.ts';
import { toNumber } from '../bson/number.ts';
import { type Document, field, isNumeric, type Value } from '../bson/value.ts';
import { notOffered, typeMismatch } from '../errors.ts';

/** The order of strings under a `collation`; undefined means bytes, as in a query without one. */
export function collationOrder(collation: Value | undefined): StringOrder | undefined {
  if (collation === undefined || collation === null) return undefined;
  const spec = collation as Document;
  const locale = field(spec, 'locale');
  if (typeof locale !== 'string') throw typeMismatch("BSON field 'collation.locale' is missing but a required field");
  if (locale === 'simple') return undefined;
  const strength = field(spec, 'strength');
  const level = isNumeric(strength) ? toNumber(strength) : 3;
  for (const option of Object.keys(spec)) {
    if (!['locale', 'strength', 'numericOrdering', 'caseLevel'].includes(option))
      throw notOffered(`collation ${option}`);
  }
  if (level < 1 || level > 3) throw notOffered(`collation strength ${level}`);
  const caseLevel = field(spec, 'caseLevel') === true;
  const sensitivity = level === 1 ? (caseLevel ? 'case' : 'base') : level === 2 ? 'accent' : 'variant';
  const collator = new Intl.Collator(locale.replaceAll('_', '-'), {
    sensitivity,
    numeric: field(spec, 'numericOrdering') === true,
  });
  return (a, b) => (a === b ? 0 : collator.compare(a, b));
}
