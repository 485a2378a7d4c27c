import { Binary } from 'bson';
import { decode } from './bson/decode.ts';
import { firstBuildingId } from './storage/building.ts';
import type { Collection, Index } from './storage/catalog.ts';
import { asBuffer, type Connection } from './storage/connection.ts';
import { describeIndex } from './storage/indexSpec.ts';
import type { Fault } from './verifyIndexes.ts';

/** The collections that can be read, and what is wrong with the catalogue that names them. */
export function verifyCatalogue(connection: Connection): {
  readonly faults: readonly Fault[];
  readonly collections: readonly Collection[];
} {
  const faults: Fault[] = [];
  const tables = new Set(
    connection.rows("SELECT name FROM sqlite_schema WHERE type = 'table'").map(([name]) => String(name)),
  );
  const collections = new Map<number, Collection>();
  const named = new Set<string>();
  for (const row of connection.rows('SELECT id, db, name, uuid, options FROM collections ORDER BY id')) {
    const collection = readable(`${row[1]}.${row[2]}`, faults, () => collectionOf(row));
    if (!collection) continue;
    if (tables.delete(`c_${collection.id}`)) collections.set(collection.id, collection);
    else
      faults.push({
        kind: 'catalogue',
        place: collection.namespace,
        problem: 'the catalogue names it, but it has no table',
      });
    if (named.has(collection.namespace))
      faults.push({ kind: 'catalogue', place: collection.namespace, problem: 'is there twice' });
    named.add(collection.namespace);
  }
  for (const [id, owner, spec, multikey] of connection.rows(
    'SELECT id, collection, spec, multikey FROM indexes ORDER BY id',
  )) {
    const collection = collections.get(Number(owner));
    const place = collection?.namespace ?? `index ${id}`;
    const hasTable = tables.delete(`i_${id}`);
    if (!collection) {
      faults.push({ kind: 'catalogue', place, problem: `belongs to collection ${owner}, which is not there` });
      continue;
    }
    const index = readable(place, faults, () => describeIndex(Number(id), decode(asBuffer(spec)), multikey === 1));
    if (!index) continue;
    if (!hasTable) faults.push({ kind: 'catalogue', place: placeOf(collection, index), problem: 'has no table' });
    else collection.indexes.push(index);
  }
  for (const { namespace, indexes } of collections.values()) {
    const names = indexes.map(({ name }) => name);
    if (!names.includes('_id_')) faults.push({ kind: 'catalogue', place: namespace, problem: 'has no index on _id' });
    if (new Set(names).size < names.length)
      faults.push({ kind: 'catalogue', place: namespace, problem: 'has two indexes of one name' });
  }
  for (const name of tables) {
    // An index that was being built when the file was copied is no fault: the next start drops it.
    if (/^[ci]_\d+$/.test(name) && Number(name.slice(2)) < firstBuildingId)
      faults.push({ kind: 'catalogue', place: name, problem: 'a table that the catalogue does not name' });
  }
  return { faults, collections: [...collections.values()] };
}

const placeOf = (collection: Collection, index: Index): string => `${collection.namespace} index ${index.name}`;

function collectionOf([id, db, name, uuid, options]: ReturnType<Connection['rows']>[number]): Collection {
  return {
    id: Number(id),
    db: String(db),
    name: String(name),
    namespace: `${db}.${name}`,
    uuid: new Binary(asBuffer(uuid), 4),
    options: decode(asBuffer(options)),
    indexes: [],
    building: [],
  };
}

function readable<T>(place: string, faults: Fault[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    faults.push({ kind: 'catalogue', place, problem: `its entry in the catalogue cannot be read: ${why}` });
    return undefined;
  }
}
