import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EveryCall, proveEveryCall } from './engine-crash/everyCall.ts';
import { type FullDisk, proveFullDisk } from './engine-crash/fullDisk.ts';
import { proveRandomKills, type RandomKills } from './engine-crash/randomKills.ts';
import { makeTemplate } from './engine-crash/template.ts';
import { hasStrace } from './engine-crash/traced.ts';
import { createEvidence, numberOption } from './evidence.ts';

const kills = numberOption('kills', 2000);
const every = numberOption('every', 1);
const seed = numberOption('seed', 20261124);
const evidence = createEvidence('engine-crash');
const folder = mkdtempSync(join(tmpdir(), 'hw-crash-'));
const print = (line: string): void => console.log(line);

if (process.platform !== 'linux' || !hasStrace()) {
  console.error('This proof needs Linux and strace (Debian: apt-get install strace).');
  process.exit(1);
}

let everyCall: EveryCall | undefined;
let fullDisk: FullDisk | undefined;
let randomKills: RandomKills | undefined;
try {
  if (every > 0) {
    everyCall = await proveEveryCall({
      folder,
      template: await makeTemplate(join(folder, 'template')),
      every,
      onLife: print,
    });
  }
  fullDisk = await proveFullDisk(folder, print).catch((error: unknown) => {
    throw new Error(`a small disk cannot be filled here (mounting one needs root): ${String(error)}`);
  });
  randomKills = await proveRandomKills({ folder: join(folder, 'kills'), kills, seed, onKill: print });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const violations = [everyCall, fullDisk, randomKills].flatMap((each) => each?.violations ?? []);
const faultsFired =
  Object.values(everyCall?.fired ?? {}).reduce((sum, each) => sum + each, 0) + fullDisk.refused + randomKills.kills;
const bare = <T extends { readonly violations: readonly string[] }>(found: T | undefined) => {
  if (found === undefined) return null;
  const { violations: _, ...counts } = found;
  return counts;
};
const counts = { everyCall: bare(everyCall), fullDisk: bare(fullDisk), randomKills: bare(randomKills) };
console.log(JSON.stringify(counts, null, 2));
for (const violation of violations) console.log(violation);
const verdict = violations.length === 0 && randomKills.kills >= kills ? 'passed' : 'failed';
console.log(`${verdict}: ${evidence.write({ verdict, seed, faultsFired, counts, violations })}`);
process.exitCode = verdict === 'passed' ? 0 : 1;
