import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { type Document, MongoClient } from 'mongodb';
import {
  checkEmbeddedMongo,
  copyDatabase,
  restoreEmbeddedMongo,
  startEmbeddedMongo,
} from '../../src/embedded-mongo/index.ts';

type Doc = Document & { _id: number };
const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hw-restore-'));
  folders.push(folder);
  return folder;
}

async function withThings<T>(file: string, use: (client: MongoClient) => Promise<T>): Promise<T> {
  const engine = await startEmbeddedMongo({ file });
  const client = await new MongoClient(engine.uri).connect();
  try {
    return await use(client);
  } finally {
    await client.close();
    await engine.close();
  }
}

/** A database whose only collection holds `from`, `from + 1` … */
const fill = (file: string, from: number, count: number) =>
  withThings(file, async (client) => {
    const things = client.db('test').collection<Doc>('things');
    await things.createIndex({ text: 1 });
    await things.insertMany(Array.from({ length: count }, (_, i) => ({ _id: from + i, text: `text ${i}` })));
  });

const idsIn = (file: string) =>
  withThings(file, async (client) => {
    const found = await client.db('test').collection<Doc>('things').find().sort({ _id: 1 }).toArray();
    return found.map(({ _id }) => _id);
  });

const filesOf = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => statSync(join(folder, name)).isFile() && !/\.(lock|address)$/.test(name))
      .map((name) => [name, readFileSync(join(folder, name)).toString('base64')]),
  );

/** A folder with a database of 10 documents (0…9) and a backup of another with 5 (100…104). */
async function oldAndNew(): Promise<{ folder: string; file: string; backup: string }> {
  const folder = freshFolder();
  const elsewhere = freshFolder();
  const file = join(folder, 'live.db');
  const backup = join(elsewhere, 'backup.db');
  await fill(file, 0, 10);
  await fill(join(elsewhere, 'other.db'), 100, 5);
  await copyDatabase(join(elsewhere, 'other.db'), backup);
  return { folder, file, backup };
}

const oldIds = Array.from({ length: 10 }, (_, i) => i);
const newIds = Array.from({ length: 5 }, (_, i) => 100 + i);

test('a restore puts the backup in place and keeps the database before, whole', async () => {
  const { file, backup } = await oldAndNew();
  const { kept } = await restoreEmbeddedMongo(backup, file);
  assert.deepEqual(await idsIn(file), newIds);
  assert.ok(kept !== null);
  assert.deepEqual(await idsIn(kept), oldIds);
});

test('a restore beside a running server is refused and touches nothing', async () => {
  const { folder, file, backup } = await oldAndNew();
  await withThings(file, async (client) => {
    const things = client.db('test').collection<Doc>('things');
    await things.insertOne({ _id: 10 });
    const before = filesOf(folder);
    await assert.rejects(restoreEmbeddedMongo(backup, file), /is in use: stop the process/);
    assert.deepEqual(filesOf(folder), before);
    await things.insertOne({ _id: 11 });
  });
  assert.deepEqual(await idsIn(file), [...oldIds, 10, 11]);
});

test('what only the log of a killed server holds is in the kept database', async () => {
  const { folder, backup } = await oldAndNew();
  const file = join(folder, 'killed.db');
  const child = spawn(process.execPath, [join(import.meta.dirname, 'child.ts'), file, 'write'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((done) => child.once('exit', done));
  let acknowledged = -1;
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged = Math.max(acknowledged, Number(line));
    if (acknowledged >= 100) child.kill('SIGKILL');
  }
  await ended;
  assert.ok(statSync(`${file}-wal`).size > 0, 'the kill left a log that is not merged');
  const { kept } = await restoreEmbeddedMongo(backup, file);
  assert.deepEqual(await idsIn(file), newIds);
  assert.ok(kept !== null && !existsSync(`${kept}-wal`));
  const there = new Set(await idsIn(kept));
  assert.deepEqual(
    Array.from({ length: acknowledged + 1 }, (_, i) => i).filter((id) => !there.has(id)),
    [],
  );
});

const spoilt: readonly (readonly [string, (backup: string) => void, RegExp])[] = [
  ['cut in half', (backup) => truncateSync(backup, statSync(backup).size >> 1), /is damaged/],
  ['empty', (backup) => truncateSync(backup, 0), /is not a file of the embedded engine/],
  ['no database', (backup) => writeFileSync(backup, 'lessons '.repeat(1000)), /is not a database/],
  [
    'a database of another program',
    (backup) => {
      rmSync(backup);
      const other = new DatabaseSync(backup);
      other.exec('CREATE TABLE collections (id INTEGER); PRAGMA user_version = 1');
      other.close();
    },
    /is not a file of the embedded engine/,
  ],
  [
    'of a newer format',
    (backup) => {
      const newer = new DatabaseSync(backup);
      newer.exec('PRAGMA user_version = 2000');
      newer.close();
    },
    /newer version of the embedded engine \(format 2000/,
  ],
  [
    'missing an index entry',
    (backup) => {
      const broken = new DatabaseSync(backup);
      const id = broken.prepare('SELECT max(id) AS id FROM indexes').get()?.id;
      broken.exec(`DELETE FROM i_${id} WHERE rid = 3`);
      broken.close();
    },
    /things index text_1: an entry of document \{"\$numberInt":"102"\}|things index text_1: an entry of document 102/,
  ],
];

for (const [what, spoil, message] of spoilt) {
  test(`a backup that is ${what} is refused, and the database stays to the byte`, async () => {
    const { folder, file, backup } = await oldAndNew();
    spoil(backup);
    const before = filesOf(folder);
    await assert.rejects(restoreEmbeddedMongo(backup, file), message);
    assert.deepEqual(filesOf(folder), before);
    assert.deepEqual(await idsIn(file), oldIds);
  });
}

test('a restore makes the folder that it needs, but not for a backup that it refuses', async () => {
  const { folder, backup } = await oldAndNew();
  const nobody = join(folder, 'a', 'b', 'fresh.db');
  writeFileSync(join(folder, 'text.db'), 'no database '.repeat(200));
  await assert.rejects(restoreEmbeddedMongo(join(folder, 'text.db'), nobody), /is not a database/);
  await assert.rejects(restoreEmbeddedMongo(join(folder, 'none.db'), nobody), /no backup/);
  assert.ok(!existsSync(join(folder, 'a')));
  assert.deepEqual(await restoreEmbeddedMongo(backup, nobody), { kept: null });
  assert.deepEqual(await idsIn(nobody), newIds);
});

test('a present database that is damaged is kept as it is', async () => {
  const { file, backup } = await oldAndNew();
  writeFileSync(file, 'not a database any more '.repeat(300));
  writeFileSync(`${file}-wal`, 'nor a log');
  const { kept } = await restoreEmbeddedMongo(backup, file);
  assert.deepEqual(await idsIn(file), newIds);
  assert.match(readFileSync(String(kept), 'utf8'), /^not a database any more/);
  assert.equal(readFileSync(`${kept}-wal`, 'utf8'), 'nor a log');
});

test('a database is not restored from itself, and not while another program reads it', async () => {
  const { file, backup } = await oldAndNew();
  await assert.rejects(restoreEmbeddedMongo(file, file), /is the database itself/);
  const reader = new DatabaseSync(file, { readOnly: true });
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM collections').get();
  await assert.rejects(restoreEmbeddedMongo(backup, file), /another program has it open/);
  reader.close();
  assert.deepEqual(await idsIn(file), oldIds);
});

test('killed at any moment, a restore leaves the old database or the new one', async () => {
  const { folder, file, backup } = await oldAndNew();
  const original = join(folder, 'original');
  copyFileSync(file, original);
  const restore = () =>
    spawn(process.execPath, [join(import.meta.dirname, 'restoreChild.ts'), backup, file], { stdio: 'pipe' });
  const begun = performance.now();
  await new Promise((done) => restore().once('exit', done));
  const whole = performance.now() - begun;
  for (let i = 0; i < 8; i++) {
    copyFileSync(original, file);
    const child = restore();
    const ended = new Promise((done) => child.once('exit', done));
    // The second half of its life: the first is the start of the runtime.
    setTimeout(() => child.kill('SIGKILL'), whole * (0.5 + i / 16));
    await ended;
    const ids = await idsIn(file);
    assert.ok([oldIds.join(), newIds.join()].includes(ids.join()), `after kill ${i}: ${ids.join()}`);
  }
  await restoreEmbeddedMongo(backup, file);
  assert.deepEqual(await idsIn(file), newIds);
  assert.deepEqual(
    readdirSync(folder).filter((name) => /\.(restoring|part)/.test(name) && !name.includes('before-restore')),
    [],
  );
});

test('a database that a killed restore left within its change of mode is read, not called damaged', async () => {
  const { folder, file } = await oldAndNew();
  const torn = join(folder, 'torn.db');
  // What a kill leaves within `PRAGMA journal_mode = DELETE`: a journal that says how the file was before.
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = DELETE; BEGIN IMMEDIATE; PRAGMA cache_size = 1; PRAGMA cache_spill = 1');
  database.exec("INSERT INTO sessions VALUES (x'00', 1, 1, zeroblob(200000), 1)");
  for (const end of ['', '-journal']) copyFileSync(`${file}${end}`, `${torn}${end}`);
  database.exec('ROLLBACK');
  database.close();
  assert.ok(statSync(`${torn}-journal`).size > 0);
  assert.deepEqual((await checkEmbeddedMongo(torn)).faults, []);
  assert.deepEqual(await idsIn(torn), oldIds);
});
