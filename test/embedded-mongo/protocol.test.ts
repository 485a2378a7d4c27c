import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { type Document, MongoClient } from 'mongodb';
import { memoryLimits } from '../../src/embedded-mongo/memory.ts';
import { bodySection, message, newLsid, opMsg, opQuery, sequenceSection, Wire } from './contract/wire.ts';
import { startTestEngine, type TestEngine } from './engine.ts';

/** What the engine has beyond the contract: its own refusals, its limits, its socket. */
let engine: TestEngine;
let client: MongoClient;
let wire: Wire;

before(async () => {
  engine = await startTestEngine();
  client = await new MongoClient(engine.uri).connect();
  wire = new Wire(engine.uri);
});
after(async () => {
  wire.close();
  await client.close();
  await engine.close();
});

const path = () => decodeURIComponent(/mongodb:\/\/([^/]+)/.exec(engine.uri)?.[1] ?? '');
const run = (body: Document, db = 'test') => wire.run({ ...body, $db: db });

test('the socket is for its owner only', { skip: process.platform === 'win32' }, () => {
  assert.equal(statSync(path()).mode & 0o777, 0o600);
});

test('a wrapped legacy hello is answered', async () => {
  const answer = await wire.exchange(opQuery('admin.$cmd', { $query: { isMaster: 1 } }));
  assert.deepEqual([answer.opCode, answer.body.ismaster], [1, true]);
});

test('what cannot be read is answered with why before the connection ends', async () => {
  const other = new Wire(engine.uri);
  const bytes = opMsg(0, bodySection({ ping: 1, $db: 'admin' }));
  bytes.writeInt32LE(48_000_001, 0);
  const { body } = await other.exchange(bytes);
  assert.deepEqual([body.code, body.codeName], [17, 'ProtocolError']);
  assert.equal(await other.next(), undefined);
  other.close();
});

test('an opcode that is not offered', async () => {
  assert.equal((await wire.exchange(message(2012, Buffer.alloc(20)))).body.codeName, 'ProtocolError');
});

test('a body that is larger than a document may be', async () => {
  const bytes = opMsg(0, bodySection({ find: 'x', filter: { s: 'x'.repeat(16 * 1024 * 1024 + 20_000) }, $db: 'test' }));
  const { body } = await wire.exchange(bytes);
  assert.deepEqual([body.code, body.codeName], [10334, 'BSONObjectTooLarge']);
});

test('a document that is larger than one may be is not stored', async () => {
  const large = sequenceSection('documents', [{ _id: 1, s: 'x'.repeat(16 * 1024 * 1024) }]);
  const { body } = await wire.exchange(opMsg(0, bodySection({ insert: 'large', $db: 'test' }), large));
  assert.equal(body.code ?? body.writeErrors[0].code, 10334);
  assert.equal(await client.db('test').collection('large').countDocuments(), 0);
});

const refused = [
  ...['applyOps', 'bulkWrite', 'compact', 'convertToCapped', 'createUser', 'currentOp', 'dbHash', 'fsync', 'getLog'],
  ...['killOp', 'mapReduce', 'planCacheClear', 'profile', 'reIndex', 'renameCollection', 'replSetGetStatus'],
  ...['setParameter', 'shutdown', 'top', 'usersInfo', 'validate'],
];
for (const name of refused) {
  test(`${name} is refused as not offered`, async () => {
    const reply = await run({ [name]: 1 }, 'admin');
    assert.deepEqual([reply.code, reply.codeName], [238, 'NotImplemented']);
    assert.match(reply.errmsg, new RegExp(name));
  });
}

const notOffered: readonly [string, Document][] = [
  ['$where', { find: 'a', filter: { $where: '1' } }],
  ['a capped collection', { create: 'c', capped: true, size: 1000 }],
  ['a view', { create: 'c', viewOn: 'a', pipeline: [] }],
  ['a time series', { create: 'c', timeseries: { timeField: 't' } }],
  ['a snapshot outside of a transaction', { find: 'a', readConcern: { level: 'snapshot' } }],
  ['a session of a user', { find: 'a', lsid: { ...newLsid(), uid: Buffer.alloc(32) } }],
];
for (const [name, body] of notOffered) {
  test(`${name} is refused as not offered`, async () => {
    assert.equal((await run(body)).code, 238);
  });
}

test('a commit without a transaction', async () => {
  const reply = await run({ commitTransaction: 1, lsid: newLsid() }, 'admin');
  assert.deepEqual([reply.code, reply.codeName], [125, 'CommandFailed']);
});

test('more members than there are cannot confirm', async () => {
  const reply = await run({ insert: 'members', documents: [{ _id: 1 }], writeConcern: { w: 3 } });
  assert.deepEqual([reply.n, reply.writeConcernError.code], [1, 100]);
});

test('a collection that was dropped since the snapshot cannot be read in the transaction', async () => {
  await run({ insert: 'gone', documents: [{ _id: 1 }] });
  const lsid = newLsid();
  const start = { startTransaction: true };
  await wire.inTransaction(lsid, 1, { find: 'other', $db: 'test' }, start);
  await run({ drop: 'gone' });
  const reply = await wire.inTransaction(lsid, 1, { find: 'gone', $db: 'test' });
  assert.deepEqual([reply.code, reply.codeName], [246, 'SnapshotUnavailable']);
  assert.deepEqual(reply.errorLabels, ['TransientTransactionError']);
});

test('nor one that was dropped and made anew', async () => {
  await run({ insert: 'anew', documents: [{ _id: 1 }] });
  const lsid = newLsid();
  await wire.inTransaction(lsid, 1, { find: 'other', $db: 'test' }, { startTransaction: true });
  await run({ drop: 'anew' });
  await run({ insert: 'anew', documents: [{ _id: 2 }] });
  assert.equal((await wire.inTransaction(lsid, 1, { find: 'anew', $db: 'test' })).code, 246);
});

test('a collection that others made after the snapshot is not there in it', async () => {
  const lsid = newLsid();
  await wire.inTransaction(lsid, 1, { find: 'other', $db: 'test' }, { startTransaction: true });
  await run({ insert: 'later', documents: [{ _id: 1 }] });
  const reply = await wire.inTransaction(lsid, 1, { find: 'later', $db: 'test' });
  assert.deepEqual(reply.cursor.firstBatch, []);
  await wire.abort(lsid, 1);
});

const killers: readonly Document[] = [
  { killAllSessions: [] },
  { killAllSessionsByPattern: [{}] },
  { killSessions: [] },
];
for (const command of killers) {
  test(`${JSON.stringify(command)} ends all cursors and transactions`, async () => {
    const lsid = newLsid();
    await run({ insert: 'killed', documents: [{ _id: 1 }, { _id: 2 }] });
    const first = await run({ find: 'killed', batchSize: 1, lsid });
    await wire.inTransaction(lsid, 1, { find: 'killed', $db: 'test' }, { startTransaction: true });
    assert.equal((await run(command, 'admin')).ok, 1);
    assert.equal((await run({ getMore: first.cursor.id, collection: 'killed', lsid })).code, 43);
    assert.equal((await wire.commit(lsid, 1)).code, 251);
    await run({ drop: 'killed' });
  });
}

test('killAllSessions of a user ends none, for there are no users', async () => {
  const lsid = newLsid();
  await wire.inTransaction(lsid, 1, { find: 'x', $db: 'test' }, { startTransaction: true });
  assert.equal((await run({ killAllSessions: [{ user: 'a', db: 'b' }] }, 'admin')).ok, 1);
  assert.equal((await wire.commit(lsid, 1)).ok, 1);
});

test('serverStatus tells of the file', async () => {
  await run({ insert: 'sized', documents: [{ _id: 1 }] });
  const { sqlite, storageEngine, transactions } = await run({ serverStatus: 1 }, 'admin');
  assert.ok(sqlite.walBytes > 0 && sqlite.fileBytes > 0);
  assert.equal(sqlite.cacheBytes, memoryLimits().cacheKibibytes * 1024);
  assert.equal(storageEngine.name, 'sqlite');
  assert.equal(typeof transactions.currentOpen, 'number');
});

test('a client that does not read is not read from', async () => {
  const requests = 400;
  const answerBytes = 1024 * 1024;
  await run({ insert: 'wide', documents: [{ _id: 1, s: 'x'.repeat(answerBytes) }] });
  const handled = async () => (await run({ serverStatus: 1 }, 'admin')).network.numRequests as number;
  const before = await handled();
  const socket = connect(path());
  socket.pause();
  for (let i = 0; i < requests; i++) socket.write(opMsg(0, bodySection({ find: 'wide', $db: 'test' })));
  // 32 MiB of answers that nobody reads are enough; what is under way and what the system's buffers hold comes on top.
  let asked = 1;
  for (; (await handled()) - before - asked < 32; asked++);
  for (let i = 0; i < 100; i++, asked++) await handled();
  const taken = (await handled()) - before - asked - 1;
  assert.ok(taken < 100, `${taken} of ${requests} requests were taken`);
  let received = 0;
  for await (const part of socket) {
    received += (part as Buffer).length;
    if (received >= requests * answerBytes) break;
  }
  assert.ok(received >= requests * answerBytes);
});

test('a stream of writes that nobody waits for is stored whole', async () => {
  const other = new Wire(engine.uri);
  for (let _id = 0; _id < 500; _id++)
    other.send(opMsg(2, bodySection({ insert: 'stream', documents: [{ _id }], $db: 'test' })));
  await other.run({ ping: 1, $db: 'admin' });
  other.close();
  assert.equal(await client.db('test').collection('stream').countDocuments(), 500);
});

test('damaged messages never stop the engine', async () => {
  const find = { find: 'x', filter: { a: [1, 'two', { b: null }], c: new Date(0) }, sort: { a: 1 }, $db: 'test' };
  const whole = opMsg(0, bodySection(find));
  let seed = 3;
  const random = (n: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % n;
  };
  const sends = Array.from({ length: 300 }, async () => {
    const bytes = Buffer.from(whole);
    for (let i = 0; i <= random(4); i++) bytes[16 + random(bytes.length - 16)] = random(256);
    const socket = connect(path());
    socket.on('error', () => {});
    socket.end(bytes);
    socket.resume();
    await new Promise((resolve) => socket.once('close', resolve));
  });
  await Promise.all(sends);
  assert.equal((await client.db('admin').command({ ping: 1 })).ok, 1);
});
