import { randomBytes } from 'node:crypto';
import { Binary, Int32 } from 'bson';
import { type Collection, checkName } from './catalog.ts';
import { describeIndex } from './indexSpec.ts';

/** Above all numbers that SQLite gives to collections and indexes: no snapshot knows them. */
const firstNumber = 2 ** 52;
let lastNumber = firstNumber;

/**
 * A collection that a transaction has created and not committed: only the transaction knows it, and nothing of it is in
 * the file. Throws InvalidNamespace.
 */
export function provisionalCollection(db: string, name: string): Collection {
  checkName(db, name);
  const spec = { v: new Int32(2), key: { _id: new Int32(1) }, name: '_id_' };
  return {
    id: ++lastNumber,
    db,
    name,
    namespace: `${db}.${name}`,
    uuid: new Binary(randomBytes(16), 4),
    options: {},
    indexes: [describeIndex(++lastNumber, spec, false)],
    building: [],
  };
}

/** Whether this is the number of a {@link provisionalCollection} or of its index. */
export function isProvisional(id: number): boolean {
  return id > firstNumber;
}
