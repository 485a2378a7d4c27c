import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { type ClientSession, type Document, Long, MongoClient } from 'mongodb';
import { Cursors } from '../../src/embedded-mongo/command/cursors.ts';
import { memoryLimits } from '../../src/embedded-mongo/memory.ts';
import { EmbeddedServer } from '../../src/embedded-mongo/server.ts';
import { uriOf } from '../../src/embedded-mongo/wire/listener.ts';

type Doc = Document & { _id: number };
const folder = mkdtempSync(join(tmpdir(), 'hw-slow-stop-'));
const children: ChildProcess[] = [];
after(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const many = 30_000;
const documents = Array.from({ length: many }, (_, i) => ({ _id: i, n: i, text: `text ${i}` }));
const serve = (file: string) =>
  EmbeddedServer.start({ file, memory: memoryLimits(), before: undefined, onLog: () => {} });

test('a retryable insert that was cut off in the middle is made to its end by the next try, and only once', async () => {
  const file = join(folder, 'cut.db');
  const first = await serve(file);
  const client = await new MongoClient(uriOf(first.address)).connect();
  const other = await new MongoClient(uriOf(first.address)).connect();
  const session: ClientSession = client.startSession();
  const lsid = session.id;
  const command = { insert: 'things', documents, ordered: false, txnNumber: Long.fromNumber(1) };
  const cut = client.db('slow').command({ ...command }, { session });
  cut.catch(() => {});
  let there = 0;
  while (there < 1000) there = await other.db('slow').collection('things').estimatedDocumentCount();
  assert.ok(there < many, `${there} of ${many} were there`);
  await first.close();
  await Promise.all([client.close(), other.close()]);
  await assert.rejects(cut);

  const second = await serve(file);
  const again = await new MongoClient(uriOf(second.address)).connect();
  const before = await again.db('slow').collection('things').countDocuments();
  assert.ok(before >= 1000 && before < many, `${before} of ${many} were there`);
  const resumed = again.startSession();
  // The next try of a driver has the session and the number of the first.
  Object.assign(resumed.id as Document, lsid);
  const reply = await again.db('slow').command({ ...command }, { session: resumed });
  assert.deepEqual([reply.n, reply.writeErrors], [many, undefined]);
  assert.equal(await again.db('slow').collection('things').countDocuments(), many);
  assert.equal((await again.db('slow').command({ ...command }, { session: resumed })).n, many);
  await again.close();
  await second.close();
});

test('kill -9 while an index is built leaves no part of it', async () => {
  const file = join(folder, 'killed.db');
  const first = await serve(file);
  await using(first, (client) => client.db('test').collection<Doc>('things').insertMany(documents));
  await first.close();

  const child = spawn(process.execPath, [new URL('./child.ts', import.meta.url).pathname, file, 'serve'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  if (!child.stdout) throw new Error('no output');
  const uri = String((await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next()).value);
  const building = new MongoClient(uri);
  const build = building.db('test').collection('things').createIndex({ text: 1, n: 1 });
  build.catch(() => {});
  const watcher = new DatabaseSync(file, { readOnly: true });
  while (tables(watcher).length < 2) await wait(1);
  child.kill('SIGKILL');
  await assert.rejects(build);
  await building.close();
  const left = tables(watcher);
  watcher.close();

  const second = await serve(file);
  await using(second, async (client) => {
    const things = client.db('test').collection<Doc>('things');
    const names = (await things.indexes()).map(({ name }) => name);
    const after = new DatabaseSync(file, { readOnly: true });
    assert.equal(tables(after).length, names.length, `before: ${left.join()}, now: ${tables(after).join()}`);
    after.close();
    await things.createIndex({ text: 1, n: 1 });
    assert.equal(await things.countDocuments({ text: { $gte: 'text' } }, { hint: 'text_1_n_1' }), many);
  });
  await second.close();
});

/** The tables of indexes. */
function tables(database: DatabaseSync): string[] {
  const rows = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 'i_*'").all();
  return rows.map(({ name }) => String(name));
}

async function using<T>(server: EmbeddedServer, use: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = await new MongoClient(uriOf(server.address)).connect();
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

const list = (n: number): Document[] => Array.from({ length: n }, (_, i) => ({ i }));
const idOf = (reply: { readonly cursor?: unknown }) => (reply.cursor as { id: bigint }).id;
const source = (namespace: string, options = {}) => ({ namespace, documents: list(3), session: '', ...options });
function opened(cursors: Cursors, options = {}): bigint {
  const steps = cursors.open(source('a.b', options), 1);
  const { done, value } = steps.next();
  assert.ok(done);
  return idOf(value);
}

test('a cursor that nobody asks for is forgotten after a while; one without time-out stays', async () => {
  const cursors = new Cursors({ idleMilliseconds: 20 });
  const short = opened(cursors);
  const kept = opened(cursors, { noTimeout: true });
  await wait(40);
  cursors.sweep();
  assert.equal(cursors.size, 1);
  assert.equal(cursors.kill(short), false);
  assert.equal(cursors.kill(kept), true);
});

test('a cursor that is asked for in time stays', async () => {
  const cursors = new Cursors({ idleMilliseconds: 60_000 });
  const id = opened(cursors);
  cursors.sweep();
  assert.equal(cursors.kill(id), true);
});

test('the number of open cursors has a limit', () => {
  const cursors = new Cursors({ most: 3 });
  for (let i = 0; i < 3; i++) opened(cursors);
  assert.throws(() => opened(cursors), { code: 146 });
  assert.equal(cursors.size, 3);
});

test('the cursors of a transaction end with it, the others of its session do not', () => {
  const cursors = new Cursors();
  opened(cursors, { session: 'one', inTransaction: true });
  const outside = opened(cursors, { session: 'one' });
  opened(cursors, { session: 'two', inTransaction: true });
  cursors.endTransaction('one');
  assert.equal(cursors.size, 2);
  assert.equal(cursors.kill(outside), true);
});

test('killCursors ends the batch that is being gathered; another getMore meanwhile is refused', async () => {
  const server = await serve(join(folder, 'running.db'));
  const [client, other] = await Promise.all([1, 2].map(() => new MongoClient(uriOf(server.address)).connect()));
  if (!client || !other) throw new Error('no client');
  const db = client.db('slow');
  await db.collection<Doc>('things').insertMany(documents);
  const session = client.startSession();
  const filter = { $or: [{ n: { $lt: 5 } }, { text: 'none' }] };
  const { cursor } = await db.command({ find: 'things', filter, batchSize: 2, hint: { $natural: 1 } }, { session });
  const getMore = { getMore: cursor.id, collection: 'things' };
  const running = db.command({ ...getMore }, { session });
  running.catch(() => {});
  await other.db('slow').command({ ping: 1 });
  await assert.rejects(db.command({ ...getMore }, { session }), { code: 143 });
  const killed = await other.db('slow').command({ killCursors: 'things', cursors: [cursor.id] });
  assert.equal(killed.cursorsKilled.length, 1);
  await assert.rejects(running, { code: 237 });
  await Promise.all([client.close(), other.close()]);
  await server.close();
});
