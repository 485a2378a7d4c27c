import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Config } from '../config.ts';
import { backupDatabase, restoreDatabase } from '../database.ts';

/** `db backup FILE` and `db restore FILE`, on the embedded database. A MongoDB server has tools of its own. */
export async function database(config: Config, verb: string, [file]: readonly string[]): Promise<number> {
  if ((verb !== 'backup' && verb !== 'restore') || file === undefined) {
    console.error('headwater db backup FILE, or headwater db restore FILE');
    return 1;
  }
  if (config.mongodbUri !== null) {
    console.error('MONGODB_URI is set: use mongodump and mongorestore for that server.');
    return 1;
  }
  const target = resolve(file);
  if (verb === 'backup') {
    if (existsSync(target)) {
      console.error(`${target} is there already; a backup never overwrites one.`);
      return 1;
    }
    await backupDatabase(config, target);
    console.log(`Written and verified: ${target}`);
    return 0;
  }
  if (!existsSync(target)) {
    console.error(`There is no ${target}.`);
    return 1;
  }
  const aside = `${config.databaseFile}.before-restore-${new Date().toISOString().replaceAll(':', '-')}`;
  if (existsSync(config.databaseFile)) await rename(config.databaseFile, aside);
  await restoreDatabase(config, target);
  console.log(`Restored into ${config.databaseFile}.${existsSync(aside) ? ` The file before is ${aside}.` : ''}`);
  return 0;
}
