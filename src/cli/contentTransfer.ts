import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exportContent } from '../commands/content/exportContent.ts';
import { leftBehind } from '../commands/content/leftBehind.ts';
import type { Config } from '../config.ts';
import { openDatabase } from '../database.ts';
import { readContentFolder } from '../files/contentFolder.ts';
import { homesOf } from '../formats/content/readBaseline.ts';
import { filesWithin } from '../formats/content/within.ts';
import { start } from '../main.ts';
import { staysBehind } from './staysBehind.ts';

const ownContent = join(import.meta.dirname, '../../content');

/** `content export FOLDER`: writes into an empty folder. Drawings and wording rules are of the program, and come along. */
export async function exportTo(config: Config, folder: string): Promise<number> {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    console.error(`${folder} is not empty; an export never overwrites anything.`);
    return 1;
  }
  const database = await openDatabase(config, () => {});
  try {
    const homes = homesOf(filesWithin(await readContentFolder(ownContent), 'baseline/'));
    const files = await exportContent(database.store, homes);
    if (files.size === 0) {
      console.error('There is no release in this data folder: nothing was written.');
      return 1;
    }
    for (const [file, text] of files) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    for (const part of ['baseline/drawings', 'wording']) {
      if (existsSync(join(ownContent, part))) cpSync(join(ownContent, part), join(folder, part), { recursive: true });
    }
    console.log(`${files.size} files written to ${folder}`);
    console.log(staysBehind(await leftBehind(database.store)));
    return 0;
  } finally {
    await database.close();
  }
}

/** `content import FOLDER`: what a first start does, from this folder, and then it ends. */
export async function importFrom(config: Config, folder: string): Promise<number> {
  if (!existsSync(join(folder, 'baseline'))) {
    console.error(`${folder} is no content folder: it has no baseline/.`);
    return 1;
  }
  // The address is gone with this command, so its sign-in links are kept back: the next start prints new ones.
  const print = (line: string): void => {
    if (!line.includes('http://')) console.log(line);
  };
  const away = { ...config, port: 0, host: '127.0.0.1' };
  const running = await start(away, { contentFolder: folder, logLevel: 'warn', print });
  try {
    const seeding = await running.ready;
    if (seeding.kind === 'seeded') console.log('Everything in it is in the data folder.');
    return seeding.kind === 'seeded' ? 0 : 1;
  } finally {
    await running.close();
  }
}
