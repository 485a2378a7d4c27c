import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, test } from 'node:test';
import type { Collection } from 'mongodb';
import { type OpenedEngine, openEngine } from './openedEngine.ts';

type Thing = { _id: number; n: number; filling?: Buffer };

let opened: OpenedEngine;
let things: Collection<Thing>;

beforeEach(async () => {
  opened = await openEngine();
  things = opened.client.db('faults').collection<Thing>('things');
  await things.createIndex({ n: 1 });
  await things.insertMany([
    { _id: 1, n: 1 },
    { _id: 2, n: 2 },
  ]);
});

afterEach(() => opened.close());

/** The file cannot grow by more than this many pages, as on a disk that is nearly full; returns what frees it again. */
function fillDisk(pages = 0): () => void {
  const { connection } = opened.engine;
  const now = Number(connection.row('PRAGMA page_count')?.[0]);
  connection.exec(`PRAGMA max_page_count = ${now + pages}`);
  return () => connection.exec('PRAGMA max_page_count = 1073741823');
}

/** The next COMMIT fails as SQLite fails at a disk with errors: rolled back by itself, with an extended code. */
function failCommits(times: number, errcode = 1034): { readonly left: () => number } {
  const { connection } = opened.engine;
  const exec = connection.exec.bind(connection);
  let left = times;
  connection.exec = (sql) => {
    if (left > 0 && sql.endsWith('COMMIT')) {
      left--;
      if (sql !== 'COMMIT') exec('BEGIN IMMEDIATE');
      exec('ROLLBACK');
      throw Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode });
    }
    exec(sql);
  };
  return { left: () => left };
}

const large = (id: number): Thing => ({ _id: id, n: id, filling: Buffer.alloc(200_000) });
const ids = async (): Promise<number[]> => (await things.find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id);

test('a write for which the disk has no room is OutOfDiskSpace, and nothing of it is there', async () => {
  fillDisk();
  await assert.rejects(things.insertOne(large(3)), { code: 14031, codeName: 'OutOfDiskSpace' });
  assert.deepEqual(await ids(), [1, 2]);
});

test('while the disk is full reads are answered, and when it has room again so are writes', async () => {
  const free = fillDisk();
  for (const id of [3, 4, 5]) await assert.rejects(things.insertOne(large(id)), { code: 14031 });
  assert.equal((await things.findOne({ n: 2 }))?._id, 2);
  free();
  await things.insertOne(large(6));
  assert.deepEqual(await ids(), [1, 2, 6]);
});

test('writes of one batch that fills the disk are each answered as what became of them', async () => {
  fillDisk(60);
  const wanted = Array.from({ length: 40 }, (_, i) => i + 10);
  const answers = await Promise.allSettled(
    wanted.map((id) => things.insertOne(id % 4 === 3 ? large(id) : { _id: id, n: id })),
  );
  const written = wanted.filter((_, i) => answers[i]?.status === 'fulfilled');
  assert.ok(written.length < wanted.length, 'the disk was never full');
  assert.deepEqual(await ids(), [1, 2, ...written]);
  const byIndex = await things.find({ n: { $gte: 0 } }).toArray();
  assert.equal(byIndex.length, written.length + 2);
});

test('reads that share a batch with a write that fails are answered with what is there', async () => {
  fillDisk();
  const [read, write, count] = await Promise.allSettled([
    things.find().toArray(),
    things.insertOne(large(3)),
    things.countDocuments(),
  ]);
  assert.equal(write.status, 'rejected');
  assert.equal(read.status === 'fulfilled' && read.value.length, 2);
  assert.equal(count.status === 'fulfilled' && count.value, 2);
});

test('a transaction for which the disk has no room leaves nothing, and is not asked for again and again', async () => {
  fillDisk();
  const session = opened.client.startSession();
  let tries = 0;
  await assert.rejects(
    session.withTransaction(async () => {
      tries++;
      await things.insertOne(large(3), { session });
      await things.updateOne({ _id: 1 }, { $set: { n: 100 } }, { session });
    }),
    { code: 14031 },
  );
  await session.endSession();
  assert.equal(tries, 1);
  assert.deepEqual(await things.find().sort({ _id: 1 }).toArray(), [
    { _id: 1, n: 1 },
    { _id: 2, n: 2 },
  ]);
});

test('a commit that fails at the disk is tried again by the driver, and made once', async () => {
  const { left } = failCommits(1);
  await things.updateOne({ _id: 1 }, { $inc: { n: 1 } });
  assert.equal(left(), 0);
  assert.equal((await things.findOne({ _id: 1 }))?.n, 2);
});

test('without retries a commit that fails at the disk says that nothing was written, and that is so', async () => {
  const once = await opened.another({ retryWrites: false });
  failCommits(1);
  const update = once
    .db('faults')
    .collection<Thing>('things')
    .updateOne({ _id: 1 }, { $inc: { n: 1 } });
  await assert.rejects(update, { code: 39, codeName: 'FileStreamFailed', message: /^nothing was written/ });
  assert.equal((await things.findOne({ _id: 1 }))?.n, 1);
});

test('where even that cannot be made sure, the answer says so', async () => {
  const once = await opened.another({ retryWrites: false });
  failCommits(2);
  const update = once
    .db('faults')
    .collection<Thing>('things')
    .updateOne({ _id: 1 }, { $inc: { n: 1 } });
  await assert.rejects(update, { code: 39, message: /^it is not certain/ });
  await things.updateOne({ _id: 2 }, { $inc: { n: 1 } });
  assert.deepEqual(
    (await things.find().sort({ _id: 1 }).toArray()).map(({ n }) => n),
    [1, 3],
  );
});

test('withTransaction begins anew where its commit failed at the disk', async () => {
  const { left } = failCommits(1);
  let tries = 0;
  await opened.client.withSession((session) =>
    session.withTransaction(async () => {
      tries++;
      await things.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session });
    }),
  );
  assert.equal(left(), 0);
  assert.equal(tries, 2);
  assert.equal((await things.findOne({ _id: 1 }))?.n, 2);
});

test('a collection that was made in a batch that failed is not there, and can be made', async () => {
  failCommits(2);
  const once = await opened.another({ retryWrites: false });
  const fresh = once.db('faults').collection<Thing>('fresh');
  await assert.rejects(fresh.insertOne({ _id: 1, n: 1 }), { code: 39 });
  assert.deepEqual((await once.db('faults').listCollections().toArray()).map(({ name }) => name).sort(), ['things']);
  await fresh.insertOne({ _id: 1, n: 1 });
  assert.equal(await fresh.countDocuments(), 1);
});

test('SQLite that gives up in the middle of a batch: no write of it is kept, none is acknowledged', async () => {
  const { connection } = opened.engine;
  const once = await opened.another({ retryWrites: false, maxPoolSize: 1 });
  const mine = once.db('faults').collection<Thing>('things');
  const run = connection.run.bind(connection);
  let inserts = 0;
  connection.run = (sql, ...values) => {
    if (sql.startsWith('INSERT INTO c_') && ++inserts === 2) {
      connection.exec('ROLLBACK');
      throw Object.assign(new Error('database or disk is full'), { errcode: 13 });
    }
    return run(sql, ...values);
  };
  // Two statements of one command, and other clients' commands around it.
  const answers = await Promise.allSettled([
    things.insertOne({ _id: 10, n: 10 }),
    mine.insertMany([
      { _id: 11, n: 11 },
      { _id: 12, n: 12 },
    ]),
  ]);
  const there = await ids();
  assert.equal(there.includes(10), answers[0].status === 'fulfilled');
  assert.equal(answers[1].status === 'fulfilled', there.includes(11) && there.includes(12));
  assert.equal(there.includes(11), there.includes(12));
  assert.ok(answers.some(({ status }) => status === 'rejected'));
  await mine.insertOne({ _id: 20, n: 20 });
  assert.ok((await ids()).includes(20));
});

test('after all of this the file is whole', async () => {
  const free = fillDisk(20);
  for (let id = 3; id < 9; id++) await things.insertOne(large(id)).catch(() => {});
  free();
  failCommits(3);
  for (let id = 10; id < 20; id++) await things.insertOne({ _id: id, n: id }).catch(() => {});
  const file = new DatabaseSync(opened.engine.file, { readOnly: true });
  assert.equal(file.prepare('PRAGMA integrity_check').get()?.integrity_check, 'ok');
  file.close();
  assert.equal((await things.find({ n: { $gt: 0 } }).toArray()).length, (await ids()).length);
});
