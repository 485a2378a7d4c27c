import { copyFileSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { startEmbeddedMongo } from '../../../src/embedded-mongo/index.ts';
import { type Doc, templateDocs } from './script.ts';

const framesBefore = 930;
const frameBytes = 4096 + 24;

/**
 * A database whose log is nearly so long that SQLite writes it back into the file: a short life then reaches that point
 * as well. The log is copied while the engine runs, as a kill would leave it.
 */
export async function makeTemplate(folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'making.db');
  const engine = await startEmbeddedMongo({ file });
  const client = await new MongoClient(engine.uri).connect();
  const docs = client.db('crash').collection<Doc>('a');
  await docs.createIndexes([
    { key: { v: 1 }, name: 'v_1' },
    { key: { tags: 1 }, name: 'tags_1' },
  ]);
  await docs.insertMany([...templateDocs]);
  const log = client.db('other').collection<{ _id: number; n: number }>('log');
  await log.insertOne({ _id: 1, n: 0 });
  while (statSync(`${file}-wal`).size < framesBefore * frameBytes) await log.updateOne({ _id: 1 }, { $inc: { n: 1 } });
  const template = join(folder, 'template.db');
  copyDatabase(file, template);
  await client.close();
  await engine.close();
  return template;
}

/** The file and its log, as they lie there. */
export function copyDatabase(from: string, to: string): void {
  for (const end of ['', '-wal']) if (existsSync(`${from}${end}`)) copyFileSync(`${from}${end}`, `${to}${end}`);
}
