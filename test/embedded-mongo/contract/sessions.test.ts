import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Binary, type Document, Int32, Long, Timestamp } from 'mongodb';
import { type Contract, openContract } from './openContract.ts';
import { newLsid, Wire } from './wire.ts';

type Doc = Document & { _id: number };
let contract: Contract;
let wire: Wire;
let db: string;
const used: Document[] = [];

before(async () => {
  contract = await openContract();
  db = contract.db.databaseName;
  wire = new Wire(contract.uri);
  await contract.db.collection<Doc>('many').insertMany(Array.from({ length: 10 }, (_, _id) => ({ _id })));
});
after(async () => {
  await wire.run({ killSessions: used, $db: 'admin' });
  wire.close();
  await contract.close();
});

function session(): Document {
  const made = newLsid();
  used.push(made);
  return made;
}

const one = Long.fromNumber(1);
const firstOf = (more: Document = {}) => wire.run({ find: 'many', batchSize: 2, $db: db, ...more });
const getMore = (first: Document, more: Document = {}) =>
  wire.run({ getMore: first.cursor.id, collection: 'many', $db: db, ...more });

const wrong: readonly [string, Document, number][] = [
  ['a number without a session', { txnNumber: one }, 72],
  ['autocommit without a number', { lsid: newLsid(), autocommit: false }, 72],
  ['startTransaction without autocommit', { lsid: newLsid(), txnNumber: one, startTransaction: true }, 72],
  ['autocommit true', { lsid: newLsid(), txnNumber: one, autocommit: true }, 72],
  ['startTransaction false', { lsid: newLsid(), txnNumber: one, autocommit: false, startTransaction: false }, 72],
  ['a negative number', { lsid: newLsid(), txnNumber: Long.fromNumber(-1) }, 72],
  ['a number that is no long', { lsid: newLsid(), txnNumber: new Int32(1) }, 14],
  ['a session that is no document', { lsid: 1 }, 14],
  ['a session without an id', { lsid: {} }, 40414],
  ['a session with an unknown field', { lsid: { ...newLsid(), nope: 1 } }, 40415],
  ['a session whose id is a text', { lsid: { id: 'x' } }, 14],
  ['a session whose id is not a UUID', { lsid: { id: new Binary(Buffer.alloc(16), 0) } }, 14],
];
for (const [name, fields, code] of wrong) {
  test(`${name} is refused`, async () => {
    const reply = await wire.run({ insert: 'refused', documents: [{ _id: 1 }], $db: db, ...fields });
    assert.deepEqual([reply.ok, reply.code], [0, code]);
  });
}

for (const command of ['find', 'aggregate', 'distinct', 'count', 'create', 'drop']) {
  test(`${command} is not a write that is done once`, async () => {
    const own: Document = { aggregate: { pipeline: [], cursor: {} }, distinct: { key: '_id' } };
    const body = { [command]: 'none', ...own[command], lsid: newLsid(), txnNumber: one, $db: db };
    const reply = await wire.run(body);
    assert.deepEqual([reply.code, reply.codeName], [50768, 'NotARetryableWriteCommand']);
  });
}

test('an insert is done once and answered twice', async () => {
  const body = { insert: 'once', documents: [{ _id: 1 }, { _id: 2 }], lsid: newLsid(), txnNumber: one, $db: db };
  const [first, second] = [await wire.run(body), await wire.run(body)];
  assert.deepEqual([first.n, second.n, second.writeErrors], [2, 2, undefined]);
  assert.equal(await contract.db.collection('once').countDocuments(), 2);
});

test('an update is done once and answered twice, also over another connection', async () => {
  const updates = [{ q: { _id: 1 }, u: { $inc: { n: 1 } }, upsert: true }];
  const body = { update: 'onceUpdate', updates, lsid: newLsid(), txnNumber: one, $db: db };
  const first = await wire.run(body);
  const other = new Wire(contract.uri);
  const second = await other.run(body);
  other.close();
  assert.deepEqual([first.n, second.n, second.upserted], [1, 1, first.upserted]);
  assert.equal((await contract.db.collection<Doc>('onceUpdate').findOne({ _id: 1 }))?.n, 1);
});

test('a delete is done once and answered twice', async () => {
  await contract.db.collection<Doc>('onceDelete').insertMany([
    { _id: 1, a: 1 },
    { _id: 2, a: 1 },
  ]);
  const deletes = [{ q: { a: 1 }, limit: 1 }];
  const body = { delete: 'onceDelete', deletes, lsid: newLsid(), txnNumber: one, $db: db };
  assert.deepEqual([(await wire.run(body)).n, (await wire.run(body)).n], [1, 1]);
  assert.equal(await contract.db.collection('onceDelete').countDocuments(), 1);
});

test('findAndModify is done once and answered twice', async () => {
  await contract.db.collection<Doc>('onceFind').insertOne({ _id: 1, n: 1 });
  const own = { query: { _id: 1 }, update: { $inc: { n: 1 } }, new: true };
  const body = { findAndModify: 'onceFind', ...own, lsid: newLsid(), txnNumber: one, $db: db };
  assert.deepEqual([(await wire.run(body)).value.n, (await wire.run(body)).value.n], [2, 2]);
});

test('a higher number is a new write, a lower one is too old', async () => {
  const lsid = session();
  const body = { update: 'numbers', updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } }, upsert: true }], lsid, $db: db };
  await wire.run({ ...body, txnNumber: Long.fromNumber(5) });
  assert.equal((await wire.run({ ...body, txnNumber: Long.fromNumber(6) })).nModified, 1);
  const old = await wire.run({ ...body, txnNumber: Long.fromNumber(5) });
  assert.deepEqual([old.code, old.codeName], [225, 'TransactionTooOld']);
});

test('the same number in another session is another write', async () => {
  const updates = [{ q: { _id: 1 }, u: { $inc: { n: 1 } }, upsert: true }];
  const body = { update: 'sessions', updates, txnNumber: one, $db: db };
  await wire.run({ ...body, lsid: newLsid() });
  await wire.run({ ...body, lsid: newLsid() });
  assert.equal((await contract.db.collection<Doc>('sessions').findOne({ _id: 1 }))?.n, 2);
});

test('an error that is the client’s own has no label', async () => {
  await contract.db.collection<Doc>('labels').insertOne({ _id: 1, s: 'x' });
  const own = { query: { _id: 1 }, update: { $inc: { s: 1 } } };
  const reply = await wire.run({ findAndModify: 'labels', ...own, lsid: newLsid(), txnNumber: one, $db: db });
  assert.deepEqual([reply.code, reply.errorLabels], [14, undefined]);
});

test('startSession gives an id and how long it lives', async () => {
  const { id, timeoutMinutes } = await wire.run({ startSession: 1, $db: 'admin' });
  assert.ok(id.id instanceof Binary);
  assert.equal(id.id.sub_type, Binary.SUBTYPE_UUID);
  assert.equal(timeoutMinutes, 30);
});

for (const command of ['endSessions', 'refreshSessions', 'killSessions']) {
  test(`${command} takes sessions, also such as nobody has used`, async () => {
    assert.equal((await wire.run({ [command]: [newLsid(), newLsid()], $db: 'admin' })).ok, 1);
  });
  test(`${command} takes a list`, async () => {
    assert.equal((await wire.run({ [command]: 1, $db: 'admin' })).code, 14);
  });
  test(`${command} takes nothing but sessions`, async () => {
    assert.equal((await wire.run({ [command]: [{ id: 1 }], $db: 'admin' })).code, 14);
  });
}

test('killSessions ends the cursors of a session', async () => {
  const lsid = session();
  const first = await firstOf({ lsid });
  assert.equal((await wire.run({ killSessions: [lsid], $db: 'admin' })).ok, 1);
  const reply = await getMore(first, { lsid });
  assert.deepEqual([reply.code, reply.codeName], [43, 'CursorNotFound']);
});

test('killSessions ends the transaction of a session, whose number stays used', async () => {
  const lsid = session();
  const insert = { insert: 'killed', documents: [{ _id: 1 }], $db: db };
  await wire.inTransaction(lsid, 1, insert, { startTransaction: true });
  await wire.run({ killSessions: [lsid], $db: 'admin' });
  assert.equal((await wire.commit(lsid, 1)).code, 251);
  assert.equal((await wire.inTransaction(lsid, 1, insert, { startTransaction: true })).code, 117);
  assert.equal(await contract.db.collection('killed').countDocuments(), 0);
});

test('a killed session can be used again', async () => {
  const lsid = session();
  await firstOf({ lsid });
  await wire.run({ killSessions: [lsid], $db: 'admin' });
  assert.equal((await getMore(await firstOf({ lsid }), { lsid })).cursor.nextBatch.length, 8);
});

test('a cursor goes on in its session', async () => {
  const lsid = session();
  assert.equal((await getMore(await firstOf({ lsid }), { lsid })).cursor.nextBatch.length, 8);
});

test('a cursor of a session is not for another', async () => {
  const first = await firstOf({ lsid: newLsid() });
  assert.equal((await getMore(first, { lsid: newLsid() })).code, 50738);
});

test('a cursor of a session is not for nobody', async () => {
  assert.equal((await getMore(await firstOf({ lsid: newLsid() }))).code, 50737);
});

test('a cursor without a session is not for one', async () => {
  assert.equal((await getMore(await firstOf(), { lsid: newLsid() })).code, 50736);
});

test('a cursor of a session is not for its transaction', async () => {
  const lsid = session();
  const first = await firstOf({ lsid });
  await wire.inTransaction(lsid, 1, { find: 'many', $db: db }, { startTransaction: true });
  const body = { getMore: first.cursor.id, collection: 'many', $db: db };
  assert.equal((await wire.inTransaction(lsid, 1, body)).code, 50739);
});

test('a cursor of a transaction is not for its session', async () => {
  const lsid = session();
  const find = { find: 'many', batchSize: 2, $db: db };
  const first = await wire.inTransaction(lsid, 1, find, { startTransaction: true });
  assert.equal((await getMore(first, { lsid })).code, 50740);
});

test('a cursor of a transaction goes on in it', async () => {
  const lsid = session();
  const find = { find: 'many', batchSize: 2, $db: db };
  const first = await wire.inTransaction(lsid, 1, find, { startTransaction: true });
  const body = { getMore: first.cursor.id, collection: 'many', $db: db };
  assert.equal((await wire.inTransaction(lsid, 1, body)).cursor.nextBatch.length, 8);
});

test('a commit leaves the cursors that the session has opened beside the transaction', async () => {
  const lsid = session();
  const first = await firstOf({ lsid });
  const insert = { insert: 'beside', documents: [{ _id: 1 }], $db: db };
  await wire.inTransaction(lsid, 1, insert, { startTransaction: true });
  assert.equal((await wire.commit(lsid, 1)).ok, 1);
  assert.equal((await getMore(first, { lsid })).cursor.nextBatch.length, 8);
});

test('an abort leaves them, too', async () => {
  const lsid = session();
  const first = await firstOf({ lsid });
  const insert = { insert: 'beside', documents: [{ _id: 2 }], $db: db };
  await wire.inTransaction(lsid, 1, insert, { startTransaction: true });
  assert.equal((await wire.abort(lsid, 1)).ok, 1);
  assert.equal((await getMore(first, { lsid })).cursor.nextBatch.length, 8);
});

test('afterClusterTime of the past is honoured', async () => {
  const readConcern = { afterClusterTime: new Timestamp({ t: 1, i: 1 }) };
  assert.equal((await firstOf({ readConcern })).ok, 1);
});

test('afterClusterTime that is yet to come is refused', async () => {
  const readConcern = { afterClusterTime: new Timestamp({ t: 0xfffffff0, i: 1 }) };
  assert.equal((await firstOf({ readConcern })).code, 72);
});

test('afterClusterTime is a timestamp', async () => {
  assert.equal((await firstOf({ readConcern: { afterClusterTime: 1 } })).code, 14);
});

test('atClusterTime is for snapshots', async () => {
  const readConcern = { level: 'local', atClusterTime: new Timestamp({ t: 1, i: 1 }) };
  assert.equal((await firstOf({ readConcern })).code, 72);
});

test('a driver’s causally consistent session reads what it has written', async () => {
  await contract.client.withSession({ causalConsistency: true }, async (session) => {
    const causal = contract.db.collection<Doc>('causal', { readConcern: { level: 'majority' } });
    await causal.insertOne({ _id: 1 }, { session });
    assert.deepEqual(await causal.findOne({ _id: 1 }, { session }), { _id: 1 });
  });
});
