import { compare, isEqual } from '../bson/compare.ts';
import { type Document, field, isDocument, orderOf, type Value } from '../bson/value.ts';
import { compileFilter, isOperatorDocument } from './match.ts';

/** Whether every document that a query finds is certain to be in a partial index. In doubt: no. */
export function partialIncludes(partial: Document, filter: Document): boolean {
  return Object.keys(partial).every((name) => {
    const wanted = partial[name] as Value;
    if (name === '$and')
      return Array.isArray(wanted) && wanted.every((part) => isDocument(part) && partialIncludes(part, filter));
    if (name.startsWith('$')) return false;
    const requirement = isOperatorDocument(wanted) ? wanted : { $eq: wanted };
    return Object.keys(requirement).every((operator) =>
      clausesOn(filter, name).some((clause) => implies(clause, operator, requirement[operator] as Value)),
    );
  });
}

/** Everything that the query says about a path and that holds for all it finds. */
function clausesOn(filter: Document, path: string): Document[] {
  const clauses: Document[] = [];
  for (const name of Object.keys(filter)) {
    const value = filter[name] as Value;
    if (name === '$and' && Array.isArray(value)) {
      for (const part of value) if (isDocument(part)) clauses.push(...clausesOn(part, path));
    } else if (name === path) clauses.push(isOperatorDocument(value) ? value : { $eq: value });
  }
  return clauses;
}

function implies(clause: Document, operator: string, argument: Value): boolean {
  const equal = field(clause, '$eq');
  const among = field(clause, '$in');
  const values = equal !== undefined ? [equal] : Array.isArray(among) ? among : undefined;
  if (values) {
    if (values.some((value) => Array.isArray(value) || value === null || isRegex(value))) return false;
    const matches = compileFilter({ v: { [operator]: argument } });
    return values.every((value) => matches({ v: value }));
  }
  const same = field(clause, operator);
  if (same !== undefined && isEqual(same, argument)) return true;
  for (const bound of ['$gt', '$gte', '$lt', '$lte']) {
    const value = field(clause, bound);
    if (value === undefined || value === null) continue;
    if (operator === '$exists') return argument === true;
    if (impliesRange(bound, value, operator, argument)) return true;
  }
  return false;
}

function isRegex(value: Value): boolean {
  return typeof value === 'object' && value !== null && '_bsontype' in value && value._bsontype === 'BSONRegExp';
}

function impliesRange(bound: string, value: Value, operator: string, argument: Value): boolean {
  if (orderOf(value) !== orderOf(argument) || bound.slice(0, 3) !== operator.slice(0, 3)) return false;
  const difference = compare(value, argument) * (operator.startsWith('$gt') ? 1 : -1);
  if (difference > 0) return true;
  return difference === 0 && (operator.endsWith('e') || !bound.endsWith('e'));
}
