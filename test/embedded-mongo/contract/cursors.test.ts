import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { type ClientSession, type Collection, type Document, Long, MongoServerError } from 'mongodb';
import { type Contract, openContract } from './openContract.ts';

type Doc = Document & { _id: number };
let contract: Contract;
let session: ClientSession;
let things: Collection<Doc>;

before(async () => {
  contract = await openContract();
  session = contract.client.startSession();
  things = contract.db.collection<Doc>('things');
  await things.insertMany(Array.from({ length: 250 }, (_, i) => ({ _id: i, n: i, odd: i % 2 === 1 })));
});
after(async () => {
  await session.endSession();
  await contract.close();
});

/** A bare command; a cursor belongs to its session. */
const run = (command: Document, of = session): Promise<Document> => contract.db.command(command, { session: of });
const code = (wanted: number) => (error: unknown) => error instanceof MongoServerError && error.code === wanted;
const ids = (batch: readonly Document[]) => batch.map(({ _id }) => _id);
const upTo = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const sorted = { find: 'things', sort: { _id: 1 } };
const more = (cursor: Document, options: Document = {}): Promise<Document> =>
  run({ getMore: cursor.id, collection: 'things', ...options });

/** Sizes of batches: of the first, and of those after it until there are no more. */
const batches: readonly [string, Document, Document, readonly number[]][] = [
  ['the first batch has 101, the next all that is left', {}, {}, [101, 149]],
  ['batchSize is for the first batch alone', { batchSize: 10 }, {}, [10, 240]],
  ['getMore has a batchSize of its own', { batchSize: 50 }, { batchSize: 120 }, [50, 120, 80]],
  ['a first batch of none', { batchSize: 0 }, {}, [0, 250]],
  ['a limit that one batch holds', { limit: 7 }, {}, [7]],
  ['a limit as large as the batch', { limit: 20, batchSize: 20 }, {}, [20]],
  ['a limit over several batches', { limit: 25, batchSize: 10 }, { batchSize: 10 }, [10, 10, 5]],
  ['a limit that ends with a further batch', { limit: 20, batchSize: 10 }, { batchSize: 10 }, [10, 10]],
  ['no limit is limit 0', { limit: 0, batchSize: 200 }, {}, [200, 50]],
  ['skip before limit', { skip: 245, limit: 10 }, {}, [5]],
  ['skip beyond the end', { skip: 300 }, {}, [0]],
  ['a single batch', { batchSize: 3, singleBatch: true }, {}, [3]],
  ['a batch that is larger than what there is', { batchSize: 1000 }, {}, [250]],
];
for (const [name, options, next, expected] of batches) {
  test(`batches: ${name}`, async () => {
    let { cursor } = await run({ ...sorted, ...options });
    const sizes = [cursor.firstBatch.length];
    const seen = ids(cursor.firstBatch);
    while (!Long.fromValue(cursor.id).isZero()) {
      ({ cursor } = await more(cursor, next));
      sizes.push(cursor.nextBatch.length);
      seen.push(...ids(cursor.nextBatch));
    }
    assert.deepEqual(sizes, expected);
    const skip = options.skip ?? 0;
    assert.deepEqual(seen, upTo(skip, skip + seen.length));
  });
}

test('the answers name the collection', async () => {
  const { cursor } = await run({ ...sorted, batchSize: 1 });
  assert.equal(cursor.ns, `${contract.db.databaseName}.things`);
  const next = await more(cursor, { batchSize: 1 });
  assert.equal(next.cursor.ns, cursor.ns);
  assert.deepEqual(next.cursor.id, cursor.id);
  assert.equal(next.ok, 1);
});

test('a collection that is not there has no documents and no cursor', async () => {
  const { cursor } = await run({ find: 'absent', batchSize: 0 });
  assert.deepEqual(cursor.firstBatch, []);
  assert.equal(cursor.ns, `${contract.db.databaseName}.absent`);
  assert.equal(await contract.db.collection('absent').countDocuments(), 0);
  assert.equal(await contract.db.collection('absent').estimatedDocumentCount(), 0);
  assert.deepEqual(await contract.db.collection('absent').distinct('a'), []);
});

test('the driver takes a negative limit for a single batch', async () => {
  assert.deepEqual(ids(await things.find().sort({ _id: 1 }).limit(-3).toArray()), [0, 1, 2]);
});

for (const option of ['limit', 'skip', 'batchSize']) {
  test(`a negative ${option} of the command is refused`, () =>
    assert.rejects(run({ ...sorted, [option]: -1 }), code(51024)));
}

test('getMore of a cursor that nobody knows', async () => {
  const unknown = { getMore: Long.fromNumber(123_456_789), collection: 'things' };
  await assert.rejects(
    run(unknown),
    (error) => code(43)(error) && (error as MongoServerError).codeName === 'CursorNotFound',
  );
});

test('getMore of a cursor that is exhausted', async () => {
  const { cursor } = await run({ ...sorted, batchSize: 100 });
  const last = await more(cursor);
  assert.equal(last.cursor.nextBatch.length, 150);
  assert.ok(Long.fromValue(last.cursor.id).isZero());
  await assert.rejects(more(cursor), code(43));
});

test('getMore that names another collection is refused, and the cursor stays', async () => {
  const { cursor } = await run({ ...sorted, batchSize: 1 });
  await assert.rejects(run({ getMore: cursor.id, collection: 'others' }), code(13));
  assert.deepEqual(ids((await more(cursor, { batchSize: 1 })).cursor.nextBatch), [1]);
});

test('getMore by another session is refused', async () => {
  const another = contract.client.startSession();
  const { cursor } = await run({ ...sorted, batchSize: 1 });
  await assert.rejects(run({ getMore: cursor.id, collection: 'things' }, another), code(50738));
  assert.deepEqual(ids((await more(cursor, { batchSize: 1 })).cursor.nextBatch), [1]);
  await another.endSession();
});

test('a cursor ends with its session', async () => {
  const ending = contract.client.startSession();
  const { cursor } = await run({ ...sorted, batchSize: 1 }, ending);
  await contract.db.admin().command({ killSessions: [ending.id] });
  await assert.rejects(run({ getMore: cursor.id, collection: 'things' }, ending), code(43));
  await ending.endSession();
});

test('getMore takes its number as a Long only, and no negative batchSize', async () => {
  await assert.rejects(run({ getMore: 'one', collection: 'things' }), code(14));
  const { cursor } = await run({ ...sorted, batchSize: 1 });
  await assert.rejects(more(cursor, { batchSize: -1 }), code(51024));
});

test('killCursors says which there were', async () => {
  const { cursor } = await run({ ...sorted, batchSize: 1 });
  const unknown = Long.fromNumber(987_654_321);
  const reply = await run({ killCursors: 'things', cursors: [cursor.id, unknown] });
  assert.deepEqual(reply.cursorsKilled.map(String), [String(cursor.id)]);
  assert.deepEqual(reply.cursorsNotFound.map(String), [String(unknown)]);
  assert.deepEqual([reply.cursorsAlive, reply.cursorsUnknown, reply.ok], [[], [], 1]);
  await assert.rejects(more(cursor), code(43));
});

test('closing a cursor of the driver in the middle leaves others alone', async () => {
  const first = things.find().sort({ _id: 1 }).batchSize(2);
  const second = things.find().sort({ _id: -1 }).batchSize(2);
  await first.next();
  await second.next();
  await first.close();
  assert.equal((await second.toArray()).length, 249);
});

test('two cursors over the same documents do not disturb each other', async () => {
  const up = things.find().sort({ _id: 1 }).batchSize(7);
  const down = things.find().sort({ _id: -1 }).batchSize(11);
  for (let i = 0; i < 250; i++) assert.deepEqual([(await up.next())?._id, (await down.next())?._id], [i, 249 - i]);
  assert.deepEqual([await up.next(), await down.next()], [null, null]);
});

test('a collection dropped under its cursor: the next batch is refused', async () => {
  const doomed = contract.db.collection<Doc>('doomed');
  await doomed.insertMany(upTo(0, 300).map((_id) => ({ _id })));
  const { cursor } = await run({ find: 'doomed', batchSize: 2 });
  await doomed.drop();
  await assert.rejects(
    run({ getMore: cursor.id, collection: 'doomed' }),
    (error) => code(175)(error) || code(43)(error),
  );
});

test('a document deleted before its batch is asked for does not come', async () => {
  const some = contract.db.collection<Doc>('deleted');
  await some.insertMany(upTo(0, 10).map((_id) => ({ _id })));
  const { cursor } = await run({ find: 'deleted', batchSize: 2, hint: { _id: 1 } });
  await some.deleteMany({ _id: { $in: [5, 6] } });
  const next = await run({ getMore: cursor.id, collection: 'deleted' });
  assert.deepEqual(ids(next.cursor.nextBatch), [2, 3, 4, 7, 8, 9]);
});

test('a document changed before its batch is asked for comes as it is now', async () => {
  const some = contract.db.collection<Doc>('changed');
  await some.insertMany(upTo(0, 10).map((_id) => ({ _id, a: 0 })));
  const { cursor } = await run({ find: 'changed', filter: { a: { $lt: 2 } }, batchSize: 2 });
  await some.updateOne({ _id: 5 }, { $set: { a: 1 } });
  await some.updateOne({ _id: 6 }, { $set: { a: 2 } });
  const { nextBatch } = (await run({ getMore: cursor.id, collection: 'changed' })).cursor;
  assert.deepEqual(ids(nextBatch), [2, 3, 4, 5, 7, 8, 9]);
  assert.equal(nextBatch[3].a, 1);
});

test('a cursor over documents that are updated one by one gives each once', async () => {
  const some = contract.db.collection<Doc>('walked');
  await some.insertMany(upTo(0, 120).map((_id) => ({ _id, a: 0 })));
  let seen = 0;
  for await (const { _id } of some.find().batchSize(5)) {
    await some.updateOne({ _id }, { $inc: { a: 1 }, $set: { text: 'x'.repeat(500) } });
    seen++;
  }
  assert.equal(seen, 120);
  assert.equal(await some.countDocuments({ a: 1 }), 120);
});

test('a batch is no larger than a message may be', async () => {
  const large = contract.db.collection<Doc>('large');
  for (const _id of upTo(0, 5)) await large.insertOne({ _id, bytes: Buffer.alloc(5 * 1024 * 1024) });
  const { cursor } = await run({ find: 'large', sort: { _id: 1 } });
  assert.deepEqual(ids(cursor.firstBatch), [0, 1, 2]);
  const next = await run({ getMore: cursor.id, collection: 'large' });
  assert.deepEqual(ids(next.cursor.nextBatch), [3, 4]);
  await large.drop();
});

test('tailable cursors are for capped collections', async () => {
  await assert.rejects(run({ find: 'things', tailable: true }), code(2));
  await assert.rejects(run({ find: 'things', awaitData: true }), code(9));
});

test('maxTimeMS counts the work, not the time until the next batch is asked for', async () => {
  const { cursor } = await run({ ...sorted, batchSize: 2, maxTimeMS: 1000 });
  await wait(1200);
  assert.equal((await more(cursor)).cursor.nextBatch.length, 248);
});

test('maxTimeMS is no option of getMore where nothing is awaited', async () => {
  const { cursor } = await run({ ...sorted, batchSize: 2 });
  await assert.rejects(more(cursor, { maxTimeMS: 1000 }), code(2));
});

test('a cursor without time-out is a cursor', async () => {
  assert.equal((await things.find({}, { noCursorTimeout: true }).batchSize(20).toArray()).length, 250);
});

test('aggregate wants its cursor option', () => assert.rejects(run({ aggregate: 'things', pipeline: [] }), code(9)));

test('aggregate: batches as of a find', async () => {
  const pipeline = [{ $match: { odd: true } }, { $sort: { _id: 1 } }, { $project: { n: 1 } }];
  const { cursor } = await run({ aggregate: 'things', pipeline, cursor: { batchSize: 0 } });
  assert.deepEqual(cursor.firstBatch, []);
  const second = await more(cursor, { batchSize: 3 });
  assert.deepEqual(
    second.cursor.nextBatch,
    [1, 3, 5].map((n) => ({ _id: n, n })),
  );
  const rest = await more(cursor);
  assert.equal(rest.cursor.nextBatch.length, 122);
  assert.ok(Long.fromValue(rest.cursor.id).isZero());
});

test('aggregate: 101 first', async () => {
  const { cursor } = await run({ aggregate: 'things', pipeline: [{ $unwind: '$n' }], cursor: {} });
  assert.equal(cursor.firstBatch.length, 101);
  assert.equal((await more(cursor)).cursor.nextBatch.length, 149);
});

const cuts: readonly [string, Document[], readonly number[]][] = [
  ['skip and limit', [{ $skip: 5 }, { $limit: 3 }], [5, 6, 7]],
  ['limit and skip', [{ $limit: 8 }, { $skip: 5 }], [5, 6, 7]],
  ['a skip as large as the limit', [{ $limit: 5 }, { $skip: 5 }], []],
  ['a skip larger than the limit', [{ $limit: 5 }, { $skip: 7 }], []],
  ['skip, limit, skip', [{ $skip: 2 }, { $limit: 5 }, { $skip: 3 }], [5, 6]],
  ['limit, limit', [{ $limit: 5 }, { $limit: 2 }], [0, 1]],
  ['limit, skip, limit', [{ $limit: 9 }, { $skip: 4 }, { $limit: 2 }], [4, 5]],
  ['skip, skip', [{ $skip: 100 }, { $skip: 148 }], [248, 249]],
  ['skip 0', [{ $skip: 0 }, { $limit: 1 }], [0]],
  ['skip beyond the end', [{ $skip: 1000 }, { $limit: 1 }], []],
];
for (const [name, stages, expected] of cuts) {
  test(`a pipeline of ${name}`, async () => {
    assert.deepEqual(ids(await things.aggregate([{ $sort: { _id: 1 } }, ...stages]).toArray()), expected);
    const unsorted = await things.aggregate([{ $match: {} }, ...stages]).toArray();
    assert.equal(unsorted.length, expected.length);
  });
}

test('lists of collections and indexes have cursors too', async () => {
  const other = contract.client.db(`${contract.db.databaseName}-lists`);
  for (const name of ['one', 'two', 'three']) await other.createCollection(name);
  const { cursor } = await other.command({ listCollections: 1, cursor: { batchSize: 2 }, nameOnly: true }, { session });
  assert.equal(cursor.firstBatch.length, 2);
  assert.equal(cursor.ns, `${other.databaseName}.$cmd.listCollections`);
  const rest = await other.command({ getMore: cursor.id, collection: '$cmd.listCollections' }, { session });
  const names = [...cursor.firstBatch, ...rest.cursor.nextBatch].map(({ name }) => name);
  assert.deepEqual(names.sort(), ['one', 'three', 'two']);
  await other.collection('one').createIndexes([{ key: { a: 1 } }, { key: { b: 1 } }]);
  assert.equal((await other.collection('one').listIndexes({ batchSize: 1 }).toArray()).length, 3);
  await other.dropDatabase();
});

const counts: readonly [string, Document, number][] = [
  ['all', {}, 250],
  ['a condition', { query: { odd: true } }, 125],
  ['skip', { skip: 200 }, 50],
  ['limit', { limit: 9 }, 9],
  ['skip and limit', { skip: 245, limit: 9 }, 5],
  ['skip beyond the end', { skip: 999 }, 0],
  ['a negative limit is the same without its sign', { query: { odd: true }, limit: -4 }, 4],
  ['a condition with skip and limit', { query: { n: { $gte: 100 } }, skip: 148, limit: 9 }, 2],
  ['limit 0 is none', { limit: 0 }, 250],
  ['with a hint', { query: { n: { $lt: 10 } }, hint: { _id: 1 } }, 10],
];
for (const [name, options, expected] of counts) {
  test(`count: ${name}`, async () => assert.equal((await run({ count: 'things', ...options })).n, expected));
}

test('the count of all follows what is written', async () => {
  const some = contract.db.collection<Doc>('counted');
  await some.insertMany(upTo(0, 20).map((_id) => ({ _id })));
  await some.deleteMany({ _id: { $lt: 5 } });
  await some.updateMany({}, { $set: { a: [1, 2, 3] } });
  assert.equal(await some.estimatedDocumentCount(), 15);
  assert.equal(await some.countDocuments(), 15);
});

test('a hint that names no index is refused', async () => {
  await assert.rejects(things.countDocuments({}, { hint: 'absent' }), code(2));
  await assert.rejects(things.find({}, { hint: { absent: 1 } }).toArray(), code(2));
});

test('a natural hint backwards', async () => {
  const [last] = await things
    .find({}, { hint: { $natural: -1 } })
    .limit(1)
    .toArray();
  assert.equal(last?._id, 249);
});
