import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pause, startChild } from './child.ts';
import { median, randomFrom } from './evidence.ts';
import { provenEdition } from './river.ts';
import { type Census, censusOf, comparedWhole, differences } from './storeCensus.ts';

export type StartKillResult = {
  readonly fired: number;
  /** Kills after the start had finished: not counted. */
  readonly missed: number;
  /** First starts on a fresh folder that were killed and brought to their end. */
  readonly folders: number;
  readonly mostKillsOnOneFolder: number;
  readonly beforeListening: number;
  /** How far the undisturbed start gets, in ms after the process began. */
  readonly undisturbedMs: number;
  /** Of these, from listening to ready. */
  readonly ofItSeedingMs: number;
  readonly counts: Census['counts'];
  readonly comparedWhole: readonly string[];
  readonly violations: readonly string[];
};

export type StartKillOptions = {
  readonly kills: number;
  readonly seed: number;
  /** With one lesson of one edition, where the whole seed would take too long. */
  readonly small?: boolean;
  /** On the real content instead of the small river: each start takes a minute. */
  readonly whole?: boolean;
  /** Starts without a kill, to compare with. */
  readonly undisturbed?: number;
  readonly onKill?: (line: string) => void;
};

const script = join(import.meta.dirname, 'startChild.ts');
const seedFolder = join(import.meta.dirname, '../river/content');
const wholeFolder = join(import.meta.dirname, '../../content');

/** Leaves one edition in the seed, and offers one lesson of it. */
function makeSmall(content: string): void {
  const editions = join(content, 'editions');
  for (const tag of readdirSync(editions)) {
    if (tag !== provenEdition) rmSync(join(editions, tag), { recursive: true });
  }
  const file = join(editions, provenEdition, 'edition.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('C3: { state: offered }', 'C3: { state: planned }'));
}

/** Kills first starts at random moments, starts again until they finish, and compares with undisturbed ones. */
export async function proveStartKill(options: StartKillOptions): Promise<StartKillResult> {
  const { kills, seed, small = false, whole = false, undisturbed: calmStarts = 2, onKill = () => {} } = options;
  const random = randomFrom(seed);
  const home = mkdtempSync(join(tmpdir(), 'headwater-start-kill-'));
  const violations: string[] = [];
  const count = { fired: 0, missed: 0, folders: 0, beforeListening: 0, most: 0 };

  const content = join(home, 'content');
  cpSync(whole ? wholeFolder : seedFolder, content, { recursive: true });
  if (small) makeSmall(content);

  async function undisturbed(
    name: string,
  ): Promise<{ readonly census: Census; readonly lasted: number; readonly seeding: number }> {
    const folder = join(home, name);
    const began = performance.now();
    const child = startChild(script, [folder, content]);
    const listening = (await child.hear('listening')).at;
    const lasted = (await child.hear('ready')).at - began;
    const seeding = began + lasted - listening;
    await child.hear('closed');
    await child.ended;
    const census = await censusOf(folder);
    rmSync(folder, { recursive: true, force: true });
    return { census, lasted, seeding };
  }

  /** One fresh folder: killed, started, killed … until a start outruns its kill or nothing is left to kill. */
  async function trial(lasted: number, seeding: number): Promise<Census> {
    const folder = join(home, `trial-${count.folders}`);
    let here = 0;
    for (;;) {
      const child = startChild(script, [folder, content]);
      const last = count.fired >= kills;
      // One in four anywhere in the life of the process, the others while it seeds, sets its files and opens its pages.
      const anywhere = count.fired % 4 === 3;
      const moment = random() * (anywhere ? lasted : seeding);
      if (!last) {
        if (!anywhere) await Promise.race([child.hear('listening').catch(() => {}), child.ended]);
        await Promise.race([pause(moment), child.ended]);
        child.kill();
      }
      const signal = await child.ended;
      const words = child.said.map(({ word }) => word);
      if (words.includes('ready')) {
        if (signal === 'SIGKILL') count.missed++;
        else if (!words.includes('closed')) violations.push('a start came to no end');
        break;
      }
      if (signal !== 'SIGKILL') {
        const problem = await child.hear('ready').catch(String);
        violations.push(`after ${here} kills a start failed: ${problem}`);
        break;
      }
      count.fired++;
      here++;
      if (!words.includes('listening')) count.beforeListening++;
      const since = anywhere ? 'the process began' : 'it listened';
      onKill(`${count.fired}: ${Math.round(moment)} ms after ${since}, ${words.at(-1) ?? 'not running yet'}`);
    }
    count.most = Math.max(count.most, here);
    const census = await censusOf(folder);
    rmSync(folder, { recursive: true, force: true });
    return census;
  }

  try {
    const calm: Awaited<ReturnType<typeof undisturbed>>[] = [];
    for (let number = 0; number < calmStarts; number++) calm.push(await undisturbed(`calm-${number}`));
    const censuses = calm.map(({ census }) => census);
    const lasted = median(calm.map((one) => one.lasted));
    const seeding = median(calm.map((one) => one.seeding));
    while (count.fired < kills) {
      const found = differences(censuses, await trial(lasted, seeding));
      count.folders++;
      for (const text of found) {
        violations.push(`folder ${count.folders}: ${text}`);
        onKill(`VIOLATION folder ${count.folders}: ${text}`);
      }
    }
    return {
      fired: count.fired,
      missed: count.missed,
      folders: count.folders,
      mostKillsOnOneFolder: count.most,
      beforeListening: count.beforeListening,
      undisturbedMs: Math.round(lasted),
      ofItSeedingMs: Math.round(seeding),
      counts: censuses[0]?.counts ?? {},
      comparedWhole: comparedWhole(censuses),
      violations,
    };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
