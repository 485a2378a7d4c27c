/**
 * The embedded engine through the official driver, beside plain `node:sqlite` doing the same work in a process of its own;
 * then a file of a gigabyte: how soon the engine answers on it, and what its process holds.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEvidence, numberOption } from '../test/prove/evidence.ts';
import { measureLarge } from './engineLarge.ts';
import { compareWithPlain } from './engineRatios.ts';

const rounds = numberOption('rounds', 7);
const seed = numberOption('seed', 6);
const part = (name: string, usual: number): number => numberOption(name, usual);
const sizes = {
  rounds,
  seed,
  documents: part('documents', 100_000),
  bytes: part('bytes', 400),
  points: part('points', 20_000),
  ranges: part('ranges', 500),
  inserts: part('inserts', 500),
  batches: part('batches', 20),
  updates: part('updates', 500),
  megabytes: part('megabytes', 200),
};
if (sizes.documents < 200) throw new Error('--documents needs 200 or more');
/** 1,000 bytes each and two b-trees beside: a million of them is a gigabyte and more. */
const large = { rounds, seed, documents: part('large', 1_000_000), bytes: 900, turns: part('turns', 5) };
const goals = { pointReadsPerSecond: 8000, timesOfPlain: 5, startMs: 300, residentMiB: 250 };

const evidence = createEvidence('engine');
const home = mkdtempSync(join(tmpdir(), 'hw-bench-'));
try {
  const ratios = await compareWithPlain(home, sizes, console.log);
  console.table(
    ratios.map(({ what, enginePerSecond, plainPerSecond, times }) => ({
      what,
      'engine/s': enginePerSecond.median,
      'plain/s': plainPerSecond.median,
      times,
    })),
  );
  const gigabyte = large.documents === 0 ? null : await measureLarge(home, large, console.log);
  console.log(JSON.stringify(gigabyte, null, 2));
  const violations: string[] = [];
  for (const { what, enginePerSecond, times } of ratios) {
    if (what === 'point reads' && enginePerSecond.median < goals.pointReadsPerSecond)
      violations.push(`${what}: ${enginePerSecond.median} a second`);
    if (/^range reads|batches/.test(what) && times > goals.timesOfPlain)
      violations.push(`${what}: ${times} times as long as plain SQLite`);
  }
  if (gigabyte !== null) {
    const { start, residentMiB } = gigabyte;
    if (start.untilFirstAnswerMs.median > goals.startMs)
      violations.push(`the first answer comes after ${start.untilFirstAnswerMs.median} ms`);
    if (residentMiB.most > goals.residentMiB) violations.push(`the engine's process holds ${residentMiB.most} MiB`);
  }
  for (const violation of violations) console.log(violation);
  const verdict = violations.length === 0 ? 'passed' : 'failed';
  const counts = { goals, sizes, ratios, gigabyte };
  console.log(`${verdict}: ${evidence.write({ verdict, seed, counts, faultsFired: null, violations })}`);
  process.exitCode = verdict === 'passed' ? 0 : 1;
} finally {
  rmSync(home, { recursive: true, force: true });
}
