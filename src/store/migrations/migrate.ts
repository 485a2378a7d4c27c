import type { Connection } from 'mongoose';
import { collections1 } from './0001-collections.ts';
import { desk2 } from './0002-desk.ts';
import { feedback3 } from './0003-feedback.ts';

/**
 * One step of the schema. It may run twice: when it was killed half way, or when two processes start at once. A step
 * that has been released never changes; what is wrong in it is mended by a later one.
 */
export type Migration = { readonly number: number; up(connection: Connection): Promise<void> };

/** In order; the numbers have no gaps. */
export const migrations: readonly Migration[] = [collections1, desk2, feedback3];

type SchemaNumber = { readonly _id: 'schema'; readonly number: number };

/** The schema that the database has; 0 for an empty one. */
export async function schemaNumber(connection: Connection): Promise<number> {
  return (await connection.collection<SchemaNumber>('schema').findOne({ _id: 'schema' }))?.number ?? 0;
}

/** Takes the steps that are missing. Throws when the database is ahead of this program: it would lose what it cannot read. */
export async function migrate(connection: Connection, steps: readonly Migration[] = migrations): Promise<void> {
  const newest = steps.at(-1)?.number ?? 0;
  const found = await schemaNumber(connection);
  if (found > newest) {
    throw new Error(
      `The store has schema ${found}; this Headwater knows schemas up to ${newest}. Start the newer Headwater that wrote it.`,
    );
  }
  const schema = connection.collection<SchemaNumber>('schema');
  for (const step of steps.filter(({ number }) => number > found)) {
    await step.up(connection);
    await schema.updateOne({ _id: 'schema' }, { $max: { number: step.number } }, { upsert: true });
  }
}
