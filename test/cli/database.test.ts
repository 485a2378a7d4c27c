import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { makeFolders, readConfig } from '../../src/config.ts';
import { openDatabase } from '../../src/database.ts';

const run = promisify(execFile);
const headwater = resolve(import.meta.dirname, '../../headwater.mjs');
const folders: string[] = [];
after(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function installation(): Promise<ReturnType<typeof readConfig>> {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-cli-'));
  folders.push(folder);
  const config = readConfig({ DATA_DIR: folder });
  makeFolders(config);
  return config;
}

const command = (folder: string, ...words: readonly string[]) =>
  run(process.execPath, [headwater, ...words], { env: { ...process.env, DATA_DIR: folder } });

const partner = { id: 'tr-partner', name: 'Türkiye', kind: 'national', jurisdictions: ['TR'] } as const;

test('a backup is made while the database is in use, and restores into a fresh folder', async () => {
  const used = await installation();
  const open = await openDatabase(used, () => {});
  await open.store.partners.save(partner);
  const copy = join(used.dataFolder, 'copy.db');
  const { stdout } = await command(used.dataFolder, 'db', 'backup', copy);
  assert.match(stdout, /Written and verified/);
  await open.store.partners.save({ ...partner, id: 'later', name: 'after the backup' });
  await open.close();

  const fresh = await installation();
  await command(fresh.dataFolder, 'db', 'restore', copy);
  const restored = await openDatabase(fresh, () => {});
  const partners = await restored.store.partners.all();
  await restored.close();
  assert.deepEqual(partners, [partner]);
});

test('a backup overwrites a file only when told, and a restore needs one', async () => {
  const { dataFolder } = await installation();
  const copy = join(dataFolder, 'copy.db');
  await assert.rejects(command(dataFolder, 'db', 'backup', copy), /There is no database/);
  await (await openDatabase(readConfig({ DATA_DIR: dataFolder }), () => {})).close();
  await assert.rejects(command(dataFolder, 'db', 'backup', join(dataFolder, 'none', 'copy.db')), /There is no folder/);
  await command(dataFolder, 'db', 'backup', copy);
  await assert.rejects(command(dataFolder, 'db', 'backup', copy), /is there already/);
  await command(dataFolder, 'db', 'backup', copy, '--replace');
  await assert.rejects(command(dataFolder, 'db', 'restore', join(dataFolder, 'missing.db')), /There is no/);
});

test('a restore under a running product is refused, and nothing is lost', async () => {
  const used = await installation();
  const open = await openDatabase(used, () => {});
  await open.store.partners.save(partner);
  const copy = join(used.dataFolder, 'copy.db');
  await command(used.dataFolder, 'db', 'backup', copy);
  const later = { ...partner, id: 'later' };
  await open.store.partners.save(later);
  await assert.rejects(command(used.dataFolder, 'db', 'restore', copy), /is in use: stop the process/);
  const last = { ...partner, id: 'last' };
  await open.store.partners.save(last);
  await open.close();
  const again = await openDatabase(used, () => {});
  const partners = await again.store.partners.all();
  await again.close();
  assert.deepEqual(partners.map(({ id }) => id).sort(), ['last', 'later', partner.id]);
  const { stdout } = await command(used.dataFolder, 'db', 'restore', copy);
  assert.match(stdout, /The database before is .*before-restore/);
});
