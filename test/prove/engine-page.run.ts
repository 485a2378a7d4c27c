/** Asks the embedded engine what it offers and writes the tables of `docs/embedded-engine.md` anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { MongoClient } from 'mongodb';
import { startTestEngine } from '../embedded-mongo/engine.ts';
import { engineTables, pageFile, tableOnPage, withTables } from '../embedded-mongo/page/tables.ts';

const engine = await startTestEngine();
const client = await new MongoClient(engine.uri).connect();
try {
  const tables = await engineTables(client.db('page'));
  const page = readFileSync(pageFile, 'utf8');
  const missing = Object.keys(tables).filter((name) => tableOnPage(page, name) === undefined);
  if (missing.length > 0) throw new Error(`the page has no place for: ${missing.join(', ')}`);
  const changed = Object.keys(tables).filter((name) => tableOnPage(page, name) !== tables[name]);
  writeFileSync(pageFile, withTables(page, tables));
  console.log(changed.length === 0 ? 'The page is as the engine is.' : `Written anew: ${changed.join(', ')}`);
} finally {
  await client.close();
  await engine.close();
}
