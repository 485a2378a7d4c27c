import fc from 'fast-check';
import type { Command } from './command.ts';
import * as filters from './generateFilter.ts';
import { index, order, projection, stages } from './generateParts.ts';
import { positionalUpdate, update } from './generateUpdate.ts';
import { document, scalar } from './generateValues.ts';
import type { Order } from './keys.ts';
import { doc, int, without } from './value.ts';

const where = { collection: fc.constantFrom('x', 'x', 'x', 'y'), session: fc.constantFrom(0, 0, 1, 1, 2) };
const command = <T extends object>(shape: { readonly [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.tuple(fc.record(where), fc.record<T>(shape)).map(([at, what]) => ({ ...at, ...what }));

const maybe = <T>(each: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(each, { nil: null, freq: 2 });
const few = fc.constantFrom(0, 0, 0, 1, 2, 3);

const kind = <K extends string>(name: K): fc.Arbitrary<K> => fc.constant(name);
const writes: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 5,
    arbitrary: command({
      kind: kind('insert'),
      documents: fc.array(document, { minLength: 1, maxLength: 4 }),
      ordered: fc.boolean(),
    }),
  },
  {
    weight: 5,
    arbitrary: command({
      kind: kind('update'),
      filter: filters.filter,
      update,
      multi: fc.boolean(),
      upsert: fc.constant(false),
      positional: fc.constant(null),
    }),
  },
  {
    weight: 1,
    arbitrary: command({
      kind: kind('update'),
      filter: filters.positional,
      update: positionalUpdate,
      multi: fc.boolean(),
      upsert: fc.constant(false),
      positional: fc.constant('a'),
    }),
  },
  {
    weight: 2,
    arbitrary: command({
      kind: kind('update'),
      filter: filters.upsert,
      update,
      multi: fc.boolean(),
      upsert: fc.constant(true),
      positional: fc.constant(null),
    }),
  },
  { weight: 2, arbitrary: command({ kind: kind('delete'), filter: filters.filter, multi: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc
      .oneof(
        fc.record({ filter: filters.filter, upsert: fc.constant(false), update: fc.option(update, { nil: null }) }),
        fc.record({ filter: filters.upsert, upsert: fc.constant(true), update }),
      )
      .chain((what) =>
        command({
          kind: kind('findAndModify'),
          filter: fc.constant(what.filter),
          update: fc.constant(what.update),
          upsert: fc.constant(what.upsert),
          order: maybe(order.map((by): Order => by.slice(0, 1))),
          after: fc.boolean(),
          projection: maybe(projection),
        }),
      ),
  },
);
const reads: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 5,
    arbitrary: command({
      kind: kind('find'),
      filter: filters.filter,
      order: maybe(order),
      skip: few,
      limit: few,
      projection: maybe(projection),
    }),
  },
  { weight: 1, arbitrary: command({ kind: kind('count'), filter: filters.filter, skip: few, limit: few }) },
  {
    weight: 1,
    arbitrary: command({
      kind: kind('distinct'),
      path: fc.constantFrom('a', 'b', 'a.b', '_id'),
      filter: filters.filter,
    }),
  },
  { weight: 3, arbitrary: command({ kind: kind('aggregate'), stages }) },
);
const structure: fc.Arbitrary<Command> = fc.oneof(
  { weight: 24, arbitrary: command({ kind: kind('createIndex'), index }) },
  { weight: 8, arbitrary: command({ kind: kind('dropIndex'), which: fc.nat(3) }) },
  { weight: 4, arbitrary: command({ kind: kind('drop') }) },
  { weight: 1, arbitrary: command({ kind: kind('restart') }) },
);
const transactions: fc.Arbitrary<Command> = fc
  .tuple(fc.constantFrom<('begin' | 'commit' | 'abort')[]>('begin', 'begin', 'commit', 'abort'), fc.constantFrom(1, 2))
  .map(([what, session]) => ({ kind: what, session, collection: 'x' }));

/** Writes that meet: to three documents, and few that fail. */
const own = fc.constantFrom(1, 2, 3).map((each) => doc([['_id', int(each)]]));
const small = fc.oneof(
  fc.tuple(fc.constantFrom('b', 'c'), scalar).map(([name, each]) => doc([['$set', doc([[name, each]])]])),
  fc.constant(doc([['$inc', doc([['n', int(1)]])]])),
  update,
);
const meetings: fc.Arbitrary<Command> = fc
  .oneof(
    {
      weight: 6,
      arbitrary: command({
        kind: kind('update'),
        filter: own,
        update: small,
        multi: fc.boolean(),
        upsert: fc.constant(false),
        positional: fc.constant(null),
      }),
    },
    { weight: 1, arbitrary: command({ kind: kind('delete'), filter: own, multi: fc.boolean() }) },
    { weight: 2, arbitrary: writes },
  )
  .map((each) => ({ ...each, collection: 'x' }));
const start: fc.Arbitrary<Command> = fc.tuple(document, document, document).map((given) => ({
  kind: 'insert',
  documents: given.map((each, at) => doc([['_id', int(at + 1)], ...without(each, '_id').fields])),
  ordered: true,
  collection: 'x',
  session: 0,
}));

const many = (each: fc.Arbitrary<Command>) => fc.array(each, { minLength: 5, maxLength: 25, size: 'max' });

/** Five to some thirty commands: of all kinds, or transactions that meet. */
export const sequences: fc.Arbitrary<readonly Command[]> = fc.oneof(
  {
    weight: 3,
    arbitrary: many(
      fc.oneof(
        { weight: 10, arbitrary: writes },
        { weight: 8, arbitrary: reads },
        { weight: 3, arbitrary: structure },
        { weight: 4, arbitrary: transactions },
      ),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        start,
        fc.array(command({ kind: kind('createIndex'), index }), { maxLength: 1 }),
        many(
          fc.oneof(
            { weight: 10, arbitrary: meetings },
            { weight: 3, arbitrary: reads },
            { weight: 6, arbitrary: transactions },
          ),
        ),
      )
      .map(([first, indexes, rest]) => [first, ...indexes, ...rest]),
  },
);
