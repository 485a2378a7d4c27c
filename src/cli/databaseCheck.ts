import { existsSync } from 'node:fs';
import type { Config } from '../config.ts';
import type { CollectionReport } from '../database.ts';
import { checkEmbeddedMongo, checkServer, withStoreToCheck } from '../databaseCheck.ts';
import { recomputeHashes } from './databaseHashes.ts';
import { createProgress } from './databaseProgress.ts';

type Line = { readonly place: string; readonly problem: string };

/** `db check`: prints what was looked at, what is wrong and what to do. Returns 1 on any fault. */
export async function checkDatabase(config: Config): Promise<number> {
  const { mongodbUri, databaseFile } = config;
  if (mongodbUri === null && !existsSync(databaseFile)) throw new Error(`There is no database at ${databaseFile}.`);
  const progress = createProgress();
  try {
    const report = await (mongodbUri === null
      ? checkEmbeddedMongo(databaseFile, { onProgress: progress.show })
      : checkServer(mongodbUri, progress.show));
    progress.end();
    printCollections(report.collections);
    if (mongodbUri === null) say('SQLite, catalogue, indexes', verdictOf(report.faults));
    else if ('validated' in report && !report.validated)
      say('indexes', 'not looked at: the server has no "validate" for this user');
    else say('validation by the server', verdictOf(report.faults));
    for (const fault of report.faults) printFault(fault);
    if (report.faults.length > 0) {
      say('releases, publications', 'not looked at: the database underneath is damaged');
      advise(
        mongodbUri === null,
        report.faults.every(({ kind }) => kind === 'index'),
      );
      return 1;
    }
    const hashes = await withStoreToCheck(config, (store) =>
      recomputeHashes(store, (step, done, of) => progress.show({ step, done, of })),
    );
    progress.end();
    if ('why' in hashes) {
      say('releases, publications', `not looked at: ${hashes.why}`);
      console.log('\nSound, as far as it could be looked at.');
      return 0;
    }
    const { releases, publications, lessons, faults } = hashes;
    say('releases', `${releases}, Merkle roots computed anew`);
    say('publications', `${publications} with ${lessons} lessons, hashes computed anew`);
    for (const fault of faults) printFault(fault);
    if (faults.length === 0) {
      console.log('\nSound.');
      return 0;
    }
    advise(mongodbUri === null, false);
    return 1;
  } finally {
    progress.end();
  }
}

/** One line for each collection: the whole hash, so that two databases can be compared by eye or by diff. */
export function printCollections(collections: readonly CollectionReport[]): void {
  const names = collections.map(({ db, name }) => `${db}.${name}`);
  const width = Math.max(10, ...names.map((name) => name.length));
  console.log(`${'collection'.padEnd(width)}  documents  indexes  hash`);
  for (const [i, { documents, indexes, hash }] of collections.entries()) {
    const name = (names[i] ?? '').padEnd(width);
    console.log(`${name}  ${String(documents).padStart(9)}  ${String(indexes).padStart(7)}  ${hash}`);
  }
}

const say = (what: string, found: string): void => console.log(`${what.padEnd(28)}${found}`);
const verdictOf = (faults: readonly Line[]): string => (faults.length === 0 ? 'sound' : `${faults.length} faults`);
const printFault = ({ place, problem }: Line): void => console.log(`  FAULT  ${place}: ${problem}`);

function advise(isEmbedded: boolean, isOnlyIndexes: boolean): void {
  console.log('\nDamaged.');
  if (!isEmbedded) {
    console.log('Stop the product, keep a dump of the server, and restore the last one that was sound (mongorestore).');
    return;
  }
  console.log('Stop the product and keep a copy of the database file as it is.');
  if (isOnlyIndexes) console.log('The documents are whole: only indexes differ from them.');
  console.log('Then put the last sound backup in its place: npx headwater db restore FILE');
}
