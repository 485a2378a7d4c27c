import fc from 'fast-check';
import type { Index } from './collection.ts';
import * as filters from './generateFilter.ts';
import type { Order } from './keys.ts';
import type { Accumulator, Stage } from './pipeline.ts';
import { doc, type Fields, int, list, string, truth, type Value } from './value.ts';

const way = fc.constantFrom<(1 | -1)[]>(1, -1);
export const order: fc.Arbitrary<Order> = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'a.b', '_id'), way), {
  minLength: 1,
  maxLength: 2,
  selector: ([path]) => path,
});

const collides = (paths: readonly string[]): boolean =>
  paths.some((one) => paths.some((other) => other.startsWith(`${one}.`)));
const pathsOf = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', 'a.b', 'b.a'), { minLength: 1, maxLength: 3 })
  .filter((paths) => !collides(paths));

/** Fields to show or to hide, the `_id` with them or not. */
const plainProjection: fc.Arbitrary<Fields> = fc
  .tuple(pathsOf, fc.constantFrom(0, 1), fc.constantFrom(0, 1, null))
  .map(([paths, kept, id]) =>
    doc([
      ...paths.map((path) => [path, int(kept)] as const),
      ...(id === null || (kept === 0 && id === 1) ? [] : [['_id', int(id)] as const]),
    ]),
  );
const slice: fc.Arbitrary<Value> = fc.oneof(
  fc.integer({ min: -2, max: 2 }).map((each) => doc([['$slice', int(each)]])),
  fc
    .tuple(fc.integer({ min: -3, max: 2 }), fc.integer({ min: 1, max: 2 }))
    .map((each) => doc([['$slice', list(each.map(int))]])),
);
const firstOf: fc.Arbitrary<Value> = filters.element.map((each) => doc([['$elemMatch', each]]));
export const projection: fc.Arbitrary<Fields> = fc.oneof(
  plainProjection,
  fc.oneof(slice, firstOf).map((each) => doc([['a', each]])),
  firstOf.map((each) =>
    doc([
      ['b', int(1)],
      ['a', each],
    ]),
  ),
  fc.tuple(slice, fc.constantFrom(1, 0)).map(([each, kept]) =>
    doc([
      ['b', int(kept)],
      ['a', each],
    ]),
  ),
);

const accumulator: fc.Arbitrary<Accumulator> = fc.record({
  name: fc.constantFrom('u', 'v', 'w'),
  operator: fc.constantFrom('$sum', '$min', '$max', '$push'),
  path: fc.constantFrom('a', 'b', 'a.b'),
});
const steady: fc.Arbitrary<readonly Stage[]> = fc
  .tuple(order, fc.nat(2), fc.integer({ min: 1, max: 4 }))
  .map(([by, skip, limit]) => [
    { stage: 'sort', order: [...by.filter(([path]) => path !== '_id'), ['_id', 1]].slice(-2) as Order },
    { stage: 'skip', count: skip },
    { stage: 'limit', count: limit },
  ]);
const one = <T extends Stage>(each: fc.Arbitrary<T>): fc.Arbitrary<readonly Stage[]> => each.map((stage) => [stage]);
const match = one(filters.filter.map((filter): Stage => ({ stage: 'match', filter })));
const optional = (each: fc.Arbitrary<readonly Stage[]>): fc.Arbitrary<readonly Stage[]> =>
  fc.option(each, { nil: [] as readonly Stage[], freq: 2 });
export const stages: fc.Arbitrary<readonly Stage[]> = fc
  .tuple(
    optional(match),
    optional(steady),
    optional(
      one(fc.record({ stage: fc.constant('unwind' as const), name: fc.constantFrom('a', 'b'), keep: fc.boolean() })),
    ),
    optional(match),
    optional(one(plainProjection.map((each): Stage => ({ stage: 'project', projection: each })))),
    optional(
      fc.oneof(
        one(
          fc.record({
            stage: fc.constant('group' as const),
            by: fc.constantFrom('a', 'b', 'a.b', null),
            accumulators: fc.uniqueArray(accumulator, { maxLength: 3, selector: ({ name }) => name }),
          }),
        ),
        one(fc.constant<Stage>({ stage: 'count' })),
      ),
    ),
  )
  .map((parts) => parts.flat());

const orders: readonly Order[] = [
  [['a', 1]],
  [['a', -1]],
  [['b', 1]],
  [['a.b', 1]],
  [
    ['a', 1],
    ['b', 1],
  ],
  [
    ['b', 1],
    ['a', -1],
  ],
  [
    ['a.b', 1],
    ['c', 1],
  ],
  [
    ['a.a', 1],
    ['a.b', 1],
  ],
];
const partials: readonly Fields[] = [
  doc([['a', doc([['$exists', truth(true)]])]]),
  doc([['b', doc([['$gt', int(0)]])]]),
  doc([['c', doc([['$type', string('string')]])]]),
  doc([['a', int(1)]]),
];
export const index: fc.Arbitrary<Index> = fc
  .tuple(
    fc.constantFrom(...orders),
    fc.boolean(),
    fc.constantFrom('sparse', 'partial', 'whole', 'whole'),
    fc.constantFrom(...partials),
  )
  .map(([by, unique, kind, partial]) => ({
    name: `${by.map(([path, direction]) => `${path}_${direction}`).join('_')}${unique ? '_unique' : ''}_${kind}`,
    order: by,
    unique,
    sparse: kind === 'sparse',
    partial: kind === 'partial' ? partial : null,
  }));
