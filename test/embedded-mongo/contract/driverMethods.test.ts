/** What the driver's collections, cursors and clients offer beside the plain operations. */
import assert from 'node:assert/strict';
import { pipeline } from 'node:stream/promises';
import { after, before, beforeEach, test } from 'node:test';
import { BSONRegExp, type Collection } from 'mongodb';
import { type Contract, openContract } from './openContract.ts';

type Row = { _id: number; n?: number; tags?: string[] };
let contract: Contract;
let rows: Collection<Row>;

before(async () => {
  contract = await openContract();
  rows = contract.db.collection<Row>('rows');
  await rows.createIndex({ n: 1 }, { name: 'by n' });
});
beforeEach(async () => {
  await rows.deleteMany({});
  await rows.insertMany([1, 2, 3, 4, 5].map((_id) => ({ _id, n: _id * 10, tags: [`t${_id % 2}`] })));
});
after(async () => {
  await contract.close();
});

test('a cursor: hasNext, next, tryNext, and what is buffered', async () => {
  const cursor = rows.find().sort({ _id: 1 }).batchSize(2);
  assert.equal(await cursor.hasNext(), true);
  assert.equal((await cursor.next())?._id, 1);
  assert.equal(cursor.bufferedCount(), 1);
  assert.equal((await cursor.tryNext())?._id, 2);
  assert.deepEqual(
    (await cursor.toArray()).map(({ _id }) => _id),
    [3, 4, 5],
  );
  assert.equal(await cursor.next(), null);
  assert.equal(cursor.closed, true);
});

test('a cursor: rewound, cloned, mapped and streamed', async () => {
  const cursor = rows.find().sort({ _id: 1 }).limit(3);
  assert.equal((await cursor.toArray()).length, 3);
  cursor.rewind();
  assert.equal((await cursor.next())?._id, 1);
  await cursor.close();
  const mapped = cursor.clone().map(({ _id }) => _id * 2);
  assert.deepEqual(await mapped.toArray(), [2, 4, 6]);
  const seen: number[] = [];
  await pipeline(rows.find().sort({ _id: -1 }).stream(), async (stream: AsyncIterable<Row>) => {
    for await (const { _id } of stream) seen.push(_id);
  });
  assert.deepEqual(seen, [5, 4, 3, 2, 1]);
});

test('limit below zero, limit at a batch, and a single batch', async () => {
  assert.equal((await rows.find().limit(-2).toArray()).length, 2);
  assert.equal((await rows.find().limit(4).batchSize(2).toArray()).length, 4);
  const single = await contract.db.command({ find: 'rows', batchSize: 2, singleBatch: true });
  assert.equal(single.cursor.firstBatch.length, 2);
  assert.equal(Number(single.cursor.id), 0);
});

test('findOneAndUpdate, Replace and Delete give the document, or all that the server said', async () => {
  assert.equal((await rows.findOneAndUpdate({ _id: 1 }, { $inc: { n: 1 } }))?.n, 10);
  const after = await rows.findOneAndUpdate({ _id: 1 }, { $inc: { n: 1 } }, { returnDocument: 'after' });
  assert.equal(after?.n, 12);
  const all = await rows.findOneAndReplace({ _id: 9 }, { n: 9 }, { upsert: true, includeResultMetadata: true });
  assert.equal(all.value, null);
  assert.deepEqual(all.lastErrorObject, { n: 1, updatedExisting: false, upserted: 9 });
  const least = await rows.findOneAndDelete({}, { sort: { n: 1 }, projection: { n: 1 } });
  assert.deepEqual(least, { _id: 9, n: 9 });
});

test('ordered and unordered bulks that are built step by step', async () => {
  const ordered = rows.initializeOrderedBulkOp();
  ordered.find({ _id: 1 }).updateOne({ $set: { n: 0 } });
  ordered.find({ n: 0 }).deleteOne();
  ordered.insert({ _id: 1, n: 1 });
  const result = await ordered.execute();
  assert.deepEqual([result.modifiedCount, result.deletedCount, result.insertedCount], [1, 1, 1]);
  const unordered = rows.initializeUnorderedBulkOp();
  unordered.find({ _id: 77 }).upsert().replaceOne({ n: 77 });
  unordered.find({ n: { $gt: 20 } }).update({ $inc: { n: 1 } });
  const other = await unordered.execute();
  assert.equal(other.upsertedCount, 1);
  assert.ok(other.modifiedCount >= 3);
});

test('what a collection says of itself: indexes, options, whether it is capped', async () => {
  assert.deepEqual(await rows.options(), {});
  assert.equal(await rows.isCapped(), false);
  assert.equal(await rows.indexExists(['_id_', 'by n']), true);
  assert.equal(await rows.indexExists('none'), false);
  assert.deepEqual(await rows.indexInformation(), { _id_: [['_id', 1]], 'by n': [['n', 1]] });
  const listed = await contract.db.listCollections({ name: 'rows' }).toArray();
  assert.equal(listed[0]?.type, 'collection');
  const names = await contract.db.listCollections({}, { nameOnly: true }).toArray();
  assert.ok(names.some(({ name }) => name === 'rows'));
});

test('an index is dropped by its name; all are dropped but the first', async () => {
  const other = contract.db.collection('others');
  await other.createIndexes([{ key: { a: 1 } }, { key: { b: -1 } }, { key: { a: 1, b: 1 }, unique: true }]);
  await other.dropIndex('a_1');
  assert.deepEqual((await other.indexes()).map(({ name }) => name).sort(), ['_id_', 'a_1_b_1', 'b_-1']);
  await assert.rejects(other.dropIndex('none'), { code: 27, codeName: 'IndexNotFound' });
  await other.dropIndexes();
  assert.deepEqual(
    (await other.indexes()).map(({ name }) => name),
    ['_id_'],
  );
});

test('a regular expression goes there and back with its letters', async () => {
  const kept = contract.db.collection<{ _id: number; r: RegExp | BSONRegExp }>('kept');
  await kept.insertOne({ _id: 1, r: /^a.b$/i });
  assert.equal(String((await kept.findOne())?.r), '/^a.b$/i');
  const raw = (await kept.findOne({}, { bsonRegExp: true }))?.r;
  assert.ok(raw instanceof BSONRegExp);
  assert.deepEqual([raw.pattern, raw.options], ['^a.b$', 'i']);
});

test('an operation is given up with its signal', async () => {
  const controller = new AbortController();
  const cursor = rows.find({}, { signal: controller.signal, batchSize: 1 });
  assert.ok(await cursor.next());
  controller.abort(new Error('enough'));
  await assert.rejects(
    (async () => {
      while ((await cursor.next()) !== null);
    })(),
    /enough/,
  );
  assert.equal((await rows.findOne({ _id: 1 }))?.n, 10);
});

test('a pipeline as a cursor, built stage by stage, with its own batches', async () => {
  const cursor = rows
    .aggregate<{ _id: string; n: number }>([], { batchSize: 1 })
    .unwind('$tags')
    .group({ _id: '$tags', n: { $sum: '$n' } })
    .sort({ _id: 1 });
  assert.deepEqual(await cursor.toArray(), [
    { _id: 't0', n: 60 },
    { _id: 't1', n: 90 },
  ]);
  const plan = JSON.stringify(await rows.find({ n: 30 }).explain('queryPlanner'));
  assert.match(plan, /"by n"/);
});

test('distinct, counts, hints and comments', async () => {
  assert.deepEqual(await rows.distinct('tags'), ['t0', 't1']);
  assert.equal(await rows.countDocuments({ n: { $gt: 10 } }, { hint: 'by n', skip: 1, limit: 2 }), 2);
  assert.equal(await rows.estimatedDocumentCount(), 5);
  const found = await rows.find({ n: { $gte: 40 } }, { hint: { n: 1 }, comment: 'why', maxTimeMS: 30_000 }).toArray();
  assert.deepEqual(
    found.map(({ _id }) => _id),
    [4, 5],
  );
});
