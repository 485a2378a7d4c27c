import fc from 'fast-check';
import { array, id, number, scalar, small, value } from './generateValues.ts';
import { doc, type Fields, int, list, string, truth, type Value } from './value.ts';

const isNull = (each: Value): boolean => each.kind === 'null';
const one = (name: string, operand: Value): Fields => doc([[name, operand]]);

const types = [
  'int',
  'long',
  'double',
  'decimal',
  'number',
  'string',
  'object',
  'array',
  'objectId',
  'bool',
  'date',
  'null',
];

const comparison = (operand: fc.Arbitrary<Value>): fc.Arbitrary<Fields> =>
  fc.tuple(fc.constantFrom('$eq', '$gt', '$gte', '$lt', '$lte', '$ne'), operand).map(([name, each]) => one(name, each));

const lists = (operand: fc.Arbitrary<Value>): fc.Arbitrary<Fields> =>
  fc
    .tuple(fc.constantFrom('$in', '$nin', '$all'), fc.array(operand, { maxLength: 3 }))
    .map(([name, each]) => one(name, list(each)));

const range: fc.Arbitrary<Fields> = fc
  .tuple(fc.constantFrom('$gt', '$gte'), number, fc.constantFrom('$lt', '$lte'), number)
  .map(([lower, from, upper, to]) =>
    doc([
      [lower, from],
      [upper, to],
    ]),
  );

const special: fc.Arbitrary<Fields> = fc.oneof(
  fc.boolean().map((is) => one('$exists', truth(is))),
  fc.constantFrom(...types).map((name) => one('$type', string(name))),
  fc.nat(3).map((size) => one('$size', int(size))),
  fc
    .tuple(fc.constantFrom(2, 3), fc.integer({ min: -1, max: 2 }))
    .map(([by, rest]) => one('$mod', list([int(by), int(rest)]))),
);

export const element: fc.Arbitrary<Fields> = fc.oneof(
  range,
  comparison(scalar),
  fc.tuple(fc.constantFrom('a', 'b'), fc.oneof(scalar, comparison(scalar))).map(([name, asked]) => one(name, asked)),
  fc.tuple(scalar, scalar).map(([a, b]) =>
    doc([
      ['a', a],
      ['b', b],
    ]),
  ),
);

const condition = (operand: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
  fc.oneof(
    { weight: 4, arbitrary: operand },
    { weight: 4, arbitrary: comparison(operand) },
    { weight: 2, arbitrary: range },
    { weight: 2, arbitrary: lists(operand) },
    { weight: 2, arbitrary: special },
    { weight: 1, arbitrary: element.map((each) => one('$elemMatch', each)) },
    {
      weight: 1,
      arbitrary: fc.oneof(comparison(operand), lists(operand), special, range).map((each) => one('$not', each)),
    },
  );

/** A clause of a filter. By a place in an array nothing is compared with null: items without the name would be null, too. */
const clause: fc.Arbitrary<Fields> = fc.oneof(
  { weight: 1, arbitrary: id.map((each) => one('_id', each)) },
  { weight: 1, arbitrary: fc.array(id, { maxLength: 4 }).map((each) => one('_id', one('$in', list(each)))) },
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom('a', 'a', 'b', 'c', 'a.b', 'a.a', 'b.a'), condition(value))
      .map(([path, asked]) => one(path, asked)),
  },
  { weight: 1, arbitrary: condition(scalar.filter((each) => !isNull(each))).map((asked) => one('a.0', asked)) },
);

export const filter: fc.Arbitrary<Fields> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(doc([])) },
  { weight: 6, arbitrary: clause },
  {
    weight: 2,
    arbitrary: fc
      .uniqueArray(clause, { minLength: 2, maxLength: 2, selector: (each) => each.fields[0]?.[0] })
      .map((each) => doc(each.flatMap(({ fields }) => fields))),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('$and', '$or', '$nor'), fc.array(clause, { minLength: 1, maxLength: 3 }))
      .map(([name, each]) => one(name, list(each))),
  },
);

/** A filter for `$`: one condition on the array `a`, of which one can tell through which item it is met. */
export const positional: fc.Arbitrary<Fields> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('a', 'a.b'),
      scalar.filter((each) => !isNull(each)),
    )
    .map(([path, asked]) => one(path, asked)),
  fc.tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte'), number).map(([name, each]) => one('a', one(name, each))),
  element.map((each) => one('a', one('$elemMatch', each))),
);

/** A filter for an upsert: what it takes over is at most one field beside `_id`, so that no order is left to MongoDB. */
export const upsert: fc.Arbitrary<Fields> = fc
  .tuple(
    fc.option(id, { nil: null }),
    fc.option(fc.tuple(fc.constantFrom('a', 'b', 'a.b', 'a.0'), fc.oneof(scalar, small, array)), { nil: null }),
    fc.option(fc.tuple(fc.constantFrom('$gt', '$lt'), number), { nil: null }),
    fc.nat(9),
  )
  .map(([own, equal, more, twice]) =>
    doc([
      ...(own === null ? [] : [['_id', own] as const]),
      ...(equal === null ? [] : [equal]),
      ...(more === null ? [] : [['c', one(more[0], more[1])] as const]),
      ...(twice === 0 && equal?.[0] === 'a' ? [['a.b', int(1)] as const] : []),
    ]),
  );
