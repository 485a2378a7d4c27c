import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { MongoClient } from 'mongodb';
import { startTestEngine, type TestEngine } from './engine.ts';
import { engineTables, pageFile, tableOnPage } from './page/tables.ts';

const page = readFileSync(pageFile, 'utf8');
let engine: TestEngine;
let client: MongoClient;
before(async () => {
  engine = await startTestEngine();
  client = await new MongoClient(engine.uri).connect();
});
after(async () => {
  await client.close();
  await engine.close();
});

test('the page says what the engine answers: run `npm run prove -- engine-page` where it does not', async () => {
  const tables = await engineTables(client.db('page'));
  for (const [name, table] of Object.entries(tables)) {
    const written = tableOnPage(page, name);
    assert.ok(written !== undefined, `the page has no table of ${name}`);
    assert.deepEqual(written.split('\n'), table.split('\n'), name);
  }
  const places = [...page.matchAll(/<!-- engine: (.+) -->/g)].map((match) => match[1]);
  assert.deepEqual(places.sort(), Object.keys(tables).sort());
});

/** The first cells of the table under a heading, without their ticks. */
function firstCells(heading: string): readonly string[] {
  const part = page.split(/^#+ /m).find((each) => each.startsWith(`${heading}\n`)) ?? '';
  return [...part.matchAll(/^\| `([^`]+)`/gm)].map((match) => match[1] ?? '');
}

test('the page names every setting of the engine, and no other', () => {
  const source = readFileSync(join(import.meta.dirname, '../../src/embedded-mongo/index.ts'), 'utf8');
  const options = /interface EmbeddedMongoOptions \{([\s\S]*?)\n\}/.exec(source)?.[1] ?? '';
  const settings = [...options.matchAll(/^ {2}readonly (\w+)\??:/gm)].map((match) => match[1] ?? '');
  assert.ok(settings.includes('file'));
  assert.deepEqual([...firstCells('Settings')].sort(), settings.sort());
});

test('the limits on the page are the ones that the engine tells its clients', async () => {
  const hello = await client.db('page').admin().command({ hello: 1 });
  const limits: Readonly<Record<string, string>> = Object.fromEntries(
    [...page.matchAll(/^\| `(max\w+|logical\w+|minWireVersion)` \| ([\d,]+)/gm)].map((match) => [match[1], match[2]]),
  );
  for (const name of ['maxBsonObjectSize', 'maxMessageSizeBytes', 'maxWriteBatchSize', 'maxWireVersion'])
    assert.equal(Number(limits[name]?.replaceAll(',', '')), hello[name], name);
  assert.equal(Number(limits.logicalSessionTimeoutMinutes), hello.logicalSessionTimeoutMinutes);
});
