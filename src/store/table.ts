import type { Model, QueryFilter, Schema, SchemaDefinitionProperty, UpdateQuery } from 'mongoose';
import { mongoose } from './mongoose.ts';
import type { Scope } from './scope.ts';

/** A collection: its name, and every field of its rows. */
export type TableDefinition<Row> = { readonly name: string; readonly schema: Schema; readonly row?: Row };
export type Fields<Row> = { readonly [Field in Exclude<keyof Row, '_id'>]-?: SchemaDefinitionProperty };

export function defineTable<Row extends { readonly _id: string }>(
  name: string,
  fields: Fields<Row>,
): TableDefinition<Row> {
  const definition = { _id: { type: String, required: true }, ...fields };
  const schema = new mongoose.Schema(definition, { versionKey: false, minimize: false, id: false, collection: name });
  return { name, schema: schema as unknown as Schema };
}

type Condition = { readonly [operator in '$in' | '$lte' | '$gt' | '$gte' | '$lt' | '$ne']?: unknown };

/** Marks an operator as ours; whatever else looks like one is compared as a value. */
export function where(condition: Condition): Condition {
  return mongoose.trusted({ ...condition }) as Condition;
}
export const among = (values: readonly string[]): Condition => where({ $in: [...values] });

export type Filter<Row> = { readonly [Field in keyof Row]?: Row[Field] | Condition } & {
  readonly $or?: readonly Filter<Row>[];
} & { readonly [path: `${string}.${string}`]: string };
export type Sort<Row> = { readonly [Field in keyof Row]?: 1 | -1 };
export type Reading<Row, Field extends keyof Row> = {
  readonly sort?: Sort<Row>;
  readonly limit?: number;
  readonly only?: readonly Field[];
};

export type Table<Row> = {
  find<Field extends keyof Row = keyof Row>(
    filter: Filter<Row>,
    reading?: Reading<Row, Field>,
  ): Promise<readonly Pick<Row, Field>[]>;
  first<Field extends keyof Row = keyof Row>(
    filter: Filter<Row>,
    reading?: Reading<Row, Field>,
  ): Promise<Pick<Row, Field> | null>;
  count(filter: Filter<Row>): Promise<number>;
  insert(rows: readonly Row[]): Promise<void>;
  /** Replaces one row; whether there was one. */
  replace(filter: Filter<Row>, row: Row): Promise<boolean>;
  /** Replaces the row of this id, or adds it. */
  put(row: Row): Promise<void>;
  putAll(rows: readonly Row[]): Promise<void>;
  /** Adds the row unless its id is there. */
  ensure(row: Row): Promise<void>;
  /** Each in place of the row with the filter's fields; how many of them were there. */
  replaceAll(rows: readonly { readonly filter: Filter<Row>; readonly row: Row }[]): Promise<number>;
  update(filter: Filter<Row>, fields: Partial<Row>): Promise<number>;
  /** Changes the first row and returns it as it was. */
  take(filter: Filter<Row>, sort: Sort<Row>, fields: Partial<Row>): Promise<Row | null>;
  /** Adds one to each of these numbers, in one step; makes the row if it is not there. The row as it is then. */
  addOne(row: Partial<Row> & { readonly _id: string }, numbers: readonly string[]): Promise<Row>;
  remove(filter: Filter<Row>): Promise<number>;
};

const batchSize = 10_000;

/** The id comes along unasked unless one says so. */
const fieldsOf = (names: readonly string[]): Record<string, 0 | 1> => ({
  _id: 0,
  ...Object.fromEntries(names.map((name) => [name, 1])),
});

/** The table as seen from a scope. Reads are lean: plain values, nothing of Mongoose. */
export function openTable<Row extends { readonly _id: string }>(
  scope: Scope,
  definition: TableDefinition<Row>,
): Table<Row> {
  const { connection, session, run } = scope;
  const model = (connection.models[definition.name] ??
    connection.model(definition.name, definition.schema, definition.name)) as unknown as Model<Row>;
  const options = session === null ? {} : { session };
  const asFilter = (filter: Filter<Row>) => ({ ...filter }) as QueryFilter<Row>;
  const asSort = (sort: Sort<Row>) => ({ ...sort }) as Record<string, 1 | -1>;
  const asSet = (fields: Partial<Row>) => ({ $set: fields }) as UpdateQuery<Row>;

  const find: Table<Row>['find'] = async (filter, reading = {}) => {
    const { sort, limit, only } = reading;
    return run(async () => {
      const query = model.find(asFilter(filter), only === undefined ? null : fieldsOf(only.map(String)), options);
      if (sort !== undefined) query.sort(asSort(sort));
      if (limit !== undefined) query.limit(limit);
      // All of it is wanted: the server's first hundred would only cost one more way there and back.
      query.batchSize(limit ?? batchSize);
      return (await query.lean().exec()) as unknown as Row[];
    });
  };
  const replaceAll = async (rows: readonly { filter: Filter<Row>; row: Row }[], upsert: boolean): Promise<number> => {
    if (rows.length === 0) return 0;
    const steps = rows.map(({ filter, row }) => ({
      replaceOne: { filter: asFilter(filter), replacement: row, upsert },
    }));
    const done = await run(() => model.bulkWrite(steps as Parameters<typeof model.bulkWrite>[0], options));
    return done.matchedCount;
  };
  return {
    find,
    async first(filter, reading = {}) {
      return (await find(filter, { ...reading, limit: 1 }))[0] ?? null;
    },
    count: (filter) => run(() => model.countDocuments(asFilter(filter), options).exec()),
    async insert(rows) {
      if (rows.length > 0) await run(() => model.insertMany(rows as Row[], { ...options, lean: true }));
    },
    async replace(filter, row) {
      const done = await run(() => model.replaceOne(asFilter(filter), row, options).exec());
      return done.matchedCount === 1;
    },
    async put(row) {
      const filter = asFilter({ _id: row._id } as Filter<Row>);
      await run(() => model.replaceOne(filter, row, { ...options, upsert: true }).exec());
    },
    async putAll(rows) {
      await replaceAll(
        rows.map((row) => ({ filter: { _id: row._id } as Filter<Row>, row })),
        true,
      );
    },
    async ensure({ _id, ...rest }) {
      const added = { $setOnInsert: rest } as UpdateQuery<Row>;
      await run(() => model.updateOne(asFilter({ _id } as Filter<Row>), added, { ...options, upsert: true }).exec());
    },
    replaceAll: (rows) => replaceAll(rows, false),
    async update(filter, fields) {
      return (await run(() => model.updateMany(asFilter(filter), asSet(fields), options).exec())).modifiedCount;
    },
    async take(filter, sort, fields) {
      const found = await run(() =>
        model
          .findOneAndUpdate(asFilter(filter), asSet(fields), {
            ...options,
            sort: asSort(sort),
            returnDocument: 'before',
          })
          .lean()
          .exec(),
      );
      return found as unknown as Row | null;
    },
    async addOne({ _id, ...rest }, numbers) {
      const more = Object.fromEntries(numbers.map((name) => [name, 1]));
      const change = { $setOnInsert: rest, $inc: more } as unknown as UpdateQuery<Row>;
      const found = await run(() =>
        model
          .findOneAndUpdate(asFilter({ _id } as Filter<Row>), change, {
            ...options,
            upsert: true,
            returnDocument: 'after',
          })
          .lean()
          .exec(),
      );
      return found as unknown as Row;
    },
    async remove(filter) {
      return (await run(() => model.deleteMany(asFilter(filter), options).exec())).deletedCount;
    },
  };
}
