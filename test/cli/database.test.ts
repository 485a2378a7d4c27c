import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { readConfig } from '../../src/config.ts';
import { openDatabase } from '../../src/database.ts';
import { installation, command as installed } from './installed.ts';

/** Fails, as a shell does, with what the command printed. */
async function command(folder: string, ...words: readonly string[]): Promise<{ readonly stdout: string }> {
  const { code, text } = await installed(folder, words);
  assert.equal(code, 0, text);
  return { stdout: text };
}

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
