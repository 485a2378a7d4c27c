import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Binary, type CollectionInfo, type Db, type Document, Long } from 'mongodb';
import { type Contract, openContract } from './openContract.ts';

type Doc = Document & { _id: number };
let contract: Contract;
let db: Db;
let admin: Db;

before(async () => {
  contract = await openContract();
  db = contract.db;
  admin = contract.client.db('admin');
  const sized = db.collection<Doc>('sized');
  await sized.createIndex({ n: 1 });
  await sized.insertMany(Array.from({ length: 200 }, (_, _id) => ({ _id, n: _id, pad: 'x'.repeat(1000) })));
});
after(async () => {
  await contract.close();
});

const status = () => admin.command({ serverStatus: 1 });
const near = (value: number, wanted: number) => assert.ok(Math.abs(value - wanted) <= 1, `${value} is not ${wanted}`);

test('ping', async () => {
  assert.equal((await admin.command({ ping: 1 })).ok, 1);
  assert.equal((await db.command({ ping: 1 })).ok, 1);
});

test('buildInfo tells the version in two ways', async () => {
  const { version, versionArray, maxBsonObjectSize, bits } = await admin.command({ buildInfo: 1 });
  assert.equal(version.split(/[.-]/).slice(0, 3).join('.'), versionArray.slice(0, 3).join('.'));
  assert.ok(versionArray[0] >= 7);
  assert.deepEqual([maxBsonObjectSize, bits], [16 * 1024 * 1024, 64]);
});

test('connectionStatus', async () => {
  const { authInfo } = await admin.command({ connectionStatus: 1 });
  assert.ok(Array.isArray(authInfo.authenticatedUsers));
  assert.ok(Array.isArray(authInfo.authenticatedUserRoles));
  assert.equal(authInfo.authenticatedUserPrivileges, undefined);
});

test('connectionStatus with privileges', async () => {
  const { authInfo } = await admin.command({ connectionStatus: 1, showPrivileges: true });
  assert.ok(Array.isArray(authInfo.authenticatedUserPrivileges));
});

test('getParameter gives the compatibility version', async () => {
  const reply = await admin.command({ getParameter: 1, featureCompatibilityVersion: 1 });
  assert.match(reply.featureCompatibilityVersion.version, /^\d+\.\d+$/);
});

test('getParameter gives what it is asked for, and no more', async () => {
  const reply = await admin.command({ getParameter: 1, cursorTimeoutMillis: 1 });
  assert.equal(Number(reply.cursorTimeoutMillis), 600_000);
  assert.equal(reply.transactionLifetimeLimitSeconds, undefined);
});

test('getParameter of nothing known is refused', async () => {
  await assert.rejects(admin.command({ getParameter: 1, nosuchparameter: 1 }), {
    code: 72,
    codeName: 'InvalidOptions',
  });
});

test('getParameter is for the database admin', async () => {
  await assert.rejects(db.command({ getParameter: 1, featureCompatibilityVersion: 1 }), { code: 13 });
});

test('hostInfo', async () => {
  const { system, os } = await admin.command({ hostInfo: 1 });
  assert.ok(system.numCores >= 1);
  assert.ok(system.memSizeMB > 0);
  assert.equal(typeof os.type, 'string');
});

test('listCommands names what there is', async () => {
  const { commands } = await admin.command({ listCommands: 1 });
  for (const name of ['find', 'insert', 'aggregate', 'getMore', 'commitTransaction', 'listCommands'])
    assert.equal(typeof commands[name].help, 'string', name);
  assert.equal(commands.commitTransaction.adminOnly, true);
  assert.equal(commands.find.adminOnly, false);
});

test('serverStatus: what the server is', async () => {
  const { host, version, process, pid, uptime, uptimeMillis, localTime } = await status();
  assert.deepEqual([typeof host, typeof version, typeof process], ['string', 'string', 'string']);
  assert.ok(Number(pid) > 0);
  assert.ok(uptime >= 0 && Number(uptimeMillis) >= 0);
  assert.ok(localTime instanceof Date);
});

test('serverStatus: connections', async () => {
  const { connections } = await status();
  assert.ok(connections.current >= 1);
  assert.ok(connections.available > 0);
  assert.ok(Number(connections.totalCreated) >= connections.current);
});

test('serverStatus: the network grows with what is sent', async () => {
  const before = (await status()).network;
  await admin.command({ ping: 1, comment: 'x'.repeat(10_000) });
  const after = (await status()).network;
  assert.ok(Number(after.bytesIn) - Number(before.bytesIn) > 10_000);
  assert.ok(Number(after.bytesOut) > Number(before.bytesOut));
  assert.ok(Number(after.numRequests) >= Number(before.numRequests) + 2);
});

test('serverStatus: memory', async () => {
  const { mem } = await status();
  assert.equal(mem.bits, 64);
  assert.ok(mem.resident > 0);
});

const counted: readonly [string, () => Promise<unknown>, number][] = [
  ['insert', () => db.collection<Doc>('counted').insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }]), 3],
  ['query', () => db.collection<Doc>('counted').findOne(), 1],
  ['update', () => db.collection<Doc>('counted').updateOne({ _id: 1 }, { $set: { a: 1 } }), 1],
  ['delete', () => db.collection<Doc>('counted').deleteOne({ _id: 1 }), 1],
  ['getmore', () => db.collection('sized').find().batchSize(150).toArray(), 1],
  ['command', () => db.command({ ping: 1 }), 1],
];
for (const [name, run, by] of counted) {
  test(`serverStatus counts ${name}`, async () => {
    const before = Number((await status()).opcounters[name]);
    await run();
    assert.ok(Number((await status()).opcounters[name]) >= before + by);
  });
}

test('serverStatus: open cursors', async () => {
  const cursor = db.collection('sized').find().batchSize(2);
  await cursor.next();
  assert.ok(Number((await status()).metrics.cursor.open.total) >= 1);
  await cursor.close();
});

test('serverStatus without a section', async () => {
  const reply = await admin.command({ serverStatus: 1, opcounters: 0 });
  assert.deepEqual([reply.opcounters, typeof reply.network], [undefined, 'object']);
});

test('collStats counts', async () => {
  const stats = await db.command({ collStats: 'sized' });
  assert.equal(stats.ns, `${db.databaseName}.sized`);
  assert.equal(stats.count, 200);
  assert.ok(stats.size > 200 * 1000 && stats.size < 200 * 1100);
  assert.equal(stats.avgObjSize, Math.floor(stats.size / 200));
  assert.deepEqual([stats.capped, stats.scaleFactor], [false, 1]);
});

test('collStats names the indexes with their sizes', async () => {
  const stats = await db.command({ collStats: 'sized' });
  assert.equal(stats.nindexes, 2);
  assert.deepEqual(Object.keys(stats.indexSizes).sort(), ['_id_', 'n_1']);
  assert.equal(stats.indexSizes._id_ + stats.indexSizes.n_1, stats.totalIndexSize);
  assert.ok(stats.indexSizes.n_1 > 0);
  assert.equal(stats.totalSize, stats.storageSize + stats.totalIndexSize);
});

test('collStats divides sizes by the scale, and not counts', async () => {
  const [plain, scaled] = [
    await db.command({ collStats: 'sized' }),
    await db.command({ collStats: 'sized', scale: 1024 }),
  ];
  assert.deepEqual([scaled.count, scaled.scaleFactor, scaled.avgObjSize], [200, 1024, plain.avgObjSize]);
  near(scaled.size, plain.size / 1024);
  near(scaled.totalIndexSize, plain.totalIndexSize / 1024);
});

test('collStats of nothing', async () => {
  const stats = await db.command({ collStats: 'nothing' });
  assert.deepEqual([stats.count, stats.size, stats.nindexes, stats.ok], [0, 0, 0, 1]);
});

test('a scale of nothing is refused', async () => {
  await assert.rejects(db.command({ collStats: 'sized', scale: 0 }), { code: 51024 });
  await assert.rejects(db.command({ collStats: 'sized', scale: 'x' }), { code: 14 });
});

test('dbStats adds up', async () => {
  const own = contract.client.db(`${db.databaseName}-stats`);
  await own.collection<Doc>('a').insertMany([{ _id: 1 }, { _id: 2 }]);
  await own.collection<Doc>('b').insertOne({ _id: 1 });
  const stats = await own.stats();
  await own.dropDatabase();
  assert.deepEqual([stats.db, Number(stats.collections), Number(stats.objects)], [own.databaseName, 2, 3]);
  assert.deepEqual([Number(stats.indexes), stats.views], [2, 0]);
  assert.equal(Number(stats.dataSize), 3 * 14);
  assert.equal(Number(stats.totalSize), Number(stats.storageSize) + Number(stats.indexSize));
});

test('dbStats divides by the scale', async () => {
  const [plain, scaled] = [await db.command({ dbStats: 1 }), await db.command({ dbStats: 1, scale: 1024 })];
  assert.equal(scaled.scaleFactor, 1024);
  near(scaled.dataSize, plain.dataSize / 1024);
  assert.equal(Number(scaled.objects), Number(plain.objects));
});

test('dbStats of nothing', async () => {
  const stats = await contract.client.db(`${db.databaseName}-none`).stats();
  assert.deepEqual([Number(stats.collections), Number(stats.objects), Number(stats.dataSize)], [0, 0, 0]);
});

test('listDatabases with sizes', async () => {
  const { databases, totalSize } = await admin.admin().listDatabases();
  const own = databases.find(({ name }) => name === db.databaseName);
  assert.ok(own && Number(own.sizeOnDisk) > 0);
  assert.equal(own.empty, false);
  assert.ok(Number(totalSize) >= Number(own.sizeOnDisk));
});

test('listDatabases with names only', async () => {
  const { databases } = await admin.command({ listDatabases: 1, nameOnly: true, filter: { name: db.databaseName } });
  assert.deepEqual(databases, [{ name: db.databaseName }]);
});

test('listDatabases with a filter that nothing passes', async () => {
  const { databases } = await admin.command({ listDatabases: 1, filter: { name: 'nosuchdatabase' } });
  assert.deepEqual(databases, []);
});

test('listDatabases is for the database admin', async () => {
  await assert.rejects(db.command({ listDatabases: 1 }), { code: 13, codeName: 'Unauthorized' });
});

test('create makes an empty collection that listCollections describes', async () => {
  await db.createCollection('made');
  const [described] = await db.listCollections<CollectionInfo>({ name: 'made' }).toArray();
  assert.deepEqual([described?.name, described?.type], ['made', 'collection']);
  assert.deepEqual(described?.options, {});
  assert.ok(described?.info?.uuid instanceof Binary);
  assert.equal(described?.info?.readOnly, false);
  assert.deepEqual(described?.idIndex, { v: 2, key: { _id: 1 }, name: '_id_' });
});

test('listCollections with names only', async () => {
  await db.collection('nameOnly').insertOne({});
  const described = await db.listCollections({ name: 'nameOnly' }, { nameOnly: true }).toArray();
  assert.deepEqual(described, [{ name: 'nameOnly', type: 'collection' }]);
});

test('listCollections in batches', async () => {
  for (const name of ['batch1', 'batch2', 'batch3']) await db.createCollection(name);
  const listed = await db.listCollections({ name: /^batch/ }, { batchSize: 1 }).toArray();
  assert.deepEqual(listed.map(({ name }) => name).sort(), ['batch1', 'batch2', 'batch3']);
});

test('a collection that is made anew has another uuid', async () => {
  const uuid = async () =>
    (await db.listCollections<CollectionInfo>({ name: 'anew' }).toArray())[0]?.info?.uuid?.toString('hex');
  await db.createCollection('anew');
  const before = await uuid();
  await db.collection('anew').drop();
  await db.createCollection('anew');
  assert.notEqual(await uuid(), before);
});

test('drop tells what there was', async () => {
  await db.collection('dropped').createIndex({ a: 1 });
  const reply = await db.command({ drop: 'dropped' });
  assert.deepEqual([reply.nIndexesWas, reply.ns], [2, `${db.databaseName}.dropped`]);
  assert.deepEqual(await db.listCollections({ name: 'dropped' }).toArray(), []);
});

test('dropDatabase', async () => {
  const own = contract.client.db(`${db.databaseName}-drop`);
  await own.collection('a').insertOne({});
  assert.equal(await own.dropDatabase(), true);
  assert.deepEqual(await own.listCollections().toArray(), []);
  assert.equal((await own.command({ dropDatabase: 1 })).ok, 1);
});

for (const name of ['a$b', '.a', '']) {
  test(`the name '${name}' is not one of a collection`, async () => {
    await assert.rejects(db.command({ create: name }), { code: 73, codeName: 'InvalidNamespace' });
  });
}

test('getMore after a drop tells that the plan was killed', async () => {
  const killed = db.collection<Doc>('killed');
  await killed.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }]);
  const cursor = killed.find().batchSize(1);
  await cursor.next();
  await killed.drop();
  await assert.rejects(cursor.toArray(), { code: 175, codeName: 'QueryPlanKilled' });
});

test('getMore after a drop under a new collection of that name, too', async () => {
  const killed = db.collection<Doc>('killedAnew');
  await killed.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }]);
  const cursor = killed.find().batchSize(1);
  await cursor.next();
  await killed.drop();
  await killed.insertMany([{ _id: 4 }, { _id: 5 }]);
  await assert.rejects(cursor.toArray(), { code: 175 });
});

test('a cursor that is not there', async () => {
  await assert.rejects(db.command({ getMore: Long.fromNumber(12345), collection: 'sized' }), {
    code: 43,
    codeName: 'CursorNotFound',
  });
});

test('killCursors tells which it knew', async () => {
  const session = contract.client.startSession();
  const first = await db.command({ find: 'sized', batchSize: 2 }, { session, promoteLongs: false });
  const { id } = first.cursor;
  const none = Long.fromNumber(12345);
  const reply = await db.command({ killCursors: 'sized', cursors: [id, none] }, { session, promoteLongs: false });
  assert.deepEqual([String(reply.cursorsKilled), String(reply.cursorsNotFound)], [String(id), '12345']);
  assert.deepEqual([reply.cursorsAlive, reply.cursorsUnknown], [[], []]);
  await session.endSession();
});
