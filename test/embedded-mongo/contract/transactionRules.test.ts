import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { type Document, Long } from 'mongodb';
import { type Contract, openContract } from './openContract.ts';
import { newLsid, Wire } from './wire.ts';

/** What the server says of transactions that a driver would not send. */
let contract: Contract;
let wire: Wire;
let db: string;
let lsid: Document;
let used: Document[] = [];

before(async () => {
  contract = await openContract();
  db = contract.db.databaseName;
  wire = new Wire(contract.uri);
});
beforeEach(async () => {
  lsid = session();
  await contract.db.collection('things').deleteMany({});
  await wire.run({ insert: 'things', documents: [{ _id: 1, n: 1 }], $db: db });
});
afterEach(async () => {
  await wire.run({ killSessions: used, $db: 'admin' });
  used = [];
});
after(async () => {
  wire.close();
  await contract.close();
});

function session(): Document {
  const made = newLsid();
  used.push(made);
  return made;
}

const start = { startTransaction: true };
const insert = (id: number, into = 'things') => ({ insert: into, documents: [{ _id: id }], $db: db });
const begin = (number: number, body: Document = insert(100 + number), of = lsid) =>
  wire.inTransaction(of, number, body, start);
const count = () => contract.db.collection('things').countDocuments();
const names = async () => (await contract.db.listCollections().toArray()).map(({ name }) => name);
const labelled = (reply: Document) => reply.errorLabels?.includes('TransientTransactionError') === true;

test('begun, gone on with, committed', async () => {
  assert.equal((await begin(1)).ok, 1);
  assert.equal((await wire.inTransaction(lsid, 1, insert(2))).ok, 1);
  assert.equal(await count(), 1);
  assert.equal((await wire.commit(lsid, 1)).ok, 1);
  assert.equal(await count(), 3);
});

test('a commit that is asked for twice is answered twice', async () => {
  await begin(1);
  await wire.commit(lsid, 1);
  assert.equal((await wire.commit(lsid, 1)).ok, 1);
  assert.equal(await count(), 2);
});

test('a second abort finds no transaction', async () => {
  await begin(1);
  assert.equal((await wire.abort(lsid, 1)).ok, 1);
  const again = await wire.abort(lsid, 1);
  assert.deepEqual([again.code, again.codeName], [251, 'NoSuchTransaction']);
});

test('a commit after an abort finds no transaction, and may be tried anew', async () => {
  await begin(1);
  await wire.abort(lsid, 1);
  const reply = await wire.commit(lsid, 1);
  assert.deepEqual([reply.code, labelled(reply)], [251, true]);
  assert.equal(await count(), 1);
});

test('an abort after a commit is refused', async () => {
  await begin(1);
  await wire.commit(lsid, 1);
  const reply = await wire.abort(lsid, 1);
  assert.deepEqual([reply.code, reply.codeName], [256, 'TransactionCommitted']);
});

test('nothing can be added to a committed transaction', async () => {
  await begin(1);
  await wire.commit(lsid, 1);
  assert.equal((await wire.inTransaction(lsid, 1, insert(9))).code, 256);
});

test('nothing can be added to an aborted transaction, which may be tried anew', async () => {
  await begin(1);
  await wire.abort(lsid, 1);
  const reply = await wire.inTransaction(lsid, 1, insert(9));
  assert.deepEqual([reply.code, labelled(reply)], [251, true]);
});

test('a transaction that nobody began is not gone on with', async () => {
  const reply = await wire.inTransaction(lsid, 1, insert(9));
  assert.deepEqual([reply.code, labelled(reply)], [251, true]);
});

test('a commit of a transaction that nobody began', async () => {
  assert.equal((await wire.commit(lsid, 1)).code, 251);
});

test('a number that is in progress cannot be begun again', async () => {
  await begin(1);
  const reply = await begin(1, insert(9));
  assert.deepEqual([reply.code, reply.codeName], [117, 'ConflictingOperationInProgress']);
});

test('the number of an aborted transaction cannot be begun again', async () => {
  await begin(1);
  await wire.abort(lsid, 1);
  assert.equal((await begin(1)).code, 117);
});

test('the number of a committed transaction cannot be begun again', async () => {
  await begin(1);
  await wire.commit(lsid, 1);
  assert.equal((await begin(1)).code, 117);
});

test('a lower number than the last is too old', async () => {
  await begin(5);
  const reply = await begin(4);
  assert.deepEqual([reply.code, reply.codeName, labelled(reply)], [225, 'TransactionTooOld', false]);
  assert.equal((await wire.commit(lsid, 4)).code, 225);
});

test('a command with a number that is too old leaves the open transaction alone', async () => {
  await begin(5);
  assert.equal((await wire.inTransaction(lsid, 4, insert(9))).code, 225);
  assert.equal((await wire.inTransaction(lsid, 5, insert(10))).ok, 1);
  assert.equal((await wire.commit(lsid, 5)).ok, 1);
  assert.equal(await count(), 3);
});

test('a new transaction of the session ends the one before', async () => {
  await begin(1);
  await begin(2);
  assert.equal((await wire.commit(lsid, 1)).code, 225);
  await wire.commit(lsid, 2);
  assert.deepEqual(await contract.db.collection<{ _id: number }>('things').distinct('_id'), [1, 102]);
});

test('a retryable write of the session ends the open transaction', async () => {
  await begin(1);
  const write = await wire.run({ ...insert(9), lsid, txnNumber: Long.fromNumber(2) });
  assert.equal(write.ok, 1);
  assert.equal((await wire.commit(lsid, 1)).code, 225);
  assert.equal(await count(), 2);
});

test('a retryable write cannot have the number of a transaction', async () => {
  await begin(1);
  const write = await wire.run({ ...insert(9), lsid, txnNumber: Long.fromNumber(1) });
  assert.deepEqual([write.code, write.codeName], [72, 'InvalidOptions']);
});

test('a transaction cannot have the number of a retryable write', async () => {
  await wire.run({ ...insert(9), lsid, txnNumber: Long.fromNumber(1) });
  assert.equal((await wire.inTransaction(lsid, 1, insert(10))).code, 251);
  assert.equal((await begin(1)).code, 117);
});

test('transactions of two sessions do not meet', async () => {
  const other = session();
  await begin(1, insert(2));
  await begin(1, insert(3), other);
  await wire.abort(lsid, 1);
  assert.equal((await wire.commit(other, 1)).ok, 1);
  assert.deepEqual(await contract.db.collection<{ _id: number }>('things').distinct('_id'), [1, 3]);
});

test('a statement that fails ends the transaction', async () => {
  await begin(1);
  const change = { findAndModify: 'things', query: { _id: 1 }, update: { $inc: { _id: 1 } }, $db: db };
  const failed = await wire.inTransaction(lsid, 1, change);
  assert.equal(failed.ok, 0);
  assert.equal(labelled(failed), false);
  assert.equal((await wire.commit(lsid, 1)).code, 251);
  assert.equal(await count(), 1);
});

test('a duplicate key ends the transaction and is not to be tried again', async () => {
  await begin(1);
  const failed = await wire.inTransaction(lsid, 1, insert(1));
  assert.equal(failed.writeErrors?.[0]?.code ?? failed.code, 11000);
  assert.equal(labelled(failed), false);
  assert.equal((await wire.commit(lsid, 1)).code, 251);
});

const outside: readonly [string, () => Document][] = [
  ['count', () => ({ count: 'things', $db: db })],
  ['explain', () => ({ explain: { find: 'things' }, $db: db })],
  ['ping', () => ({ ping: 1, $db: db })],
  ['isMaster', () => ({ isMaster: 1, $db: db })],
  ['buildInfo', () => ({ buildInfo: 1, $db: db })],
  ['listCommands', () => ({ listCommands: 1, $db: db })],
  ['drop', () => ({ drop: 'nothing', $db: db })],
];
for (const [name, command] of outside) {
  test(`${name} is not for transactions, and does not end the one that is open`, async () => {
    await begin(1);
    const refused = await wire.inTransaction(lsid, 1, command());
    assert.deepEqual([refused.code, refused.codeName], [263, 'OperationNotSupportedInTransaction']);
    assert.equal((await wire.commit(lsid, 1)).ok, 1);
  });
}

test('a command that is not for transactions begins none', async () => {
  assert.equal((await begin(1, { count: 'things', $db: db })).code, 263);
  assert.equal((await wire.commit(lsid, 1)).code, 251);
});

test('killCursors cannot be the first command', async () => {
  assert.equal((await begin(1, { killCursors: 'things', cursors: [], $db: db })).code, 263);
});

test('commitTransaction is for the database admin', async () => {
  await begin(1);
  const refused = await wire.inTransaction(lsid, 1, { commitTransaction: 1, $db: db });
  assert.deepEqual([refused.code, refused.codeName], [13, 'Unauthorized']);
  assert.equal((await wire.commit(lsid, 1)).ok, 1);
});

test('abortTransaction is for the database admin', async () => {
  await begin(1);
  assert.equal((await wire.inTransaction(lsid, 1, { abortTransaction: 1, $db: db })).code, 13);
});

test('a statement has no write concern of its own', async () => {
  const reply = await begin(1, { ...insert(2), writeConcern: { w: 1 } });
  assert.deepEqual([reply.code, reply.codeName], [72, 'InvalidOptions']);
});

test('a commit has one', async () => {
  await begin(1);
  const body = { commitTransaction: 1, writeConcern: { w: 'majority' }, $db: 'admin' };
  assert.equal((await wire.inTransaction(lsid, 1, body)).ok, 1);
});

test('only the first statement may have a read concern', async () => {
  await begin(1, { find: 'things', readConcern: { level: 'snapshot' }, $db: db });
  const reply = await wire.inTransaction(lsid, 1, { find: 'things', readConcern: { level: 'snapshot' }, $db: db });
  assert.equal(reply.code, 72);
});

for (const level of ['local', 'majority', 'snapshot']) {
  test(`the read concern ${level} is for transactions`, async () => {
    assert.equal((await begin(1, { find: 'things', readConcern: { level }, $db: db })).ok, 1);
    assert.equal((await wire.commit(lsid, 1)).ok, 1);
  });
}
for (const level of ['available', 'linearizable']) {
  test(`the read concern ${level} is not`, async () => {
    assert.equal((await begin(1, { find: 'things', readConcern: { level }, $db: db })).code, 72);
  });
}

test('a collection that a statement makes is gone with the abort', async () => {
  assert.equal((await begin(1, insert(1, 'implicit'))).ok, 1);
  assert.ok(!(await names()).includes('implicit'));
  await wire.abort(lsid, 1);
  assert.ok(!(await names()).includes('implicit'));
});

test('a collection that create makes is gone with the abort', async () => {
  assert.equal((await begin(1, { create: 'explicit', $db: db })).ok, 1);
  await wire.abort(lsid, 1);
  assert.ok(!(await names()).includes('explicit'));
});

test('a collection that an upsert makes is gone with the failure of another statement', async () => {
  const updates = [{ q: { _id: 1 }, u: { $set: { a: 1 } }, upsert: true }];
  await begin(1, { update: 'upserted', updates, $db: db });
  await wire.inTransaction(lsid, 1, insert(1));
  assert.ok(!(await names()).includes('upserted'));
});

test('a collection that is made is there inside, and outside after the commit', async () => {
  await begin(1, { create: 'kept', $db: db });
  await wire.inTransaction(lsid, 1, insert(1, 'kept'));
  const inside = await wire.inTransaction(lsid, 1, { find: 'kept', $db: db });
  assert.deepEqual(inside.cursor.firstBatch, [{ _id: 1 }]);
  const found = await wire.run({ find: 'kept', $db: db });
  assert.deepEqual(found.cursor.firstBatch, []);
  await wire.commit(lsid, 1);
  assert.ok((await names()).includes('kept'));
  const after = await wire.run({ find: 'kept', $db: db });
  assert.deepEqual(after.cursor.firstBatch, [{ _id: 1 }]);
});

test('an empty collection that is made stays after the commit', async () => {
  await begin(1, { create: 'keptEmpty', $db: db });
  await wire.commit(lsid, 1);
  assert.ok((await names()).includes('keptEmpty'));
});

test('a collection that is made has its index of _id at once', async () => {
  await begin(1, insert(1, 'unique'));
  const again = await wire.inTransaction(lsid, 1, insert(1, 'unique'));
  assert.equal(again.writeErrors?.[0]?.code ?? again.code, 11000);
});

test('of two transactions that make the same collection one has to be tried again', async () => {
  const other = session();
  await begin(1, insert(1, 'contested'));
  let second = await begin(1, insert(2, 'contested'), other);
  assert.equal((await wire.commit(lsid, 1)).ok, 1);
  if (second.ok === 1) second = await wire.commit(other, 1);
  assert.deepEqual([second.ok, labelled(second)], [0, true]);
  assert.ok([112, 246].includes(second.code));
  assert.equal(await contract.db.collection('contested').countDocuments(), 1);
});

test('a collection that others made after the snapshot is not written to', async () => {
  await begin(1, { find: 'things', $db: db });
  await wire.run(insert(1, 'newer'));
  const reply = await wire.inTransaction(lsid, 1, insert(2, 'newer'));
  assert.deepEqual([reply.ok, labelled(reply)], [0, true]);
  assert.ok([112, 246].includes(reply.code));
});

test('a write that waits for a transaction gives up at its maxTimeMS', async () => {
  const updates = [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }];
  await begin(1, { update: 'things', updates, $db: db });
  const other = new Wire(contract.uri);
  const reply = await other.run({ update: 'things', updates, maxTimeMS: 60, $db: db });
  other.close();
  assert.deepEqual([reply.code ?? reply.writeErrors?.[0]?.code], [50]);
  await wire.commit(lsid, 1);
  const found = await wire.run({ find: 'things', filter: { _id: 1 }, $db: db });
  assert.equal(found.cursor.firstBatch[0].n, 2);
});

test('of two that insert the same _id the second has to be tried again', async () => {
  const other = session();
  await begin(1, insert(7));
  const reply = await begin(1, insert(7), other);
  assert.deepEqual([reply.code, reply.codeName, labelled(reply)], [112, 'WriteConflict', true]);
});

test('of two that delete the same document the second has to be tried again', async () => {
  const remove = { delete: 'things', deletes: [{ q: { _id: 1 }, limit: 1 }], $db: db };
  const other = session();
  await begin(1, remove);
  assert.equal((await begin(1, remove, other)).code, 112);
});

test('findAndModify of what another holds has to be tried again', async () => {
  const change = { findAndModify: 'things', query: { _id: 1 }, update: { $inc: { n: 1 } }, $db: db };
  const other = session();
  assert.equal((await begin(1, change)).value.n, 1);
  assert.equal((await begin(1, change, other)).code, 112);
});

test('aggregate and distinct see what the transaction has written', async () => {
  await begin(1, insert(2));
  const pipeline = [{ $group: { _id: null, n: { $sum: 1 } } }];
  const summed = await wire.inTransaction(lsid, 1, { aggregate: 'things', pipeline, cursor: {}, $db: db });
  assert.equal(summed.cursor.firstBatch[0].n, 2);
  const values = await wire.inTransaction(lsid, 1, { distinct: 'things', key: '_id', $db: db });
  assert.deepEqual(values.values, [1, 2]);
});
