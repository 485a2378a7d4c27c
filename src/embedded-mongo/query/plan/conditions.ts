import { BSONRegExp, BSONSymbol } from 'bson';
import type { StringOrder } from '../../bson/compare.ts';
import { type Document, isDocument, typeOrder, type Value } from '../../bson/value.ts';
import type { Variables } from '../../expression/evaluate.ts';
import { truthy } from '../../expression/truth.ts';
import { among, anything, type Condition, equality, intersect, prefixRange, range } from '../bounds.ts';
import { isOperatorDocument } from '../match.ts';
import { expressionConditions } from './expression.ts';

export interface PathCondition {
  readonly path: string;
  readonly condition: Condition;
}

export interface Conditions {
  readonly found: readonly PathCondition[];
  /** Whether they are the whole query: then documents found by all of them need no further check. */
  readonly complete: boolean;
  /** Each `$or` that every document has to meet, as its branches. */
  readonly alternatives: readonly (readonly Document[])[];
}

export interface ConditionOptions {
  readonly strings?: StringOrder | undefined;
  readonly variables?: Variables | undefined;
}

/** What in a query holds for every document that it finds, as far as indexes can use it. */
export function conditionsOf(filter: Document, options: ConditionOptions = {}): Conditions {
  const found: PathCondition[] = [];
  const alternatives: (readonly Document[])[] = [];
  let complete = true;
  for (const name of Object.keys(filter)) {
    const value = filter[name] as Value;
    const [only] = name === '$or' && Array.isArray(value) && value.length === 1 ? value : [];
    if ((name === '$and' && Array.isArray(value)) || isDocument(only)) {
      for (const clause of value as Value[]) {
        const inner = isDocument(clause) ? conditionsOf(clause, options) : undefined;
        found.push(...(inner?.found ?? []));
        alternatives.push(...(inner?.alternatives ?? []));
        complete &&= inner?.complete === true;
      }
    } else if (name === '$or') {
      complete = false;
      if (Array.isArray(value)) alternatives.push(value.filter(isDocument));
    } else if (name === '$expr') {
      complete = false;
      found.push(...expressionConditions(value, options));
    } else if (name.startsWith('$')) complete &&= name === '$comment';
    else complete = collect(name, value, found, options) && complete;
  }
  // Strings that a collation takes for equal lie apart in an index, which is in the order of their bytes.
  const usable = options.strings ? found.filter(({ condition }) => isOfBytes(condition)) : found;
  return { found: usable, complete: complete && usable.length === found.length, alternatives };
}

function isOfBytes(condition: Condition): boolean {
  if (condition.kind === 'points') return !condition.values.some(holdsText);
  const order = condition.low.key[0] as number;
  return order !== typeOrder.string && order !== typeOrder.object && order !== typeOrder.array;
}

function holdsText(value: unknown): boolean {
  if (typeof value === 'string' || value instanceof BSONSymbol) return true;
  if (Array.isArray(value)) return value.some(holdsText);
  return isDocument(value) && Object.values(value).some(holdsText);
}

function collect(path: string, value: Value, found: PathCondition[], options: ConditionOptions): boolean {
  if (!isOperatorDocument(value)) {
    const condition = equality(value);
    if (condition) found.push({ path, condition });
    return condition?.exact === true;
  }
  let complete = true;
  for (const operator of Object.keys(value)) {
    const argument = value[operator] as Value;
    const here = conditionsOn(path, operator, argument, value, options);
    found.push(...here);
    complete &&= here.length === 1 && here[0]?.condition.exact === true;
  }
  return complete;
}

function conditionsOn(
  path: string,
  operator: string,
  argument: Value,
  siblings: Document,
  options: ConditionOptions,
): PathCondition[] {
  if (operator === '$elemMatch') return isDocument(argument) ? ofElements(path, argument, options) : [];
  if (operator === '$all') {
    // Every one has to be there: any one of them is enough to narrow the search.
    const first = Array.isArray(argument) ? argument.find((value) => !(value instanceof BSONRegExp)) : undefined;
    if (isOperatorDocument(first)) return conditionsOn(path, '$elemMatch', first.$elemMatch ?? null, {}, options);
    const condition = first === undefined ? undefined : equality(first);
    return condition ? [{ path, condition: { ...condition, exact: false } }] : [];
  }
  const condition = conditionOf(operator, argument, siblings);
  return condition ? [{ path, condition }] : [];
}

/** One element has to meet all of it, so that the bounds on elements themselves can be put together. */
function ofElements(path: string, argument: Document, options: ConditionOptions): PathCondition[] {
  if (!isOperatorDocument(argument)) {
    const { found } = conditionsOf(argument, options);
    return found.map((each) => ({ path: `${path}.${each.path}`, condition: { ...each.condition, exact: false } }));
  }
  let joined: Condition | undefined;
  for (const operator of Object.keys(argument)) {
    const value = argument[operator] as Value;
    if (operator === '$elemMatch' || Array.isArray(value) !== (operator === '$in')) continue;
    const condition = conditionOf(operator, value, argument);
    if (condition) joined = joined ? (intersect(joined, condition) ?? joined) : condition;
  }
  return joined ? [{ path, condition: { ...joined, exact: false } }] : [];
}

function conditionOf(operator: string, argument: Value, siblings: Document): Condition | undefined {
  switch (operator) {
    case '$eq':
      return argument instanceof BSONRegExp ? undefined : equality(argument);
    case '$in':
      return among(argument);
    case '$exists':
      return truthy(argument) ? anything : { ...(equality(null) as Condition), exact: false };
    case '$regex':
      if (siblings.$options !== undefined) return undefined;
      return prefixRange(typeof argument === 'string' ? new BSONRegExp(argument) : argument);
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return range(operator, argument);
    default:
      return undefined;
  }
}
