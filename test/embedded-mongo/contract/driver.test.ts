import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import {
  type Collection,
  type CommandStartedEvent,
  type CommandSucceededEvent,
  Long,
  MongoServerError,
  ObjectId,
} from 'mongodb';
import { type Contract, openContract } from './openContract.ts';

type Row = { _id: number; n?: number; text?: string };
let contract: Contract;
let rows: Collection<Row>;

before(async () => {
  contract = await openContract();
  rows = contract.db.collection<Row>('rows');
});
beforeEach(async () => {
  await rows.deleteMany({});
  await rows.insertMany([1, 2, 3, 4, 5].map((_id) => ({ _id, n: _id * 10 })));
});
after(async () => {
  await contract.close();
});

test('an id that is not given is made by the driver, and is what is stored', async () => {
  const { insertedId } = await contract.db.collection('made').insertOne({ a: 1 });
  assert.ok(insertedId instanceof ObjectId);
  assert.deepEqual(await contract.db.collection('made').findOne({ _id: insertedId }), { _id: insertedId, a: 1 });
});

test('commands can be watched, with what they were asked and what they answered', async () => {
  const client = await contract.another({ monitorCommands: true });
  const started: CommandStartedEvent[] = [];
  const succeeded: CommandSucceededEvent[] = [];
  const failed: string[] = [];
  client.on('commandStarted', (event) => void started.push(event));
  client.on('commandSucceeded', (event) => void succeeded.push(event));
  client.on('commandFailed', (event) => void failed.push(event.commandName));
  const db = client.db(contract.db.databaseName);
  await db.collection<Row>('rows').findOne({ _id: 1 });
  await assert.rejects(db.command({ nonsense: 1 }), { code: 59 });
  assert.deepEqual(
    started.map(({ commandName }) => commandName),
    ['find', 'nonsense'],
  );
  const reply = succeeded[0]?.reply as { cursor: { firstBatch: Row[]; id: unknown; ns: string } };
  assert.deepEqual(reply.cursor.firstBatch, [{ _id: 1, n: 10 }]);
  assert.equal(Number(reply.cursor.id), 0);
  assert.equal(reply.cursor.ns, `${contract.db.databaseName}.rows`);
  assert.deepEqual(failed, ['nonsense']);
});

test('a cursor asks for more in batches, and is closed where it is left', async () => {
  const client = await contract.another({ monitorCommands: true });
  const names: string[] = [];
  client.on('commandStarted', ({ commandName }) => void names.push(commandName));
  const there = client.db(contract.db.databaseName).collection<Row>('rows');
  assert.equal((await there.find().batchSize(2).toArray()).length, 5);
  for await (const { _id } of there.find().batchSize(2)) if (_id === 1) break;
  const seen = names.filter((name) => name !== 'endSessions');
  assert.deepEqual(seen, ['find', 'getMore', 'getMore', 'find', 'killCursors']);
});

test('the topology is a replica set with a primary, sessions and retryable writes', async () => {
  const hello = await contract.db.admin().command({ hello: 1 });
  assert.equal(hello.isWritablePrimary, true);
  assert.equal(typeof hello.setName, 'string');
  assert.ok(hello.maxWireVersion >= 21);
  assert.equal(hello.maxBsonObjectSize, 16 * 1024 * 1024);
  assert.equal(hello.maxWriteBatchSize, 100_000);
  assert.equal(hello.logicalSessionTimeoutMinutes, 30);
});

test('a write carries a transaction number of its own when it may be retried', async () => {
  const client = await contract.another({ monitorCommands: true, retryWrites: true });
  const numbers: unknown[] = [];
  client.on('commandStarted', ({ command }) => void numbers.push(command.txnNumber));
  const there = client.db(contract.db.databaseName).collection<Row>('rows');
  await there.updateOne({ _id: 1 }, { $inc: { n: 1 } });
  await there.updateMany({}, { $inc: { n: 1 } });
  assert.ok(Long.isLong(numbers[0]) || typeof numbers[0] === 'number' || typeof numbers[0] === 'bigint');
  assert.equal(numbers[1], undefined);
});

test('bulkWrite of a collection: results and errors by their place', async () => {
  const result = await rows.bulkWrite([
    { insertOne: { document: { _id: 6 } } },
    { updateOne: { filter: { _id: 1 }, update: { $set: { n: 0 } } } },
    { updateOne: { filter: { _id: 7 }, update: { $set: { n: 7 } }, upsert: true } },
    { deleteOne: { filter: { _id: 2 } } },
    { replaceOne: { filter: { _id: 3 }, replacement: { text: 'new' } } },
  ]);
  assert.deepEqual(
    [result.insertedCount, result.matchedCount, result.modifiedCount, result.deletedCount, result.upsertedCount],
    [1, 2, 2, 1, 1],
  );
  assert.deepEqual(result.upsertedIds, { 2: 7 });
  await assert.rejects(
    rows.bulkWrite([{ insertOne: { document: { _id: 1 } } }, { insertOne: { document: { _id: 8 } } }], {
      ordered: false,
    }),
    { code: 11000 },
  );
  assert.equal(await rows.countDocuments({ _id: 8 }), 1);
});

test('a duplicate key names the index, its fields and the value', async () => {
  const error = await rows.insertOne({ _id: 1 }).catch((reason: unknown) => reason);
  assert.ok(error instanceof MongoServerError);
  assert.equal(error.code, 11000);
  assert.deepEqual(error.keyPattern, { _id: 1 });
  assert.deepEqual(error.keyValue, { _id: 1 });
});

test('inserts of more than one message are cut by the driver and all arrive', async () => {
  const many = contract.db.collection<Row>('many');
  const text = 'x'.repeat(60_000);
  const result = await many.insertMany(Array.from({ length: 1000 }, (_, _id) => ({ _id, text })));
  assert.equal(result.insertedCount, 1000);
  assert.equal(await many.countDocuments(), 1000);
  assert.equal((await many.find().sort({ _id: 1 }).toArray()).at(-1)?._id, 999);
});

test('values keep their types unless the client promotes them', async () => {
  const types = contract.db.collection('types');
  await types.insertOne({ long: Long.fromString('9007199254740993'), small: 5, real: 5.5 });
  const whole = await types.findOne({}, { promoteLongs: false });
  assert.equal(String(whole?.long), '9007199254740993');
  const big = await types.findOne({}, { useBigInt64: true });
  assert.equal(big?.long, 9007199254740993n);
  const raw = await types.findOne({}, { raw: true });
  assert.ok(Buffer.isBuffer(raw) || raw instanceof Uint8Array);
});

test('two databases of one client, listed and dropped', async () => {
  const other = contract.client.db(`${contract.db.databaseName}-two`);
  await other.collection<Row>('rows').insertOne({ _id: 1 });
  const { databases } = await contract.client.db().admin().listDatabases({ nameOnly: true });
  assert.ok(databases.some(({ name }) => name === other.databaseName));
  await other.dropDatabase();
  const after = await contract.client.db().admin().listDatabases({ nameOnly: true });
  assert.equal(
    after.databases.some(({ name }) => name === other.databaseName),
    false,
  );
  assert.equal(await rows.countDocuments(), 5);
});

test('many operations at once on one client', async () => {
  await Promise.all(Array.from({ length: 200 }, () => rows.updateOne({ _id: 1 }, { $inc: { n: 1 } })));
  assert.equal((await rows.findOne({ _id: 1 }))?.n, 210);
});

test('an unacknowledged write arrives', async () => {
  const result = await rows.insertOne({ _id: 50 }, { writeConcern: { w: 0 } });
  assert.equal(result.acknowledged, false);
  // Whoever asks on until it is there needs no clock; the test's own time limit ends what never comes.
  while ((await rows.countDocuments({ _id: 50 })) === 0) await new Promise(setImmediate);
  assert.equal((await rows.findOne({ _id: 50 }))?._id, 50);
});

test('write concern majority and journal are acknowledged', async () => {
  const options = { writeConcern: { w: 'majority', journal: true } } as const;
  assert.equal((await rows.insertOne({ _id: 60 }, options)).acknowledged, true);
  assert.equal(await rows.countDocuments({ _id: 60 }, { readConcern: { level: 'majority' } }), 1);
});

test('read preferences and read concerns of one member', async () => {
  for (const readPreference of ['primary', 'primaryPreferred', 'nearest'] as const)
    assert.equal((await rows.findOne({ _id: 1 }, { readPreference }))?.n, 10);
  for (const level of ['local', 'available', 'majority', 'linearizable'] as const)
    assert.equal((await rows.findOne({ _id: 1 }, { readConcern: { level } }))?.n, 10);
});
