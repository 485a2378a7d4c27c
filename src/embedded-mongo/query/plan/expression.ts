import { type Document, isDocument, type Value } from '../../bson/value.ts';
import { evaluate, type Variables } from '../../expression/evaluate.ts';
import { type Condition, points } from '../bounds.ts';
import { isIndex } from '../path.ts';
import type { ConditionOptions, PathCondition } from './conditions.ts';

/**
 * What an expression asks of single fields: `$eq` and `$in` with values that are known before a document is read. An
 * expression tells null from a missing field and an array from its elements, which an index does not: all is checked again.
 */
export function expressionConditions(expression: Value, options: ConditionOptions): PathCondition[] {
  if (!isDocument(expression)) return [];
  const [operator = '', ...others] = Object.keys(expression);
  const argument = expression[operator];
  if (others.length > 0 || !Array.isArray(argument)) return [];
  if (operator === '$and') return argument.flatMap((clause) => expressionConditions(clause, options));
  const [left, right] = argument;
  if (argument.length !== 2 || left === undefined || right === undefined) return [];
  if (operator === '$eq') {
    const condition = (path: Value, value: Value) => onField(path, value, options, (known) => [known]);
    return condition(left, right) ?? condition(right, left) ?? [];
  }
  if (operator !== '$in') return [];
  return onField(left, right, options, (known) => (Array.isArray(known) ? known : undefined)) ?? [];
}

function onField(
  field: Value,
  value: Value,
  { variables }: ConditionOptions,
  valuesOf: (known: Value | undefined) => readonly (Value | undefined)[] | undefined,
): PathCondition[] | undefined {
  if (typeof field !== 'string' || !/^\$[^$]/.test(field) || !isKnown(value, variables)) return undefined;
  const path = field.slice(1);
  if (path.split('.').some(isIndex)) return undefined;
  const values = valuesOf(evaluate(value, { root: {}, variables }));
  if (!values || values.some((each) => Array.isArray(each))) return undefined;
  const condition: Condition = points(
    values.map((each) => each ?? null),
    false,
  );
  return [{ path, condition }];
}

/** Whether it is a value, or a variable that has one, rather than something of the document. */
function isKnown(value: Value, variables: Variables | undefined): boolean {
  if (typeof value === 'string') {
    if (!value.startsWith('$')) return true;
    const name = /^\$\$([^.]+)/.exec(value)?.[1];
    return name !== undefined && variables !== undefined && Object.hasOwn(variables, name);
  }
  if (Array.isArray(value)) return value.every((element) => isKnown(element, variables));
  if (!isDocument(value)) return true;
  return isLiteral(value);
}

function isLiteral(value: Document): boolean {
  return Object.keys(value).length === 1 && Object.hasOwn(value, '$literal');
}
