import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { copyDatabase, restoreEmbeddedMongo } from '../database.ts';
import { checkDatabase, printCollections } from './databaseCheck.ts';
import { moveDatabase } from './databaseMove.ts';
import { createProgress } from './databaseProgress.ts';

const usage = `headwater db backup FILE [--replace]
headwater db restore FILE
headwater db check
headwater db move --to mongodb://… [--replace]
headwater db move --from mongodb://… [--replace]`;

/** `db backup`, `restore`, `check` and `move`. Backups of a MongoDB server are for its own tools. */
export async function database(config: Config, verb: string, words: readonly string[]): Promise<number> {
  try {
    return await run(config, verb, words);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

async function run(config: Config, verb: string, words: readonly string[]): Promise<number> {
  if (verb === 'check' && words.length === 0) return checkDatabase(config);
  if (verb === 'move') return moveDatabase(config, words);
  const [file, ...more] = words.filter((word) => !word.startsWith('--'));
  const options = words.filter((word) => word.startsWith('--'));
  const known = verb === 'backup' ? ['--replace'] : [];
  const isWrong = more.length > 0 || options.some((option) => !known.includes(option));
  if ((verb !== 'backup' && verb !== 'restore') || file === undefined || isWrong) {
    console.error(usage);
    return 1;
  }
  if (config.mongodbUri !== null) {
    console.error('MONGODB_URI is set: use mongodump and mongorestore for that server.');
    return 1;
  }
  return verb === 'backup'
    ? backup(config.databaseFile, resolve(file), options.includes('--replace'))
    : restore(resolve(file), config.databaseFile);
}

async function backup(source: string, target: string, replace: boolean): Promise<number> {
  if (!existsSync(source)) throw new Error(`There is no database at ${source}.`);
  if (!existsSync(dirname(target))) throw new Error(`There is no folder ${dirname(target)}.`);
  if (target === source) throw new Error(`${target} is the database itself.`);
  if (existsSync(target) && !replace)
    throw new Error(`${target} is there already; with --replace it is put in its place.`);
  const progress = createProgress();
  const collections = await copyDatabase(source, target, { replace, onProgress: progress.show }).finally(progress.end);
  printCollections(collections);
  console.log(`Written and verified: ${target}`);
  return 0;
}

async function restore(source: string, target: string): Promise<number> {
  if (!existsSync(source)) throw new Error(`There is no ${source}.`);
  const progress = createProgress();
  const { kept } = await restoreEmbeddedMongo(source, target, { onProgress: progress.show }).finally(progress.end);
  console.log(`Restored into ${target}.${kept === null ? '' : ` The database before is ${kept}.`}`);
  return 0;
}
