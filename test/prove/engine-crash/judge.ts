import { deserialize } from 'bson';
import type { Collection, Index } from '../../../src/embedded-mongo/storage/catalog.ts';
import { Engine } from '../../../src/embedded-mongo/storage/engine.ts';
import { entriesOf } from '../../../src/embedded-mongo/storage/entries.ts';
import type { Row } from '../../../src/embedded-mongo/storage/view.ts';
import type { Doc, Found, State } from './script.ts';

export type Checked = { readonly flaws: readonly string[]; readonly state: State; readonly entries: number };

/** Reads a file that nobody serves: SQLite's own check, and every index against every document, in both directions. */
export function checkFile(file: string, db = 'crash'): Checked {
  const engine = new Engine(file);
  try {
    const flaws: string[] = [];
    const verdict = engine.connection.rows('PRAGMA integrity_check').map(([line]) => String(line));
    if (verdict.join() !== 'ok') flaws.push(`integrity_check: ${verdict.join('; ')}`);
    const state: Record<string, Found> = {};
    let entries = 0;
    for (const collection of engine.catalog.all()) {
      const rows = [...engine.committed.scan(collection, { kind: 'collection', reverse: false }, 512)];
      for (const index of collection.indexes) {
        const found = indexFlaws(engine, collection, index, rows);
        entries += found.entries;
        flaws.push(...found.flaws);
      }
      if (collection.db !== db) continue;
      const docs = rows.map(({ bytes }) => deserialize(bytes) as Doc);
      const indexes = collection.indexes.map(({ name }) => name);
      state[collection.name] = { indexes, docs: Object.fromEntries(docs.map((each) => [each._id, each])) };
    }
    flaws.push(...strayTables(engine));
    return { flaws, state, entries };
  } finally {
    engine.close();
  }
}

function indexFlaws(engine: Engine, collection: Collection, index: Index, rows: readonly Row[]) {
  const place = `${collection.namespace} ${index.name}`;
  const wanted = new Set<string>();
  const flaws: string[] = [];
  for (const row of rows) {
    const { keys, multikey } = entriesOf(index, row.document);
    if (multikey && !index.multikey) flaws.push(`${place} does not say that it has arrays`);
    for (const key of keys) wanted.add(`${key.toString('hex')}/${row.rid}`);
  }
  const stored = engine.connection.rows(`SELECT hex(k), rid FROM i_${index.id}`);
  for (const [key, rid] of stored) {
    const text = `${String(key).toLowerCase()}/${rid}`;
    if (!wanted.delete(text)) flaws.push(`${place} has an entry that no document has: ${text}`);
  }
  for (const text of wanted) flaws.push(`${place} misses an entry: ${text}`);
  return { flaws, entries: stored.length };
}

/** Tables of collections and indexes that the catalogue does not know. */
function strayTables(engine: Engine): string[] {
  const known = new Set(
    engine.catalog.all().flatMap(({ id, indexes }) => [`c_${id}`, ...indexes.map((index) => `i_${index.id}`)]),
  );
  return engine.connection
    .rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB '[ci]_*'")
    .map(([name]) => String(name))
    .filter((name) => !known.delete(name))
    .map((name) => `the table ${name} belongs to nothing`)
    .concat([...known].map((name) => `the table ${name} is missing`));
}
