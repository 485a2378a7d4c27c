import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { BSON, type Db, MongoClient } from 'mongodb';
import type { Config } from '../../src/config.ts';
import { openDatabase } from '../../src/database.ts';
import { readExactly } from '../../src/databaseExact.ts';
import { checkEmbeddedMongo, type EmbeddedMongo, startEmbeddedMongo } from '../../src/embedded-mongo/index.ts';
import { command, fillStore, installation } from './installed.ts';

// The second engine is another embedded one, through the same driver: there is no other to be had everywhere.
const engines: EmbeddedMongo[] = [];
const clients: MongoClient[] = [];
after(async () => {
  for (const client of clients) await client.close();
  for (const engine of engines) await engine.close();
});

async function secondEngine(): Promise<{ uri: string; file: string; db: Db }> {
  const file = join((await installation()).dataFolder, 'second.db');
  const engine = await startEmbeddedMongo({ file });
  engines.push(engine);
  const client = await new MongoClient(engine.uri).connect();
  clients.push(client);
  return { uri: engine.uri, file, db: client.db() };
}

async function withDb<T>(config: Config, use: (db: Db) => Promise<T>): Promise<T> {
  const engine = await startEmbeddedMongo({ file: config.databaseFile });
  const client = await new MongoClient(engine.uri).connect();
  try {
    return await use(client.db());
  } finally {
    await client.close();
    await engine.close();
  }
}

const hashesOf = async (file: string) => {
  const { faults, collections } = await checkEmbeddedMongo(file);
  assert.deepEqual(faults, []);
  return Object.fromEntries(collections.map(({ name, hash, documents }) => [name, `${documents} ${hash}`]));
};

const indexesOf = async (db: Db, name: string) =>
  (await db.collection(name).listIndexes().toArray()).map((index) => BSON.EJSON.stringify(index)).sort();

const oddDocument = new Map<string, unknown>([
  ['_id', new BSON.ObjectId('65f000000000000000000001')],
  ['zero', new BSON.Double(-0)],
  ['double', new BSON.Double(2)],
  ['long', BSON.Long.fromString('9007199254740993')],
  ['int', new BSON.Int32(1)],
  ['decimal', BSON.Decimal128.fromString('1.10')],
  ['when', new Date(0)],
  ['10', 'ten'],
  [
    '9',
    new Map<string, unknown>([
      [
        '2',
        [
          new Map([
            ['20', 1],
            ['3', 2],
          ]),
        ],
      ],
      ['1', null],
    ]),
  ],
  ['pattern', new BSON.BSONRegExp('^a', 'i')],
  ['bytes', new BSON.Binary(Buffer.from('abc'), 128)],
  [
    'link',
    new Map<string, unknown>([
      ['$ref', 'other'],
      ['more', 1],
      ['$id', 5],
    ]),
  ],
  ['least', new BSON.MinKey()],
  ['moment', new BSON.Timestamp({ t: 5, i: 6 })],
]);

test('a database moves to a second engine and back: the same bytes, the same indexes', async () => {
  const used = await installation();
  await fillStore(used);
  await withDb(used, async (db) => {
    const odd = db.collection('odd');
    await odd.insertOne(oddDocument as unknown as BSON.Document, { forceServerObjectId: true });
    await odd.insertMany(Array.from({ length: 2500 }, (_, i) => ({ _id: i as never, i, text: `t${i % 7}` })));
    await odd.createIndex(
      { text: 1, i: -1 },
      { name: 'by text', unique: true, partialFilterExpression: { i: { $gt: 0 } } },
    );
    await odd.createIndex(
      new Map([
        ['i', 1],
        ['1', -1],
      ] as const),
      { sparse: true },
    );
    await db.collection('expiring').createIndex({ at: 1 }, { expireAfterSeconds: 5 });
    await db.collection<{ _id: number }>('expiring').insertOne({ _id: 1, at: new Date(0) } as never);
  });
  const before = await hashesOf(used.databaseFile);
  const bytes = readFileSync(used.databaseFile);
  const second = await secondEngine();
  const to = await command(used.dataFolder, ['db', 'move', '--to', second.uri]);
  assert.equal(to.code, 0, to.text);
  assert.match(to.text, /Moved and compared: [\s\S]*Set MONGODB_URI/);
  assert.deepEqual(readFileSync(used.databaseFile), bytes);
  assert.deepEqual(await hashesOf(second.file), before);
  for (const name of ['odd', 'publications', 'units', 'expiring'])
    assert.deepEqual(await indexesOf(second.db, name), await withDb(used, (db) => indexesOf(db, name)));

  const back = await installation();
  const from = await command(back.dataFolder, ['db', 'move', '--from', second.uri]);
  assert.equal(from.code, 0, from.text);
  assert.deepEqual(await hashesOf(back.databaseFile), before);
  const check = await command(back.dataFolder, ['db', 'check']);
  assert.match(check.text, /\nSound\./);
  assert.deepEqual(
    readdirSync(back.dataFolder).filter((name) => /moving|restoring|\.part/.test(name)),
    [],
  );
});

test('a target that is not empty is refused, and replaced when told', async () => {
  const used = await installation();
  await fillStore(used);
  const second = await secondEngine();
  await second.db.collection<{ _id: number }>('precious').insertOne({ _id: 1 });
  const refused = await command(used.dataFolder, ['db', 'move', '--to', second.uri]);
  assert.equal(refused.code, 1);
  assert.match(refused.text, /is not empty; with --replace it is dropped first/);
  assert.deepEqual(await second.db.collection('precious').find().toArray(), [{ _id: 1 }]);
  const told = await command(used.dataFolder, ['db', 'move', '--replace', '--to', second.uri]);
  assert.equal(told.code, 0, told.text);
  assert.equal(await second.db.collection('precious').countDocuments(), 0);

  const other = await installation();
  await fillStore(other);
  const before = readFileSync(other.databaseFile);
  const into = await command(other.dataFolder, ['db', 'move', '--from', second.uri]);
  assert.equal(into.code, 1);
  assert.match(into.text, /is not empty/);
  assert.deepEqual(readFileSync(other.databaseFile), before);
  const replaced = await command(other.dataFolder, ['db', 'move', '--from', second.uri, '--replace']);
  assert.equal(replaced.code, 0, replaced.text);
  const kept = /The database before is (.*)\.\n/.exec(replaced.text)?.[1] ?? '';
  assert.deepEqual(await hashesOf(kept), await hashesOf(other.databaseFile));
});

test('nothing moves under a running product, neither out nor in', async () => {
  const used = await installation();
  await fillStore(used);
  const second = await secondEngine();
  const open = await openDatabase(used, () => {});
  for (const direction of ['--to', '--from']) {
    const { code, text } = await command(used.dataFolder, ['db', 'move', direction, second.uri, '--replace']);
    assert.equal(code, 1);
    assert.match(text, /is in use: stop the process/);
  }
  assert.deepEqual(await second.db.listCollections().toArray(), []);
  await open.close();
});

test('a move that was broken off says so in the target, and begins again', async () => {
  const used = await installation();
  await fillStore(used);
  const second = await secondEngine();
  await second.db.collection('headwaterMove').insertOne({ begun: new Date() });
  await second.db.collection<{ _id: string }>('units').insertOne({ _id: 'half of it' });
  const again = await command(used.dataFolder, ['db', 'move', '--to', second.uri]);
  assert.equal(again.code, 0, again.text);
  assert.deepEqual(await hashesOf(second.file), await hashesOf(used.databaseFile));
});

test('a server that does not answer, a database that is not there, words that mean nothing', async () => {
  const used = await installation();
  const nowhere = 'mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=200';
  assert.match((await command(used.dataFolder, ['db', 'move', '--to', nowhere])).text, /there is no database/);
  for (const words of [[], ['--to'], ['--to', 'file.db'], ['--over', nowhere], ['--to', nowhere, 'more']]) {
    const { code, text } = await command(used.dataFolder, ['db', 'move', ...words]);
    assert.equal(code, 1);
    assert.match(text, /db move --to mongodb:/);
  }
  assert.ok(!existsSync(used.databaseFile));
});

test('what the driver would write otherwise is read so that it does not, or refused', () => {
  const odd = BSON.serialize(oddDocument as unknown as BSON.Document);
  assert.equal(Buffer.compare(BSON.serialize(readExactly(odd)), odd), 0);
  const undefinedField = Buffer.from([8, 0, 0, 0, 6, 0x61, 0, 0]);
  assert.throws(() => readExactly(undefinedField), /cannot be written as it is/);
});
