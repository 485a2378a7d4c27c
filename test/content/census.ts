import { canonicalJson } from '../../src/domain/release/canonical.ts';
import type { TestWorld } from '../web/testApp.ts';

/** Every row of a store. */
export async function census(world: TestWorld): Promise<string> {
  const collections = (await world.connection.listCollections()).map(({ name }) => name).sort();
  const rows: unknown[] = [];
  for (const name of collections) {
    const found = await world.connection
      .collection(name)
      .find({}, { sort: { _id: 1 } })
      .toArray();
    rows.push(
      name,
      found.length,
      found.map((row) => canonicalJson(JSON.parse(JSON.stringify(row)))),
    );
  }
  return JSON.stringify(rows);
}
