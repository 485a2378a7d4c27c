import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { type Collection, type Document, MongoClient, MongoServerError } from 'mongodb';
import { memoryLimits } from '../../src/embedded-mongo/memory.ts';
import { EmbeddedServer } from '../../src/embedded-mongo/server.ts';
import { uriOf } from '../../src/embedded-mongo/wire/listener.ts';

type Doc = Document & { _id: number };
const many = 30_000;
// The server runs in this thread: each turn of the event loop is one slice of its work and one look at the sockets, so
// that what is answered in between does not depend on how busy the machine is.
const folder = mkdtempSync(join(tmpdir(), 'hw-slow-'));
let server: EmbeddedServer;
let client: MongoClient;
let other: MongoClient;
let things: Collection<Doc>;
let numbers = 0;

before(async () => {
  server = await EmbeddedServer.start({
    file: join(folder, 'slow.db'),
    memory: memoryLimits(),
    before: undefined,
    onLog: () => {},
  });
  client = await new MongoClient(uriOf(server.address)).connect();
  other = await new MongoClient(uriOf(server.address)).connect();
  await other.db('slow').command({ ping: 1 });
});
beforeEach(async () => {
  things = client.db('slow').collection<Doc>(`things${++numbers}`);
  await things.insertMany(Array.from({ length: many }, (_, i) => ({ _id: i, n: i, group: i % 10, text: `text ${i}` })));
});
after(async () => {
  await client.close();
  await other.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Waits for something long; how many commands of another client were answered before. */
async function answeredDuring<T>(
  long: Promise<T>,
  command: () => Promise<unknown>,
): Promise<{ result: T; answered: number }> {
  let over = false;
  let answered = 0;
  const ended = long.finally(() => {
    over = true;
  });
  ended.catch(() => {});
  while (!over) {
    await command();
    if (!over) answered++;
  }
  return { result: await ended, answered };
}

const ping = () => other.db('slow').command({ ping: 1 });

const readings: readonly [string, () => Promise<unknown>, unknown][] = [
  ['a scan that finds nothing', () => things.find({ text: 'none' }).toArray(), []],
  ['a count with a condition', () => things.countDocuments({ text: /9$/ }), many / 10],
  ['distinct', async () => (await things.distinct('group')).length, 10],
  ['a sort in memory', async () => (await things.find().sort({ text: -1 }).limit(1).toArray())[0]?.text, 'text 9999'],
  [
    'a group',
    async () => (await things.aggregate([{ $group: { _id: '$group', n: { $sum: 1 } } }]).toArray()).map(({ n }) => n),
    Array(10).fill(many / 10),
  ],
  [
    'a sort in a pipeline',
    async () =>
      (await things.aggregate([{ $addFields: { m: '$n' } }, { $sort: { m: -1 } }, { $limit: 1 }]).toArray())[0]?._id,
    many - 1,
  ],
  [
    'a pipeline of many stages',
    () =>
      things
        .aggregate([
          { $match: { n: { $gte: 0 } } },
          { $project: { group: 1, pair: ['$n', '$group'] } },
          { $unwind: '$pair' },
          { $skip: 10 },
          { $facet: { all: [{ $count: 'n' }], some: [{ $limit: 3 }, { $count: 'n' }] } },
        ])
        .toArray(),
    [{ all: [{ n: many * 2 - 10 }], some: [{ n: 3 }] }],
  ],
];

for (const [name, read, expected] of readings) {
  test(`while others wait for it: ${name}`, async () => {
    const { result, answered } = await answeredDuring(read(), ping);
    assert.deepEqual(result, expected);
    assert.ok(answered >= 3, `${answered} answered`);
  });
}

test('a long read in a transaction lets others have their turn, and keeps its snapshot', async () => {
  const session = client.startSession();
  session.startTransaction();
  await things.findOne({ _id: 1 }, { session });
  const { result, answered } = await answeredDuring(things.distinct('n', { n: { $gte: -1 } }, { session }), () =>
    other
      .db('slow')
      .collection<Doc>(things.collectionName)
      .insertOne({ _id: many + ++numbers, n: -1 - numbers }),
  );
  await session.abortTransaction();
  await session.endSession();
  assert.equal(result.length, many);
  assert.ok(answered >= 3, `${answered} answered`);
});

test('one large batch of inserts lets others have their turn', async () => {
  const documents = Array.from({ length: many }, (_, i) => ({ _id: many + i, n: i }));
  const { result, answered } = await answeredDuring(things.insertMany(documents), ping);
  assert.equal(result.insertedCount, many);
  assert.ok(answered >= 3, `${answered} answered`);
  assert.equal(await things.countDocuments(), many * 2);
});

test('updateMany lets others read and write; each document is changed once', async () => {
  const again = other.db('slow').collection<Doc>(things.collectionName);
  let mine = 0;
  const { result, answered } = await answeredDuring(things.updateMany({}, { $inc: { count: 1 } }), () =>
    again.updateOne({ _id: mine++ * 7 }, { $inc: { own: 1 } }),
  );
  assert.deepEqual([result.matchedCount, result.modifiedCount], [many, many]);
  assert.ok(answered >= 3, `${answered} answered`);
  assert.equal(await things.countDocuments({ count: 1 }), many);
  assert.equal(await things.countDocuments({ own: 1 }), mine);
});

test('an update that moves documents in the index it reads changes each of them once', async () => {
  await things.createIndex({ n: 1 });
  const { result, answered } = await answeredDuring(
    things.updateMany({ n: { $gte: 0 } }, { $inc: { n: 500, count: 1 } }, { hint: { n: 1 } }),
    ping,
  );
  assert.equal(result.modifiedCount, many);
  assert.ok(answered >= 3, `${answered} answered`);
  assert.equal(await things.countDocuments({ count: 1 }), many);
  assert.equal(await things.countDocuments({ n: { $gte: 500, $lt: many + 500 } }), many);
});

test('the same in a transaction', async () => {
  await things.createIndex({ n: 1 });
  await client.withSession((session) =>
    session.withTransaction(async () => {
      await things.updateOne({ _id: 5 }, { $inc: { count: 10 } }, { session });
      const result = await things.updateMany({ n: { $gte: 29_000 } }, { $inc: { n: 500, count: 1 } }, { session });
      assert.equal(result.modifiedCount, 1000);
      const rest = await things.updateMany({ n: { $lt: 1000 } }, { $inc: { n: 500, count: 1 } }, { session });
      assert.equal(rest.modifiedCount, 1000);
    }),
  );
  assert.equal(await things.countDocuments({ count: 1 }), 1999);
  assert.equal(await things.countDocuments({ count: 11 }), 1);
});

test('deleteMany lets others write; what comes behind the scan is deleted or stays, never in part', async () => {
  await things.createIndex({ group: 1 });
  const again = other.db('slow').collection<Doc>(things.collectionName);
  let added = 0;
  const { result, answered } = await answeredDuring(things.deleteMany({ group: { $gte: 0 } }), () =>
    again.insertOne({ _id: many + ++added, group: -1 }),
  );
  assert.equal(result.deletedCount, many);
  assert.ok(answered >= 3, `${answered} answered`);
  assert.equal(await things.countDocuments(), added);
  assert.equal(await things.countDocuments({ group: -1 }), added);
});

test('updateMany waits for a transaction at the document it holds, and leaves what is none of its own then', async () => {
  const session = other.startSession();
  const held = other.db('slow').collection<Doc>(things.collectionName);
  session.startTransaction();
  await held.updateOne({ _id: 20_000 }, { $set: { group: 77 } }, { session });
  const long = things.updateMany({ group: { $lt: 10 } }, { $inc: { count: 1 } });
  // What is before the held document is done and seen by all; the rest waits.
  while ((await held.countDocuments({ count: 1 })) < 20_000) await ping();
  assert.equal(await held.countDocuments({ count: 1 }), 20_000);
  await session.commitTransaction();
  await session.endSession();
  const result = await long;
  assert.deepEqual([result.matchedCount, result.modifiedCount], [many - 1, many - 1]);
  assert.deepEqual(await things.findOne({ _id: 20_000 }, { projection: { group: 1, count: 1 } }), {
    _id: 20_000,
    group: 77,
  });
});

test('a write that waits for a transaction keeps to its maxTimeMS', async () => {
  const session = other.startSession();
  session.startTransaction();
  await other
    .db('slow')
    .collection<Doc>(things.collectionName)
    .updateOne({ _id: 3 }, { $set: { a: 1 } }, { session });
  const code = (error: unknown) => error instanceof MongoServerError && error.code === 50;
  await assert.rejects(things.updateOne({ _id: 3 }, { $set: { a: 2 } }, { maxTimeMS: 50 }), code);
  await assert.rejects(things.updateMany({ _id: { $gte: 2 } }, { $set: { b: 2 } }, { maxTimeMS: 500 }), code);
  await session.abortTransaction();
  await session.endSession();
  assert.equal((await things.findOne({ _id: 3 }))?.a, undefined);
});

test('maxTimeMS ends a long updateMany; what is done stays whole', async () => {
  await things.createIndex({ count: 1 });
  await assert.rejects(
    things.updateMany({}, { $set: { count: 1 } }, { maxTimeMS: 20 }),
    (error) => error instanceof MongoServerError && error.code === 50,
  );
  const done = await things.countDocuments({ count: 1 });
  assert.ok(done < many, `${done} done`);
  assert.equal(
    await things.countDocuments({ $and: [{ count: 1 }, { n: { $gte: 0 } }] }, { hint: { $natural: 1 } }),
    done,
  );
});

test('an index is built while others write, and has what they wrote', async () => {
  const again = other.db('slow').collection<Doc>(things.collectionName);
  let at = 0;
  const { answered } = await answeredDuring(things.createIndex({ text: 1 }), async () => {
    at++;
    await again.insertOne({ _id: many + at, text: `new ${at}` });
    await again.updateOne({ _id: many - at * 3 }, { $set: { text: `changed ${at}` } });
    await again.updateOne({ _id: at * 3 }, { $set: { text: [`one ${at}`, `two ${at}`] } });
    await again.deleteOne({ _id: 15_000 + at });
  });
  assert.ok(answered >= 1, `${answered} answered`);
  const byIndex = (filter: Document) =>
    things.find(filter).hint({ text: 1 }).sort({ _id: 1 }).project({ _id: 1 }).toArray();
  const byScan = (filter: Document) =>
    things.find(filter).hint({ $natural: 1 }).sort({ _id: 1 }).project({ _id: 1 }).toArray();
  for (const filter of [{}, { text: /^new/ }, { text: /^changed/ }, { text: /^two/ }, { text: 'text 15001' }])
    assert.deepEqual(await byIndex(filter), await byScan(filter));
  assert.equal((await byIndex({})).length, many);
  assert.deepEqual(
    (await things.indexes()).map(({ name }) => name),
    ['_id_', 'text_1'],
  );
});

test('a unique index that cannot be is refused and leaves nothing; writes meanwhile are not refused', async () => {
  const again = other.db('slow').collection<Doc>(things.collectionName);
  let at = 0;
  const long = things.createIndex({ text: 1 }, { unique: true });
  const building = answeredDuring(long, () => again.insertOne({ _id: many + ++at, text: 'text 5' }));
  await assert.rejects(building, (error) => error instanceof MongoServerError && error.code === 11000);
  assert.ok(at >= 1);
  assert.deepEqual(
    (await things.indexes()).map(({ name }) => name),
    ['_id_'],
  );
  await again.insertOne({ _id: -1, text: 'text 5' });
  await again.deleteMany({ text: 'text 5', _id: { $ne: 5 } });
  await things.createIndex({ text: 1 }, { unique: true });
  await assert.rejects(again.insertOne({ _id: -1, text: 'text 5' }), { code: 11000 });
});

test('what is twice only for a moment does not fail a unique index', async () => {
  const again = other.db('slow').collection<Doc>(things.collectionName);
  const { answered } = await answeredDuring(things.createIndex({ text: 1 }, { unique: true }), async () => {
    await again.insertOne({ _id: -1, text: 'text 7' });
    await again.deleteOne({ _id: -1 });
  }).catch((error) => {
    // The build may have ended while the second stood there.
    assert.equal(error.code, 11000);
    return { answered: 1 };
  });
  assert.ok(answered >= 1);
});

test('two clients that build the same index both get it; the build ends with its collection', async () => {
  await Promise.all([
    things.createIndex({ text: 1 }),
    other.db('slow').collection(things.collectionName).createIndex({ text: 1 }),
  ]);
  assert.equal((await things.indexes()).length, 2);
  const building = things.createIndex({ group: 1, text: 1 });
  building.catch(() => {});
  await ping();
  await other.db('slow').collection(things.collectionName).drop();
  await assert.rejects(building, (error) => error instanceof MongoServerError && error.code === 276);
});

test('a collection that is dropped under a long query ends it', async () => {
  const long = things.find({ text: 'none' }).toArray();
  long.catch(() => {});
  await ping();
  await other.db('slow').collection(things.collectionName).drop();
  await assert.rejects(long, (error) => error instanceof MongoServerError && error.code === 175);
});

test('collStats and a count of all let others have their turn, and count right', async () => {
  const stats = await client.db('slow').command({ collStats: things.collectionName });
  assert.equal(stats.count, many);
  assert.equal(await things.estimatedDocumentCount(), many);
  assert.equal(
    await client
      .db('slow')
      .command({ count: things.collectionName, skip: 10, limit: 5 })
      .then(({ n }) => n),
    5,
  );
  assert.equal(
    await client
      .db('slow')
      .command({ count: things.collectionName, skip: many - 3 })
      .then(({ n }) => n),
    3,
  );
});

test('documents that expired are removed while others have their turn', async () => {
  await things.updateMany({}, { $set: { at: new Date(0) } });
  await things.createIndex({ at: 1 }, { expireAfterSeconds: 1 });
  const { result, answered } = await answeredDuring(client.db('admin').command({ sweepExpired: 1 }), ping);
  assert.equal(result.n, many);
  assert.ok(answered >= 3, `${answered} answered`);
  assert.equal(await things.countDocuments(), 0);
});

test('what a client that is gone asked for is not read to its end', async () => {
  const gone = await new MongoClient(uriOf(server.address)).connect();
  const long = gone
    .db('slow')
    .collection(things.collectionName)
    .aggregate([{ $lookup: { from: things.collectionName, localField: 'n', foreignField: 'text', as: 'none' } }])
    .toArray();
  long.catch(() => {});
  await ping();
  await gone.close(true);
  await assert.rejects(long);
  // It would take minutes.
  assert.equal(await things.countDocuments(), many);
});
