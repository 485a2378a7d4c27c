import fc from 'fast-check';
import { element } from './generateFilter.ts';
import { array, id, item, number, scalar, small, value } from './generateValues.ts';
import { doc, type Field, type Fields, int, list, string, type Value } from './value.ts';

type Step = readonly [operator: string, path: string, operand: Value];

const paths = ['a', 'a', 'b', 'c', 'a.b', 'a.a', 'b.a', 'a.0', 'a.2', 'a.0.b', 'a.$[]', 'a.$[].b'];
/** In an array no array is put. */
const single = (path: string): boolean => /\.(\d|\$)/.test(path);

const step = (
  operator: string,
  ways: readonly string[],
  operand: (path: string) => fc.Arbitrary<Value>,
): fc.Arbitrary<Step> =>
  fc.constantFrom(...ways).chain((path) => operand(path).map((each): Step => [operator, path, each]));

const option = (name: string, arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<readonly Field[]> =>
  fc
    .option(
      arbitrary.map((each): Field => [name, each]),
      { nil: null },
    )
    .map((each) => (each === null ? [] : [each]));

const pushed: fc.Arbitrary<Value> = fc.oneof(
  item,
  fc
    .tuple(
      fc.array(item, { maxLength: 3 }),
      option('$position', fc.integer({ min: -2, max: 3 }).map(int)),
      option('$slice', fc.integer({ min: -2, max: 3 }).map(int)),
      option('$sort', fc.constantFrom<Value[]>(int(1), int(-1), doc([['b', int(1)]]), doc([['a', int(-1)]]))),
    )
    .map(([items, ...rest]) => doc([['$each', list(items)], ...rest.flat()])),
);
const added = fc.oneof(
  item,
  fc.array(item, { maxLength: 3 }).map((each) => doc([['$each', list(each)]])),
);
const pulled: fc.Arbitrary<Value> = fc.oneof(
  scalar,
  element,
  fc.array(scalar, { maxLength: 3 }).map((each) => doc([['$in', list(each)]])),
);

const steps = (ways: readonly string[]): fc.Arbitrary<Step> =>
  fc.oneof(
    { weight: 4, arbitrary: step('$set', ways, (path) => (single(path) ? item : value)) },
    { weight: 2, arbitrary: step('$inc', ways, () => number) },
    { weight: 1, arbitrary: step('$mul', ways, () => number) },
    { weight: 1, arbitrary: step('$min', ways, (path) => (single(path) ? item : value)) },
    { weight: 1, arbitrary: step('$max', ways, (path) => (single(path) ? item : value)) },
    { weight: 2, arbitrary: step('$unset', ways, () => fc.constant(string(''))) },
    { weight: 1, arbitrary: step('$setOnInsert', ways, (path) => (single(path) ? item : value)) },
  );
/** Of these the operand is put into an array: they stay out of those that are in one. */
const arraySteps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: step('$push', ['a', 'b', 'c', 'a.b', 'b.a'], () => pushed) },
  { weight: 2, arbitrary: step('$addToSet', ['a', 'b', 'c', 'a.b'], () => added) },
  { weight: 2, arbitrary: step('$pull', ['a', 'b', 'c', 'a.b', 'b.a'], () => pulled) },
  { weight: 1, arbitrary: step('$pop', ['a', 'b', 'a.b'], () => fc.constantFrom(int(1), int(-1))) },
);
const names = ['a', 'b', 'c', 'a.b', 'b.a', 'c.a', 'a.0'];
const onOnePath = (one: string, other: string): boolean =>
  `${other}.`.startsWith(`${one}.`) || `${one}.`.startsWith(`${other}.`);
const anyRenaming: fc.Arbitrary<Step> = step('$rename', names, () => fc.constantFrom(...names).map(string));
const renaming = anyRenaming.filter(([, path, to]) => to.kind === 'string' && !onOnePath(path, to.text));
const ownId: fc.Arbitrary<Step> = step('$set', ['_id'], () => id);

const root = (path: string): string => path.split('.')[0] ?? '';
const roots = ([operator, path, operand]: Step): string[] =>
  operator === '$rename' && operand.kind === 'string' ? [root(path), root(operand.text)] : [root(path)];

/** As an update document. Beside a path with `$` nothing else touches that array: what they do together is a matter of versions. */
function assembled(all: readonly Step[]): Fields {
  const dynamic = all.find(([, path]) => path.includes('$'));
  const kept =
    dynamic === undefined ? all : [dynamic, ...all.filter((each) => !roots(each).includes(root(dynamic[1])))];
  const operators = [...new Set(kept.map(([operator]) => operator))];
  return doc(
    operators.map((name) => {
      const own = kept.filter(([operator]) => operator === name);
      return [name, doc([...new Map(own.map(([, path, operand]) => [path, operand]))])] as const;
    }),
  );
}

const several = (each: fc.Arbitrary<Step>): fc.Arbitrary<Fields> =>
  fc.array(each, { minLength: 1, maxLength: 3 }).map(assembled);

const replacement: fc.Arbitrary<Fields> = fc
  .tuple(
    fc.option(id, { nil: null, freq: 9 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof(value, small, array), { maxKeys: 3 }),
  )
  .map(([own, fields]) => doc([...(own === null ? [] : [['_id', own] as const]), ...Object.entries(fields)]));

export const update: fc.Arbitrary<Fields> = fc.oneof(
  {
    weight: 9,
    arbitrary: several(
      fc.oneof(
        { weight: 9, arbitrary: steps(paths) },
        { weight: 5, arbitrary: arraySteps },
        { weight: 1, arbitrary: renaming },
        { weight: 1, arbitrary: ownId },
      ),
    ),
  },
  // A wrong operand comes alone: of two mistakes MongoDB may tell either.
  {
    weight: 1,
    arbitrary: fc
      .oneof(
        anyRenaming,
        step('$inc', ['a', 'b'], () => scalar),
      )
      .map((each) => assembled([each])),
  },
  { weight: 1, arbitrary: replacement },
);

/** An update in which `$` stands for the item that the filter found in the array `a`. */
export const positionalUpdate: fc.Arbitrary<Fields> = several(steps(['a.$', 'a.$.b', 'b', 'c']));
