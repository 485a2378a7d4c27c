/**
 * Every file of every edition, as the product publishes them: built by the product on an empty folder, then read by other
 * programs and held against what the store says. `docs/evidence/files.md` is the table.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { readConfig } from '../../src/config.ts';
import { openDatabase } from '../../src/database.ts';
import { dayOf } from '../../src/domain/time.ts';
import { createEvidence } from './evidence.ts';
import { faultsFound } from './files/faults.ts';
import { expectedEditions, publishedFiles } from './files/ground.ts';
import type { Ground, Judge, Verdict } from './files/judge.ts';
import { officeJudge } from './files/office.ts';
import { packsJudges } from './files/packs.ts';
import { paperJudge } from './files/paper.ts';
import { takePictures } from './files/pictures.ts';
import { failuresOf, rowsOf, tableOf } from './files/table.ts';
import { missingPackages } from './files/tools.ts';
import { bytesJudge, missingFiles } from './files/whole.ts';
import { wordingFaults } from './files/wording.ts';
import { wordOption } from './files/words.ts';
import { settled, startProduct } from './product.ts';

const root = resolve(import.meta.dirname, '../..');
const tags = ['en-GB', 'tr-TR', 'ar-EG'];
/** So that codes come with their squares and addresses; nothing is asked there. */
const provenBase = 'https://headwater.example';
const given = { folder: wordOption('public'), base: wordOption('base') };
const only = { judge: wordOption('judge'), lesson: wordOption('lesson'), pictures: wordOption('pictures') };
const judges: readonly Judge[] = [bytesJudge, paperJudge, officeJudge, ...packsJudges].filter(
  ({ name }) => only.judge === null || name === only.judge,
);

const missing = await missingPackages();
if (missing.length > 0) {
  console.error(`This proof needs Debian's ${missing.join(', ')}.`);
  process.exit(1);
}
const evidence = createEvidence('files');
const work = mkdtempSync(join(tmpdir(), 'headwater-files-'));
const say = (line: string): void => console.log(`${new Date().toISOString().slice(11, 19)} ${line}`);

/** The folder that is judged and what its files have to hold. */
async function ground(): Promise<Ground> {
  const dataFolder = join(work, 'data');
  mkdirSync(dataFolder);
  if (given.folder === null) {
    const product = await startProduct(['start'], { env: { DATA_DIR: dataFolder, BASE_URL: provenBase } });
    await settled(product, join(dataFolder, 'public'), say).finally(product.stop);
  } else {
    // Somebody may be writing to it: a copy of the store is read.
    for (const name of ['headwater.db', 'headwater.db-wal']) {
      const file = join(dirname(resolve(given.folder)), name);
      if (existsSync(file)) cpSync(file, join(dataFolder, name));
    }
  }
  const publicFolder = given.folder === null ? join(dataFolder, 'public') : resolve(given.folder);
  const base = given.folder === null ? provenBase : given.base;
  const database = await openDatabase(readConfig({ DATA_DIR: dataFolder }), () => {});
  try {
    const editions = await expectedEditions(database.store, tags, dayOf(new Date().toISOString()), base);
    const files = publishedFiles(publicFolder, tags);
    return { publicFolder, base, files, editions, workFolder: join(work, 'judge') };
  } finally {
    await database.close();
  }
}

async function judgeAll(all: Ground): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const judge of judges) {
    const workFolder = join(work, judge.name);
    mkdirSync(workFolder);
    say(`${judge.name} …`);
    verdicts.push(...(await judge.judge({ ...all, workFolder }, (progress) => say(`${judge.name}: ${progress}`))));
    rmSync(workFolder, { recursive: true, force: true });
  }
  return verdicts;
}

try {
  const all = await ground();
  const files = all.files.filter(({ lesson }) => only.lesson === null || lesson === only.lesson);
  say(`${files.length} files, pages and feeds of ${all.editions.length} editions`);
  const verdicts = await judgeAll({ ...all, files });
  if (only.pictures !== null) await takePictures({ ...all, files }, resolve(only.pictures));
  const missed = only.lesson === null ? missingFiles(all.editions, all.files) : [];
  say('faults made on purpose …');
  const faults = await faultsFound(all, judges);
  const violations = [
    ...missed,
    ...wordingFaults(all.editions),
    ...failuresOf(verdicts),
    ...faults.unnoticed.map((fault) => `a fault made on purpose was not noticed: ${fault}`),
  ];
  const rows = rowsOf(files, verdicts);
  const verdict = violations.length === 0 ? 'passed' : 'failed';
  const partly = only.judge !== null || only.lesson !== null;
  const table = tableOf(rows, violations);
  if (partly) console.log(table);
  else {
    writeFileSync(join(root, 'docs/evidence/files.md'), table);
    const counts = {
      files: files.length,
      checks: verdicts.flatMap(({ checks }) => checks).length,
      rows: rows.map(({ checks, ...row }) => ({ ...row, checks: Object.fromEntries(checks) })),
    };
    say(evidence.write({ verdict, seed: null, faultsFired: faults.noticed, counts, violations }));
  }
  for (const violation of violations.slice(0, 40)) console.log(violation);
  say(`${verdict}: ${violations.length} failures`);
  process.exitCode = verdict === 'passed' ? 0 : 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
