import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Document } from 'mongodb';
import { type Contract, openContract } from './openContract.ts';
import { bodySection, message, opMsg, opQuery, sequenceSection, Wire } from './wire.ts';

type Doc = Document & { _id: number };
const moreToCome = 2;
const exhaustAllowed = 0x10000;
let contract: Contract;
let wire: Wire;
let db: string;

before(async () => {
  contract = await openContract();
  db = contract.db.databaseName;
  wire = new Wire(contract.uri);
});
after(async () => {
  wire.close();
  await contract.close();
});

const ping = () => opMsg(0, bodySection({ ping: 1, $db: 'admin' }));

/** CRC-32C, bit by bit: written down a second time, so that the engine's own is not its own judge. */
function crc32c(bytes: Buffer): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return ~crc >>> 0;
}

/** A ping that ends with its checksum, changed by `error`. */
function withChecksum(error: number): Buffer {
  const bytes = opMsg(1, bodySection({ ping: 1, $db: 'admin' }), Buffer.alloc(4));
  bytes.writeUInt32LE((crc32c(bytes.subarray(0, -4)) ^ error) >>> 0, bytes.length - 4);
  return bytes;
}

/** Sends what ends the connection; the server may say why before it does. */
async function ends(bytes: Buffer, code: number): Promise<void> {
  const other = new Wire(contract.uri);
  try {
    other.send(bytes);
    let answer = await other.next();
    if (answer) {
      assert.equal(answer.body.code, code);
      answer = await other.next();
    }
    assert.equal(answer, undefined);
  } finally {
    other.close();
  }
}

test('the CRC-32C of the test is that of the standard', () => {
  assert.equal(crc32c(Buffer.from('123456789')), 0xe3069283);
});

test('the legacy hello is answered with OP_REPLY', async () => {
  const answer = await wire.exchange(opQuery('admin.$cmd', { isMaster: 1 }));
  assert.equal(answer.opCode, 1);
  assert.deepEqual([answer.body.ismaster, answer.body.ok], [true, 1]);
  assert.ok(answer.body.maxWireVersion >= 21);
  assert.equal(answer.body.helloOk, undefined);
});

test('the legacy hello tells who asks that hello is understood', async () => {
  const answer = await wire.exchange(opQuery('admin.$cmd', { isMaster: 1, helloOk: true }));
  assert.equal(answer.body.helloOk, true);
});

test('another legacy command is refused', async () => {
  const answer = await wire.exchange(opQuery('admin.$cmd', { ping: 1 }));
  assert.deepEqual([answer.opCode, answer.body.ok, answer.body.code], [1, 0, 352]);
  assert.equal(answer.body.codeName, 'UnsupportedOpQueryCommand');
});

test('hello describes the primary of a replica set', async () => {
  const { opCode, body } = await wire.exchange(opMsg(0, bodySection({ hello: 1, $db: 'admin' })));
  assert.equal(opCode, 2013);
  assert.equal(body.isWritablePrimary, true);
  assert.equal(body.ismaster, undefined);
  assert.equal(body.primary, body.me);
  assert.ok(body.hosts.includes(body.me));
  assert.equal(typeof body.setName, 'string');
  assert.equal(body.secondary, false);
  assert.equal(body.logicalSessionTimeoutMinutes, 30);
});

test('hello tells the limits', async () => {
  const body = await wire.run({ hello: 1, $db: 'admin' });
  assert.equal(body.maxBsonObjectSize, 16 * 1024 * 1024);
  assert.equal(body.maxMessageSizeBytes, 48_000_000);
  assert.equal(body.maxWriteBatchSize, 100_000);
  assert.equal(body.minWireVersion, 0);
  assert.ok(body.localTime instanceof Date);
});

test('isMaster in OP_MSG speaks of ismaster', async () => {
  const body = await wire.run({ isMaster: 1, $db: 'admin' });
  assert.deepEqual([body.ismaster, body.isWritablePrimary], [true, undefined]);
});

test('connections are told apart', async () => {
  const other = new Wire(contract.uri);
  const [a, b] = [await wire.run({ hello: 1, $db: 'admin' }), await other.run({ hello: 1, $db: 'admin' })];
  other.close();
  assert.notEqual(a.connectionId, b.connectionId);
});

test('an answer names the request it is for', async () => {
  const request = ping();
  assert.equal((await wire.exchange(request)).responseTo, request.readInt32LE(4));
});

test('two requests in one packet are answered in turn', async () => {
  const [a, b] = [ping(), ping()];
  wire.send(Buffer.concat([a, b]));
  assert.equal((await wire.next())?.responseTo, a.readInt32LE(4));
  assert.equal((await wire.next())?.responseTo, b.readInt32LE(4));
});

test('a request that comes byte by byte is put together', async () => {
  const request = ping();
  for (const byte of request) {
    wire.send(Buffer.of(byte));
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.equal((await wire.next())?.body.ok, 1);
});

test('insert takes its documents as a sequence', async () => {
  const body = bodySection({ insert: 'seq', $db: db });
  const { body: reply } = await wire.exchange(opMsg(0, body, sequenceSection('documents', [{ _id: 1 }, { _id: 2 }])));
  assert.deepEqual([reply.n, reply.ok], [2, 1]);
});

test('a sequence may stand before the body', async () => {
  const sequence = sequenceSection('documents', [{ _id: 3 }]);
  const { body } = await wire.exchange(opMsg(0, sequence, bodySection({ insert: 'seq', $db: db })));
  assert.deepEqual([body.n, body.ok], [1, 1]);
});

test('an insert of an empty sequence is refused', async () => {
  const body = bodySection({ insert: 'seq', $db: db });
  const { body: reply } = await wire.exchange(opMsg(0, body, sequenceSection('documents', [])));
  assert.deepEqual([reply.code, reply.codeName], [16, 'InvalidLength']);
});

test('update takes its statements as a sequence', async () => {
  await wire.run({ insert: 'seqUpdate', documents: [{ _id: 1 }], $db: db });
  const updates = sequenceSection('updates', [{ q: { _id: 1 }, u: { $set: { a: 1 } } }]);
  const { body } = await wire.exchange(opMsg(0, bodySection({ update: 'seqUpdate', $db: db }), updates));
  assert.deepEqual([body.n, body.nModified], [1, 1]);
});

test('delete takes its statements as a sequence', async () => {
  await wire.run({ insert: 'seqDelete', documents: [{ _id: 1 }, { _id: 2 }], $db: db });
  const deletes = sequenceSection('deletes', [{ q: { _id: 1 }, limit: 1 }]);
  const { body } = await wire.exchange(opMsg(0, bodySection({ delete: 'seqDelete', $db: db }), deletes));
  assert.deepEqual([body.n, body.ok], [1, 1]);
});

test('moreToCome: done, and not answered', async () => {
  const write = bodySection({ insert: 'quiet', documents: [{ _id: 1 }], writeConcern: { w: 0 }, $db: db });
  wire.send(opMsg(moreToCome, write));
  const request = ping();
  const answer = await wire.exchange(request);
  assert.deepEqual([answer.responseTo, answer.flags & moreToCome], [request.readInt32LE(4), 0]);
  assert.equal(await contract.db.collection<Doc>('quiet').countDocuments(), 1);
});

test('moreToCome: what fails is not answered either', async () => {
  wire.send(opMsg(moreToCome, bodySection({ nosuchcommand: 1, $db: db })));
  const request = ping();
  assert.equal((await wire.exchange(request)).responseTo, request.readInt32LE(4));
});

test('exhaustAllowed is only a permission', async () => {
  const answer = await wire.exchange(opMsg(exhaustAllowed, bodySection({ ping: 1, $db: 'admin' })));
  assert.deepEqual([answer.body.ok, answer.flags & moreToCome], [1, 0]);
});

test('unknown flags of the upper half are passed over', async () => {
  assert.equal((await wire.exchange(opMsg(1 << 20, bodySection({ ping: 1, $db: 'admin' })))).body.ok, 1);
});

test('a message with the right checksum is taken', async () => {
  assert.equal((await wire.exchange(withChecksum(0))).body.ok, 1);
});

test('a message with a wrong checksum ends the connection', () => ends(withChecksum(1), 288));

test('an unknown flag of the lower half ends the connection', () =>
  ends(opMsg(4, bodySection({ ping: 1, $db: 'admin' })), 223));

test('too many sequences end the connection', () =>
  ends(
    opMsg(
      0,
      bodySection({ insert: 'x', $db: 'test' }),
      sequenceSection('a', [{}]),
      sequenceSection('b', [{}]),
      sequenceSection('c', [{}]),
    ),
    233,
  ));

test('a message that says it is over-large ends the connection', () => {
  const bytes = ping();
  bytes.writeInt32LE(48_000_001, 0);
  return ends(bytes, 17);
});

test('a message that says it is shorter than its header ends the connection', () => {
  const bytes = ping();
  bytes.writeInt32LE(15, 0);
  return ends(bytes, 17);
});

const malformed: readonly [string, () => Buffer, number][] = [
  ['no body', () => opMsg(0, sequenceSection('documents', [{}])), 40587],
  ['two bodies', () => opMsg(0, bodySection({ ping: 1, $db: 'admin' }), bodySection({ ping: 1, $db: 'admin' })), 40430],
  [
    'the same sequence twice',
    () =>
      opMsg(
        0,
        bodySection({ insert: 'x', $db: 'test' }),
        sequenceSection('documents', [{}]),
        sequenceSection('documents', [{}]),
      ),
    40431,
  ],
  ['an unknown kind of section', () => opMsg(0, Buffer.of(9, 5, 0, 0, 0, 0)), 40432],
  [
    'documents in the body and as a sequence',
    () => opMsg(0, bodySection({ insert: 'x', documents: [{}], $db: 'test' }), sequenceSection('documents', [{}])),
    40433,
  ],
  [
    'updates in the body and as a sequence',
    () => opMsg(0, bodySection({ update: 'x', updates: [], $db: 'test' }), sequenceSection('updates', [{}])),
    40433,
  ],
  ['no $db', () => opMsg(0, bodySection({ ping: 1 })), 40571],
];
for (const [name, bytes, code] of malformed) {
  test(`OP_MSG with ${name} is refused`, async () => {
    const { body } = await wire.exchange(bytes());
    assert.deepEqual([body.ok, body.code], [0, code]);
  });
}

test('a string that is longer than its document is bad BSON, and the connection goes on', async () => {
  const bytes = opMsg(0, bodySection({ find: 'x', filter: { s: 'abc' }, $db: db }));
  bytes.writeInt32LE(1_000_000, bytes.indexOf('abc') - 4);
  const { body } = await wire.exchange(bytes);
  assert.deepEqual([body.ok, body.code, body.codeName], [0, 22, 'InvalidBSON']);
  assert.equal((await wire.exchange(ping())).body.ok, 1);
});

test('a value of an unknown type is bad BSON', async () => {
  const bytes = opMsg(0, bodySection({ find: 'x', filter: { mark: 1 }, $db: db }));
  bytes[bytes.indexOf('mark') - 1] = 0x66;
  assert.equal((await wire.exchange(bytes)).body.code, 22);
});

test('the largest document fits, and comes back whole', async () => {
  const pad = 'x'.repeat(16 * 1024 * 1024 - 26);
  const sequence = sequenceSection('documents', [{ _id: 7, pad }]);
  const { body } = await wire.exchange(opMsg(0, bodySection({ insert: 'large', $db: db }), sequence));
  assert.deepEqual([body.ok, body.n, body.writeErrors], [1, 1, undefined]);
  const found = await contract.db.collection<Doc>('large').findOne({ _id: 7 });
  assert.equal(found?.pad.length, pad.length);
});

test('an opcode from before OP_MSG is not taken', async () => {
  const other = new Wire(contract.uri);
  other.send(message(2010, Buffer.alloc(20)));
  const answer = await other.next();
  other.close();
  assert.ok(answer === undefined || answer.body.ok === 0);
});
