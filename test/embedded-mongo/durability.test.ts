import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { type Document, MongoClient } from 'mongodb';
import { restoreEmbeddedMongo, startEmbeddedMongo } from '../../src/embedded-mongo/index.ts';

type Doc = Document & { _id: number };
const folder = mkdtempSync(join(tmpdir(), 'hw-durable-'));
const children: ChildProcess[] = [];
after(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** A process that serves the file and prints its address, or, with `writing`, the number of each insert that was acknowledged. */
function startChild(file: string, writing: boolean): { child: ChildProcess; lines: AsyncIterator<string> } {
  const child = spawn(
    process.execPath,
    [new URL('./child.ts', import.meta.url).pathname, file, writing ? 'write' : 'serve'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  children.push(child);
  if (!child.stdout) throw new Error('no output');
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

async function withClient<T>(uri: string, use: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = await new MongoClient(uri).connect();
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

test('after kill -9 every acknowledged insert is there', async () => {
  const file = join(folder, 'killed.db');
  const { child, lines } = startChild(file, true);
  let acknowledged = -1;
  while (acknowledged < 300) acknowledged = Number((await lines.next()).value);
  child.kill('SIGKILL');
  for (let line = await lines.next(); !line.done; line = await lines.next())
    acknowledged = Math.max(acknowledged, Number(line.value));
  const engine = await startEmbeddedMongo({ file });
  await withClient(engine.uri, async (client) => {
    const things = client.db('test').collection<Doc>('things');
    const found = await things.find().project({ _id: 1 }).sort({ _id: 1 }).toArray();
    assert.ok(acknowledged >= 300);
    assert.deepEqual(
      found.slice(0, acknowledged + 1).map(({ _id }) => _id),
      Array.from({ length: acknowledged + 1 }, (_, i) => i),
    );
    assert.equal(await things.countDocuments({ half: { $gte: 0 } }), found.length);
  });
  await engine.close();
});

test('a second process uses the first, and takes over when it is killed', async () => {
  const file = join(folder, 'shared.db');
  const { child, lines } = startChild(file, false);
  const uri = String((await lines.next()).value);
  const second = await startEmbeddedMongo({ file });
  assert.equal(second.uri, uri);
  await withClient(second.uri, async (client) => {
    const things = client.db('test').collection<Doc>('things');
    await things.insertOne({ _id: 1 });
    child.kill('SIGKILL');
    let count = 0;
    for (let tries = 0; tries < 50 && count === 0; tries++) count = await things.countDocuments().catch(() => 0);
    assert.equal(count, 1);
    await things.insertOne({ _id: 2 });
  });
  await second.close();
  const third = await startEmbeddedMongo({ file });
  assert.equal(await withClient(third.uri, (client) => client.db('test').collection('things').countDocuments()), 2);
  await third.close();
});

test('close of a second engine leaves the first alone; a long path works', async () => {
  const file = join(folder, 'x'.repeat(80), 'y'.repeat(40), 'long.db');
  const first = await startEmbeddedMongo({ file });
  const second = await startEmbeddedMongo({ file });
  assert.equal(second.uri, first.uri);
  await second.close();
  assert.equal(await withClient(first.uri, async (client) => (await client.db('a').command({ ping: 1 })).ok), 1);
  await first.close();
});

test('backup while writing, restore into a fresh place', async () => {
  const engine = await startEmbeddedMongo({ file: join(folder, 'live.db') });
  const target = join(folder, 'copy.db');
  await withClient(engine.uri, async (client) => {
    const things = client.db('test').collection<Doc>('things');
    await things.insertMany(Array.from({ length: 500 }, (_, i) => ({ _id: i })));
    const writing = Promise.all(Array.from({ length: 200 }, (_, i) => things.insertOne({ _id: 1000 + i })));
    await engine.backup(target);
    await writing;
  });
  await assert.rejects(restoreEmbeddedMongo(target, join(folder, 'live.db')), /in use/);
  await engine.close();
  assert.ok(statSync(target).size > 0 && !existsSync(`${target}.part`));
  await restoreEmbeddedMongo(target, join(folder, 'restored.db'));
  const restored = await startEmbeddedMongo({ file: join(folder, 'restored.db') });
  const n = await withClient(restored.uri, (client) => client.db('test').collection('things').countDocuments());
  assert.ok(n >= 500 && n <= 700);
  await restored.close();
  await assert.rejects(restoreEmbeddedMongo(join(folder, 'none.db'), join(folder, 'other.db')), /no backup/);
});
