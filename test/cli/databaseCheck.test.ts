import assert from 'node:assert/strict';
import { copyFileSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { before, test } from 'node:test';
import { MongoClient } from 'mongodb';
import type { Config } from '../../src/config.ts';
import { openDatabase } from '../../src/database.ts';
import { startEmbeddedMongo } from '../../src/embedded-mongo/index.ts';
import { command, fillStore, installation } from './installed.ts';

let whole: Config;
before(async () => {
  whole = await installation();
  await fillStore(whole);
});

/** A copy of the whole database with something done to it, and what the check says of it. */
async function checkAfter(spoil: (config: Config) => Promise<void> | void): Promise<{ code: number; text: string }> {
  const config = await installation();
  copyFileSync(whole.databaseFile, config.databaseFile);
  await spoil(config);
  return command(config.dataFolder, ['db', 'check']);
}

const bySql = (use: (database: DatabaseSync, collection: number, index: number) => void) => (config: Config) => {
  const database = new DatabaseSync(config.databaseFile);
  const collection = database.prepare("SELECT id FROM collections WHERE name = 'publications'").get()?.id;
  const index = database.prepare('SELECT min(id) AS id FROM indexes WHERE collection = ?').get(Number(collection))?.id;
  use(database, Number(collection), Number(index));
  database.close();
};

const byDriver = (change: (db: ReturnType<MongoClient['db']>) => Promise<unknown>) => async (config: Config) => {
  const engine = await startEmbeddedMongo({ file: config.databaseFile });
  const client = await new MongoClient(engine.uri).connect();
  await change(client.db());
  await client.close();
  await engine.close();
};

test('a whole database is called sound, with what was looked at', async () => {
  const { code, text } = await checkAfter(() => {});
  assert.equal(code, 0, text);
  assert.match(text, /test\.publications +2 +\d+ {2}[0-9a-f]{64}/);
  assert.match(text, /SQLite, catalogue, indexes +sound/);
  assert.match(text, /releases +2, Merkle roots computed anew/);
  assert.match(text, /publications +2 with 1 lessons, hashes computed anew/);
  assert.match(text, /\nSound\.\n/);
});

test('a check beside the running product disturbs nothing and changes no byte', async () => {
  const used = await installation();
  await fillStore(used);
  const open = await openDatabase(used, () => {});
  const before = readFileSync(used.databaseFile);
  const [{ code, text }] = await Promise.all([
    command(used.dataFolder, ['db', 'check']),
    open.store.partners.save({ id: 'tr', name: 'Türkiye', kind: 'national', jurisdictions: ['TR'] }),
  ]);
  assert.equal(code, 0, text);
  assert.deepEqual(readFileSync(used.databaseFile), before);
  assert.equal((await open.store.partners.all()).length, 1);
  await open.close();
});

const faults: readonly (readonly [string, (config: Config) => Promise<void> | void, RegExp])[] = [
  [
    'an index entry is missing',
    bySql((database, _, index) => database.exec(`DELETE FROM i_${index} WHERE rid = 1`)),
    /FAULT {2}test\.publications index _id_: an entry of document "tr-TR\/1" is missing/,
  ],
  [
    'an index entry has no document',
    bySql((database, _, index) => database.exec(`INSERT INTO i_${index} VALUES (x'10', 777)`)),
    /FAULT {2}test\.publications index _id_: an entry is left of document 777, which is not there/,
  ],
  [
    'an index entry has a wrong key',
    bySql((database, _, index) => database.exec(`UPDATE i_${index} SET k = x'1010' WHERE rid = 1`)),
    /FAULT {2}test\.publications index _id_: an entry of document 1 has a key that it has not/,
  ],
  [
    'a unique value is there twice',
    bySql((database, collection, index) => {
      database.exec(`INSERT INTO c_${collection} (rid, bson) SELECT 500, bson FROM c_${collection} WHERE rid = 1`);
      database.exec(`INSERT INTO i_${index} SELECT k, 500 FROM i_${index} WHERE rid = 1`);
    }),
    /FAULT {2}test\.publications index _id_: a value that has to be unique is there more than once/,
  ],
  [
    'an index does not know of arrays',
    bySql((database, collection) => database.exec(`UPDATE indexes SET multikey = 0 WHERE collection = ${collection}`)),
    /FAULT {2}test\.publications index .*: document "tr-TR\/1" has an array there/,
  ],
  [
    'an index has lost its table',
    bySql((database, _, index) => database.exec(`DROP TABLE i_${index}`)),
    /FAULT {2}test\.publications index _id_: has no table/,
  ],
  [
    'a collection has lost its table',
    bySql((database, collection) => database.exec(`DROP TABLE c_${collection}`)),
    /FAULT {2}test\.publications: the catalogue names it, but it has no table/,
  ],
  [
    'a table belongs to nothing',
    bySql((database) => database.exec('CREATE TABLE c_9999 (rid INTEGER PRIMARY KEY, bson BLOB NOT NULL)')),
    /FAULT {2}c_9999: a table that the catalogue does not name/,
  ],
  [
    'an index belongs to no collection',
    bySql((database, collection) => database.exec(`DELETE FROM collections WHERE id = ${collection}`)),
    /FAULT {2}index \d+: belongs to collection \d+, which is not there/,
  ],
  [
    'the description of an index is garbled',
    bySql((database, _, index) => database.exec(`UPDATE indexes SET spec = x'00' WHERE id = ${index}`)),
    /FAULT {2}test\.publications: its entry in the catalogue cannot be read/,
  ],
  [
    'a document is not readable',
    bySql((database, collection) => database.exec(`UPDATE c_${collection} SET bson = x'0500000000ff' WHERE rid = 1`)),
    /FAULT {2}test\.publications: document 1 is not a readable one/,
  ],
  [
    'a page of the file is overwritten',
    ({ databaseFile }) => {
      const handle = openSync(databaseFile, 'r+');
      writeSync(handle, Buffer.alloc(4096, 0xaa), 0, 4096, 4096 * 2);
    },
    /FAULT {2}(SQLite|catalogue|test\.)/,
  ],
  [
    'the file is cut off',
    ({ databaseFile }) => {
      const bytes = readFileSync(databaseFile);
      const half = bytes.subarray(0, statSync(databaseFile).size >> 1);
      copyFileSync('/dev/null', databaseFile);
      writeSync(openSync(databaseFile, 'r+'), half);
    },
    /FAULT {2}SQLite: .*(damaged|malformed)/,
  ],
  [
    'the file is no database',
    ({ databaseFile }) => void writeSync(openSync(databaseFile, 'r+'), 'no database at all'),
    /FAULT {2}SQLite: .* is not a database/,
  ],
  [
    'a segment of a release was changed',
    byDriver((db) =>
      db.collection('packageObjects').updateOne({ 'body.id': 'B4.step.7' }, { $set: { 'body.text': 'altered' } }),
    ),
    /FAULT {2}release 1\.0\.0: its content has the root/,
  ],
  [
    'a segment of a release is gone',
    byDriver((db) => db.collection('packageObjects').deleteOne({ 'body.id': 'B4.step.7' })),
    /FAULT {2}release 1\.0\.0: The store has lost the package object/,
  ],
  [
    'the release before is gone',
    byDriver((db) => db.collection<{ _id: string }>('releases').deleteOne({ _id: '1.0.0' })),
    /FAULT {2}release 1\.1\.0: follows release 1\.0\.0, which is not there/,
  ],
  [
    'a publication was changed',
    byDriver((db) =>
      db.collection<{ _id: string }>('publications').updateOne({ _id: 'tr-TR/2' }, { $set: { kind: 'factsOnly' } }),
    ),
    /FAULT {2}publication tr-TR\/2: its manifest has the root/,
  ],
  [
    'the code of a lesson was changed',
    byDriver((db) => db.collection('publications').updateMany({}, { $set: { 'lessons.0.code': 'AAAAA-AAAAA' } })),
    /FAULT {2}publication tr-TR\/1: lesson B4 has the code AAAAA-AAAAA/,
  ],
  [
    'a published lesson was changed',
    byDriver((db) => db.collection('publishedLessons').updateMany({}, { $set: { country: 'DE' } })),
    /FAULT {2}publication tr-TR\/2: lesson B4 has the hash/,
  ],
  [
    'a published lesson is gone',
    byDriver((db) => db.collection('publishedLessons').deleteMany({})),
    /FAULT {2}publication tr-TR\/2: lesson B4 \([0-9a-f]{64}\) is not there/,
  ],
  [
    'a publication is missing',
    byDriver((db) => db.collection<{ _id: string }>('publications').deleteOne({ _id: 'tr-TR/1' })),
    /FAULT {2}edition tr-TR: publication 1 is not there/,
  ],
];

for (const [what, spoil, named] of faults) {
  test(`the check names it when ${what}, and fails`, async () => {
    const { code, text } = await checkAfter(spoil);
    assert.match(text, named);
    assert.match(text, /\nDamaged\.\n[\s\S]*npx headwater db restore FILE/);
    assert.equal(code, 1);
  });
}

test('the documents are called whole where only an index is wrong', async () => {
  const { text } = await checkAfter(bySql((database, _, index) => database.exec(`DELETE FROM i_${index}`)));
  assert.match(text, /The documents are whole: only indexes differ/);
});

test('on a server, releases and publications are checked; what the server cannot tell is said', async () => {
  const config = await installation();
  copyFileSync(whole.databaseFile, config.databaseFile);
  const engine = await startEmbeddedMongo({ file: config.databaseFile });
  const other = await installation();
  const client = await new MongoClient(engine.uri).connect();
  const sound = await command(other.dataFolder, ['db', 'check'], { MONGODB_URI: engine.uri });
  await client.db().collection('publishedLessons').deleteMany({});
  const damaged = await command(other.dataFolder, ['db', 'check'], { MONGODB_URI: engine.uri });
  await client.close();
  await engine.close();
  assert.equal(sound.code, 0, sound.text);
  assert.match(sound.text, /not looked at: the server has no "validate"|validation by the server +sound/);
  assert.match(sound.text, /test\.publications +2 /);
  assert.equal(damaged.code, 1);
  assert.match(damaged.text, /FAULT {2}publication tr-TR\/2/);
  assert.match(damaged.text, /mongorestore/);
});

test('without a database there is nothing to check, and a check takes no words', async () => {
  const { dataFolder } = await installation();
  assert.match((await command(dataFolder, ['db', 'check'])).text, /There is no database/);
  assert.equal((await command(dataFolder, ['db', 'check', 'more'])).code, 1);
});
