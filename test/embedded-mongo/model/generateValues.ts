import fc from 'fast-check';
import {
  date,
  decimal,
  doc,
  double,
  type Field,
  type Fields,
  int,
  list,
  long,
  nil,
  objectId,
  string,
  truth,
  type Value,
} from './value.ts';

/** Few values, so that they meet: many are equal and of different types. */
export const number = fc.constantFrom<Value[]>(
  ...[int(0), int(1), int(2), int(-1), long(1n), long(2n), double(1), double(1.5), double(-1)],
  ...[decimal('1'), decimal('1.0'), decimal('1.5'), long(9007199254740993n), double(9007199254740992)],
);
const ids = ['6560000000000000000000a1', '6560000000000000000000a2'];
const other = fc.constantFrom<Value[]>(
  ...[nil, string('a'), string('A'), string('b'), truth(true), truth(false)],
  ...[date(0), date(1000), ...ids.map(objectId)],
);
export const scalar: fc.Arbitrary<Value> = fc.oneof({ weight: 3, arbitrary: number }, { weight: 2, arbitrary: other });

const fields = (names: readonly string[], value: fc.Arbitrary<Value>, most: number): fc.Arbitrary<Fields> =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...names), value), { maxLength: most, selector: ([name]) => name })
    .map((each) => doc(each));

export const small = fields(['a', 'b'], scalar, 2);
const inner = fc.oneof({ weight: 3, arbitrary: scalar }, { weight: 2, arbitrary: small });
/** Arrays hold no arrays: what MongoDB makes of a path through those is a matter of its versions. */
export const array: fc.Arbitrary<Value> = fc.oneof(
  fc.array(inner, { maxLength: 3 }).map(list),
  fc
    .array(fields(['a', 'b'], fc.oneof(scalar, fc.array(scalar, { maxLength: 2 }).map(list)), 2), { maxLength: 3 })
    .map(list),
);
const nested = fields(['a', 'b'], fc.oneof({ weight: 3, arbitrary: scalar }, { weight: 1, arbitrary: array }), 2);
/** What is no array, and may stand in one. */
export const item: fc.Arbitrary<Value> = inner;
export const value: fc.Arbitrary<Value> = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 2, arbitrary: array },
  { weight: 2, arbitrary: nested },
);

export const id: fc.Arbitrary<Value> = fc.constantFrom<Value[]>(
  ...[int(1), int(2), int(3), int(4), int(5), long(1n), double(1.5), string('a'), date(0), objectId(ids[0] ?? '')],
  doc([['a', int(1)]]),
);

/** A document to insert; its `_id` stands at the beginning, or not. */
export const document: fc.Arbitrary<Fields> = fc
  .tuple(id, fields(['a', 'b', 'c'], value, 3), fc.nat(4))
  .map(([own, { fields: rest }, at]) => {
    const place = at < 3 ? 0 : Math.min(at - 2, rest.length);
    const idField: Field = ['_id', own];
    return doc([...rest.slice(0, place), idField, ...rest.slice(place)]);
  });
