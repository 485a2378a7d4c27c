import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { Binary, BSON, type Document, Long, MongoClient } from 'mongodb';
import { startTestEngine, type TestEngine } from './engine.ts';

let engine: TestEngine;
let client: MongoClient;

before(async () => {
  engine = await startTestEngine();
  client = await new MongoClient(engine.uri).connect();
});
after(async () => {
  await client.close();
  await engine.close();
});

const path = () => decodeURIComponent(/mongodb:\/\/([^/]+)/.exec(engine.uri)?.[1] ?? '');

/** Sends bytes and reads one answer. */
async function exchange(bytes: Buffer): Promise<{ opCode: number; body: Document }> {
  const socket: Socket = connect(path());
  try {
    socket.write(bytes);
    const parts: Buffer[] = [];
    for await (const part of socket) {
      parts.push(part as Buffer);
      const all = Buffer.concat(parts);
      if (all.length >= 4 && all.length >= all.readInt32LE(0)) {
        const opCode = all.readInt32LE(12);
        return { opCode, body: BSON.deserialize(all.subarray(opCode === 1 ? 36 : 21, all.readInt32LE(0))) };
      }
    }
    throw new Error('no answer');
  } finally {
    socket.destroy();
  }
}

function message(opCode: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(16);
  head.writeInt32LE(16 + payload.length, 0);
  head.writeInt32LE(7, 4);
  head.writeInt32LE(opCode, 12);
  return Buffer.concat([head, payload]);
}

function opMsg(body: Document, more: Buffer = Buffer.alloc(0)): Buffer {
  return message(2013, Buffer.concat([Buffer.from([0, 0, 0, 0, 0]), BSON.serialize(body), more]));
}

test('the socket is for its owner only', { skip: process.platform === 'win32' }, () => {
  assert.equal(statSync(path()).mode & 0o777, 0o600);
});

test('hello in the old and the new way', async () => {
  const query = Buffer.concat([
    Buffer.alloc(4),
    Buffer.from('admin.$cmd\0'),
    Buffer.from([0, 0, 0, 0, 1, 0, 0, 0]),
    BSON.serialize({ isMaster: 1 }),
  ]);
  const old = await exchange(message(2004, query));
  assert.deepEqual([old.opCode, old.body.ismaster, old.body.maxWireVersion], [1, true, 21]);
  const { body } = await exchange(opMsg({ hello: 1, $db: 'admin' }));
  assert.deepEqual([body.isWritablePrimary, body.setName, body.logicalSessionTimeoutMinutes], [true, 'embedded', 30]);
  assert.equal(body.primary, body.me);
});

test('document sequences, and bad BSON', async () => {
  const documents = Buffer.concat([BSON.serialize({ _id: 1 }), BSON.serialize({ _id: 2 })]);
  const section = Buffer.concat([Buffer.alloc(4), Buffer.from('documents\0'), documents]);
  section.writeInt32LE(section.length, 0);
  const more = Buffer.concat([Buffer.of(1), section]);
  assert.equal((await exchange(opMsg({ insert: 'seq', $db: 'test' }, more))).body.n, 2);
  const broken = opMsg({ ping: 1, $db: 'admin' });
  broken.writeInt32LE(9999, 21);
  assert.deepEqual((await exchange(broken)).body.codeName, 'InvalidBSON');
  const inner = opMsg({ find: 'x', filter: { s: 'abc' }, $db: 'test' });
  inner.writeInt32LE(1_000_000, inner.indexOf('abc') - 4);
  assert.equal((await exchange(inner)).body.code, 22);
  assert.equal((await exchange(message(2012, Buffer.alloc(20)))).body.codeName, 'ProtocolError');
});

test('what is unknown is refused with MongoDB codes', async () => {
  const db = client.db('test');
  await assert.rejects(db.command({ nope: 1 }), { code: 59, codeName: 'CommandNotFound' });
  await assert.rejects(db.command({ find: 'a', nope: 1 }), { code: 40415 });
  await assert.rejects(
    db
      .collection('a')
      .find({ x: { $nope: 1 } })
      .toArray(),
    { code: 2, codeName: 'BadValue' },
  );
  await assert.rejects(db.collection('a').find({ $nope: 1 }).toArray(), { code: 2 });
  await assert.rejects(db.collection('a').find({ $where: '1' }).toArray(), { code: 238 });
  await assert.rejects(db.collection('a').updateOne({}, { $nope: { a: 1 } }), { code: 9 });
  await assert.rejects(db.collection('a').updateOne({}, { $set: { a: 1 }, $inc: { a: 1 } }), { code: 40 });
  await assert.rejects(db.createCollection('c', { capped: true, size: 1000 }), { code: 238 });
  await assert.rejects(db.collection('bad$name').insertOne({}), { code: 73 });
  const a = db.collection<Document & { _id: number }>('errors');
  await a.insertOne({ _id: 1, n: 'x', o: 5 });
  await assert.rejects(a.updateOne({ _id: 1 }, { $inc: { n: 1 } }), { code: 14 });
  await assert.rejects(a.updateOne({ _id: 1 }, { $set: { 'o.p': 1 } }), { code: 28 });
  await assert.rejects(a.updateOne({ _id: 1 }, { $set: { _id: 2 } }), { code: 66 });
  await assert.rejects(a.insertOne({ _id: 2, pad: 'x'.repeat(16 * 1024 * 1024) }));
  await assert.rejects(a.find({}).hint('nope').toArray(), { code: 2 });
});

test('small commands', async () => {
  const db = client.db('small');
  const admin = client.db('admin');
  for (const command of [
    { ping: 1 },
    { buildInfo: 1 },
    { serverStatus: 1 },
    { getParameter: 1, featureCompatibilityVersion: 1 },
    { connectionStatus: 1 },
  ]) {
    assert.equal((await admin.command(command)).ok, 1);
  }
  await db.createCollection('made');
  await assert.rejects(db.createCollection('made'), { code: 48 });
  await db.collection('made').insertMany([{ a: 1 }, { a: 2 }]);
  assert.deepEqual(
    (await db.listCollections().toArray()).map(({ name }) => name),
    ['made'],
  );
  assert.equal((await db.listCollections({ name: 'none' }).toArray()).length, 0);
  assert.ok((await admin.admin().listDatabases()).databases.some(({ name }) => name === 'small'));
  assert.equal((await db.stats()).objects, 2);
  assert.equal((await db.command({ collStats: 'made' })).count, 2);
  assert.equal((await db.command({ count: 'made', query: { a: 1 } })).n, 1);
  const session = await admin.command({ startSession: 1 });
  await admin.command({ endSessions: [session.id] });
  assert.equal(await db.collection('made').drop(), true);
  await db.dropDatabase();
  assert.deepEqual(await db.listCollections().toArray(), []);
});

test('a retryable write is done once and answered twice', async () => {
  const lsid = { id: new Binary(crypto.getRandomValues(new Uint8Array(16)), 4) };
  const body = {
    update: 'once',
    updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } }, upsert: true }],
    lsid,
    txnNumber: Long.fromNumber(1),
    $db: 'test',
  };
  const first = await exchange(opMsg(body));
  const second = await exchange(opMsg(body));
  assert.deepEqual(second.body, first.body);
  assert.deepEqual(await client.db('test').collection<Document & { _id: number }>('once').findOne(), { _id: 1, n: 1 });
  const next = await exchange(opMsg({ ...body, txnNumber: Long.fromNumber(2) }));
  assert.equal(next.body.nModified, 1);
  assert.equal((await exchange(opMsg(body))).body.codeName, 'TransactionTooOld');
});

test('damaged messages never stop the engine', async () => {
  const whole = opMsg({
    find: 'x',
    filter: { a: [1, 'two', { b: null }], c: new Date(0) },
    sort: { a: 1 },
    $db: 'test',
  });
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
