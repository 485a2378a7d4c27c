import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, beforeEach, test } from 'node:test';
import type { Collection } from 'mongodb';
import { startEmbeddedMongo } from '../../src/embedded-mongo/index.ts';
import { memoryLimits } from '../../src/embedded-mongo/memory.ts';
import { Allowance } from '../../src/embedded-mongo/storage/allowance.ts';
import { Snapshots } from '../../src/embedded-mongo/storage/snapshots.ts';
import { type OpenedEngine, openEngine } from './openedEngine.ts';

type Thing = { _id: number; filling: Buffer };

const folder = mkdtempSync(join(tmpdir(), 'hw-memory-'));
after(() => rmSync(folder, { recursive: true, force: true }));

let opened: OpenedEngine;
let things: Collection<Thing>;

beforeEach(async () => {
  opened = await openEngine(16);
  things = opened.client.db('memory').collection<Thing>('things');
  await things.insertOne({ _id: 0, filling: Buffer.alloc(10) });
});

afterEach(() => opened.close());

const large = (id: number): Thing => ({ _id: id, filling: Buffer.alloc(1_000_000, id) });

test('all limits follow from one setting, and less than 16 megabytes is refused', async () => {
  const [small, more] = [memoryLimits(64), memoryLimits(128)];
  for (const key of ['cacheKibibytes', 'snapshotKibibytes', 'sortBytes', 'transactionBytes'] as const) {
    assert.ok(small[key] > 0 && small[key] < more[key], key);
  }
  for (const wrong of [0, 15, 16.5, Number.NaN, -1]) assert.throws(() => memoryLimits(wrong), RangeError);
  await assert.rejects(startEmbeddedMongo({ file: join(folder, 'wrong.db'), memoryMegabytes: 3 }), RangeError);
});

test('a transaction that grows over the limit is TransactionTooLargeForCache, and nothing of it is kept', async () => {
  const session = opened.client.startSession();
  session.startTransaction();
  await assert.rejects(
    async () => {
      for (let id = 1; id < 20; id++) await things.insertOne(large(id), { session });
    },
    { code: 388 },
  );
  await session.abortTransaction();
  await session.endSession();
  assert.equal(await things.countDocuments(), 1);
});

test('one that is too large is not begun again by withTransaction', async () => {
  let tries = 0;
  const work = opened.client.withSession((session) =>
    session.withTransaction(async () => {
      tries++;
      for (let id = 1; id < 20; id++) await things.insertOne(large(id), { session });
    }),
  );
  await assert.rejects(work, { code: 388 });
  assert.equal(tries, 1);
});

test('what one transaction held is free for the next, however it ended', async () => {
  for (let round = 0; round < 6; round++) {
    const session = opened.client.startSession();
    session.startTransaction();
    for (let id = 1; id < 5; id++) {
      await things.replaceOne({ _id: id }, { filling: large(id).filling }, { session, upsert: true });
    }
    if (round % 2 === 0) await session.abortTransaction();
    else await session.commitTransaction();
    await session.endSession();
  }
  assert.equal(await things.countDocuments(), 5);
});

test('changing the same document again and again in one transaction takes the room of one change', async () => {
  await opened.client.withSession((session) =>
    session.withTransaction(async () => {
      for (let n = 1; n < 30; n++) {
        await things.updateOne({ _id: 0 }, { $set: { filling: large(n).filling } }, { session });
      }
    }),
  );
  assert.equal(await things.countDocuments({ filling: large(29).filling }), 1);
});

test('a sort over the limit is refused as on MongoDB without its disk, and a bounded one is not', async () => {
  await things.insertMany(Array.from({ length: 12 }, (_, i) => large(i + 1)));
  await assert.rejects(things.find().sort({ filling: 1 }).toArray(), { code: 292 });
  assert.equal((await things.find().sort({ filling: -1 }).limit(2).toArray()).length, 2);
});

test('an allowance counts what is given back, and a refused wish counts nothing', () => {
  const allowance = new Allowance(100);
  allowance.take(80);
  assert.throws(() => allowance.take(21), { code: 388 });
  assert.equal(allowance.used, 80);
  allowance.take(-80);
  allowance.take(100);
  assert.equal(allowance.used, 100);
});

test('snapshot connections that nobody needs are closed', () => {
  const snapshots = new Snapshots(opened.engine.file, 512);
  const taken = Array.from({ length: 12 }, () => snapshots.take());
  for (const connection of taken) snapshots.giveBack(connection);
  assert.equal(snapshots.idle, 8);
  snapshots.closeIdle(Date.now() - 60_000);
  assert.equal(snapshots.idle, 8);
  snapshots.closeIdle(Date.now() + 1);
  assert.equal(snapshots.idle, 0);
  assert.equal(taken.filter(({ database }) => database.isOpen).length, 0);
});

test('what belongs to the database is readable by its owner only', async () => {
  const { client, engine } = opened;
  await client.db('memory').collection('more').insertOne({});
  for (const end of ['', '-wal', '-shm', '.sock']) {
    assert.equal(statSync(`${engine.file}${end}`).mode & 0o777, 0o600, end);
  }
  const file = join(folder, 'served.db');
  const served = await startEmbeddedMongo({ file });
  for (const end of ['', '.lock', '.address']) assert.equal(statSync(`${file}${end}`).mode & 0o777, 0o600, end);
  await served.close();
});
