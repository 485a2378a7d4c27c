import { BSONRegExp } from 'bson';
import { type Document, field, isDocument, type Value } from '../bson/value.ts';
import type { Variables } from '../expression/evaluate.ts';

/**
 * Equalities that follow from `{ $expr: { $eq: ['$path', '$$variable'] } }`, also within `$and`: they leave nothing out and
 * can be answered with an index, which an expression cannot. Only for values that the two kinds of equality see alike.
 */
export function impliedEqualities(filter: Document, variables: Variables): Document[] {
  const expression = field(filter, '$expr');
  return expression === undefined ? [] : fromExpression(expression, variables);
}

function fromExpression(expression: Value, variables: Variables): Document[] {
  if (!isDocument(expression)) return [];
  const and = field(expression, '$and');
  if (Array.isArray(and)) return and.flatMap((part) => fromExpression(part, variables));
  const equal = field(expression, '$eq');
  if (!Array.isArray(equal) || equal.length !== 2) return [];
  const [a = null, b = null] = equal;
  return [...oneWay(a, b, variables), ...oneWay(b, a, variables)];
}

function oneWay(path: Value, other: Value, variables: Variables): Document[] {
  if (typeof path !== 'string' || typeof other !== 'string') return [];
  if (!/^\$[^$.]+(\.[^$.]+)*$/.test(path) || !/^\$\$[^$.]+$/.test(other)) return [];
  const value = variables[other.slice(2)];
  // Null means missing to a query, an array any of its elements, a regular expression a pattern.
  if (value === undefined || value === null || Array.isArray(value) || value instanceof BSONRegExp) return [];
  return [{ [path.slice(1)]: { $eq: value } }];
}
