import { bracket, compare, equal, type Fields, get, isNumber, type Value, wholePart } from './value.ts';

/** What stands at the end of a path: a value, or null where the way there ends. */
type Found = Value | null;

/** All ends of a path, through arrays, before the array at the end is opened. */
export function ends(document: Fields, path: readonly string[]): Found[] {
  const [name = '', ...rest] = path;
  const value = get(document, name);
  if (value === undefined) return [null];
  if (rest.length === 0) return [value];
  if (value.kind === 'document') return ends(value, rest);
  if (value.kind !== 'array') return [null];
  return value.items.flatMap((item, at) => [
    ...(item.kind === 'document' ? ends(item, rest) : []),
    ...(rest[0] === String(at) ? endsOfItem(item, rest.slice(1)) : []),
  ]);
}

function endsOfItem(item: Value, rest: readonly string[]): Found[] {
  if (rest.length === 0) return [item];
  return item.kind === 'document' ? ends(item, rest) : [];
}

/** Each item of an array at the end, and the array itself. */
const opened = (found: Found): Found[] => (found?.kind === 'array' ? [...found.items, found] : [found]);

const same = (found: Found, operand: Value): boolean =>
  operand.kind === 'null' ? found === null || found.kind === 'null' : found !== null && equal(found, operand);

const ordered = (found: Found, operand: Value, fits: (order: number) => boolean): boolean => {
  if (operand.kind === 'null') return fits(0) && same(found, operand);
  return found !== null && bracket(found) === bracket(operand) && fits(compare(found, operand));
};

const items = (operand: Value): readonly Value[] => {
  if (operand.kind !== 'array') throw new Error('the operand is no array');
  return operand.items;
};

const typeNames: Readonly<Record<string, readonly string[]>> = {
  number: ['int', 'long', 'double', 'decimal'],
  object: ['document'],
  objectId: ['id'],
  bool: ['boolean'],
};

/** Whether one value, by itself, is what an operator asks for. */
function fits(found: Found, operator: string, operand: Value): boolean {
  switch (operator) {
    case '$eq':
      return same(found, operand);
    case '$gt':
      return ordered(found, operand, (order) => order > 0);
    case '$gte':
      return ordered(found, operand, (order) => order >= 0);
    case '$lt':
      return ordered(found, operand, (order) => order < 0);
    case '$lte':
      return ordered(found, operand, (order) => order <= 0);
    case '$in':
      return items(operand).some((each) => same(found, each));
    case '$type': {
      const name = operand.kind === 'string' ? operand.text : '';
      return found !== null && (typeNames[name] ?? [name]).includes(found.kind);
    }
    case '$mod': {
      const [divisor, rest] = items(operand);
      if (divisor === undefined || rest === undefined) throw new Error('$mod needs two numbers');
      return found !== null && isNumber(found) && wholePart(found) % wholePart(divisor) === wholePart(rest);
    }
    default:
      throw new Error(`the model does not know ${operator}`);
  }
}

function holds(found: readonly Found[], operator: string, operand: Value): boolean {
  switch (operator) {
    case '$ne':
      return !holds(found, '$eq', operand);
    case '$nin':
      return !holds(found, '$in', operand);
    case '$not':
      return !all(found, operand);
    case '$exists':
      return found.some((each) => each !== null) === (operand.kind === 'boolean' && operand.is);
    case '$size':
      return found.some(
        (each) => each?.kind === 'array' && operand.kind === 'int' && each.items.length === operand.number,
      );
    case '$all':
      return items(operand).length > 0 && items(operand).every((each) => holds(found, '$eq', each));
    case '$elemMatch':
      return found.some((each) => each?.kind === 'array' && each.items.some((item) => itemMatches(item, operand)));
    default:
      return found.flatMap(opened).some((each) => fits(each, operator, operand));
  }
}

const isOperators = (condition: Value): condition is Fields =>
  condition.kind === 'document' && condition.fields[0]?.[0].startsWith('$') === true;

const all = (found: readonly Found[], condition: Value): boolean =>
  isOperators(condition)
    ? condition.fields.every(([operator, operand]) => holds(found, operator, operand))
    : holds(found, '$eq', condition);

/** Whether an item of an array is what `$elemMatch` asks for. */
export function itemMatches(item: Value, condition: Value): boolean {
  if (isOperators(condition) && !['$and', '$or', '$nor'].includes(condition.fields[0]?.[0] ?? '')) {
    return condition.fields.every(([operator, operand]) => holds([item], operator, operand));
  }
  return item.kind === 'document' && condition.kind === 'document' && matches(condition, item);
}

/** Whether a document is found by a filter. */
export function matches(filter: Fields, document: Fields): boolean {
  return filter.fields.every(([name, condition]) => {
    const each = (part: Value): boolean => part.kind === 'document' && matches(part, document);
    if (name === '$and') return items(condition).every(each);
    if (name === '$or') return items(condition).some(each);
    if (name === '$nor') return !items(condition).some(each);
    return all(ends(document, name.split('.')), condition);
  });
}

/** The place in the array through which a filter of one condition on an array found the document; -1: through none. */
export function matchedPlace(filter: Fields, document: Fields, array: string): number {
  const condition = filter.fields.find(([name]) => name.split('.')[0] === array);
  if (condition === undefined) return -1;
  const [name, asked] = condition;
  // The first array on the way counts, wherever it stands: MongoDB puts its place in for `$` without asking where `$` stands.
  const inner = name.split('.');
  let within: Value | undefined = document;
  while (within?.kind === 'document' && inner.length > 0) within = get(within, inner.shift() ?? '');
  if (within?.kind !== 'array') return -1;
  const element = isOperators(asked) && asked.fields[0]?.[0] === '$elemMatch' ? asked.fields[0][1] : null;
  return within.items.findIndex((item) => {
    if (element !== null) return itemMatches(item, element);
    if (inner.length === 0) return all([item], asked);
    return item.kind === 'document' && all(ends(item, inner), asked);
  });
}
