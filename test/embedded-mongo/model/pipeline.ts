import { type Order, sorted } from './keys.ts';
import { matches } from './match.ts';
import { calculate } from './number.ts';
import { project } from './project.ts';
import { compare, doc, equal, type Fields, get, int, list, long, nil, put, type Value, without } from './value.ts';

export type Accumulator = {
  readonly name: string;
  readonly operator: '$sum' | '$min' | '$max' | '$push';
  readonly path: string;
};
export type Stage =
  | { readonly stage: 'match'; readonly filter: Fields }
  | { readonly stage: 'project'; readonly projection: Fields }
  | { readonly stage: 'sort'; readonly order: Order }
  | { readonly stage: 'skip' | 'limit'; readonly count: number }
  | { readonly stage: 'unwind'; readonly name: string; readonly keep: boolean }
  | { readonly stage: 'group'; readonly by: string | null; readonly accumulators: readonly Accumulator[] }
  | { readonly stage: 'count' };

/** What `$path` is in an expression: through arrays, it collects. */
export function valueAt(value: Value, path: readonly string[]): Value | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (value.kind === 'array') {
    return list(value.items.flatMap((item) => (item.kind === 'document' ? (valueAt(item, path) ?? []) : [])));
  }
  if (value.kind !== 'document') return undefined;
  const child = get(value, name);
  return child === undefined ? undefined : valueAt(child, rest);
}

const at = (document: Fields, path: string): Value | undefined => valueAt(document, path.split('.'));

function unwound(document: Fields, name: string, keep: boolean): Fields[] {
  const value = get(document, name);
  if (value?.kind === 'array' && value.items.length > 0) return value.items.map((item) => put(document, name, item));
  if (value?.kind === 'array') return keep ? [without(document, name)] : [];
  if (value === undefined || value.kind === 'null') return keep ? [document] : [];
  return [document];
}

function accumulate({ operator, path }: Accumulator, documents: readonly Fields[]): Value {
  const values = documents.flatMap((each) => at(each, path) ?? []);
  if (operator === '$push') return list(values);
  if (operator === '$sum') return sum(values);
  const sign = operator === '$min' ? 1 : -1;
  const real = values.filter(({ kind }) => kind !== 'null');
  return real.sort((one, other) => compare(one, other) * sign)[0] ?? nil;
}

/** Whole numbers are added exactly and take 64 bits where they need them; other types make the sum their own. */
function sum(values: readonly Value[]): Value {
  const numbers = values.filter(({ kind }) => ['int', 'long', 'double', 'decimal'].includes(kind));
  const total = numbers.reduce((one, other) => calculate('$inc', one, other), int(0));
  const long64 = numbers.some(({ kind }) => kind === 'long') && total.kind === 'int';
  return long64 && total.kind === 'int' ? long(BigInt(total.number)) : total;
}

function grouped(documents: readonly Fields[], by: string | null, accumulators: readonly Accumulator[]): Fields[] {
  const groups: { id: Value; members: Fields[] }[] = [];
  for (const document of documents) {
    const id = (by === null ? nil : at(document, by)) ?? nil;
    const group = groups.find((each) => equal(each.id, id));
    if (group === undefined) groups.push({ id, members: [document] });
    else group.members.push(document);
  }
  return groups.map(({ id, members }) =>
    doc([['_id', id], ...accumulators.map((each) => [each.name, accumulate(each, members)] as const)]),
  );
}

export function runStage(stage: Stage, documents: readonly Fields[]): readonly Fields[] {
  switch (stage.stage) {
    case 'match':
      return documents.filter((each) => matches(stage.filter, each));
    case 'project':
      return documents.map((each) => project(stage.projection, each));
    case 'sort':
      return sorted(documents, stage.order);
    case 'skip':
      return documents.slice(stage.count);
    case 'limit':
      return documents.slice(0, stage.count);
    case 'unwind':
      return documents.flatMap((each) => unwound(each, stage.name, stage.keep));
    case 'group':
      return grouped(documents, stage.by, stage.accumulators);
    case 'count':
      return documents.length === 0 ? [] : [doc([['n', int(documents.length)]])];
  }
}

const orderValue = (order: Order): Fields => doc(order.map(([path, direction]) => [path, int(direction)]));

/** The stage as MongoDB reads it. */
export function stageValue(stage: Stage): Fields {
  switch (stage.stage) {
    case 'match':
      return doc([['$match', stage.filter]]);
    case 'project':
      return doc([['$project', stage.projection]]);
    case 'sort':
      return doc([['$sort', orderValue(stage.order)]]);
    case 'skip':
    case 'limit':
      return doc([[`$${stage.stage}`, int(stage.count)]]);
    case 'unwind':
      return doc([
        [
          '$unwind',
          doc([
            ['path', { kind: 'string', text: `$${stage.name}` }],
            ['preserveNullAndEmptyArrays', { kind: 'boolean', is: stage.keep }],
          ]),
        ],
      ]);
    case 'group': {
      const path = (text: string): Value => ({ kind: 'string', text: `$${text}` });
      const accumulators = stage.accumulators.map(
        ({ name, operator, path: of }) => [name, doc([[operator, path(of)]])] as const,
      );
      return doc([['$group', doc([['_id', stage.by === null ? nil : path(stage.by)], ...accumulators])]]);
    }
    case 'count':
      return doc([['$count', { kind: 'string', text: 'n' }]]);
  }
}
