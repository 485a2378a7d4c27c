import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, cpus, getPriority, loadavg, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

export type Verdict = 'passed' | 'failed';

/** What a proof or a bench found, in figures that somebody else can hold against their own. */
export type Findings = {
  readonly verdict: Verdict;
  readonly seed: number | null;
  /** How often what was done. */
  readonly counts: Readonly<Record<string, unknown>>;
  /** Faults that really fired; null where none are injected. A fault that did not fire is not a pass. */
  readonly faultsFired: number | null;
  readonly violations: readonly string[];
};

function git(...words: readonly string[]): string | null {
  try {
    return execFileSync('git', words, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return null;
  }
}

/** Writes `docs/evidence/NAME.json`. The load at the start tells whether the machine was shared. */
export function createEvidence(name: string) {
  const started = new Date();
  const loadAtStart = loadavg().map((each) => Number(each.toFixed(2)));
  return {
    write(findings: Findings): string {
      const changed = git('status', '--porcelain');
      const evidence = {
        name,
        ...findings,
        commit: git('rev-parse', 'HEAD'),
        filesNotInCommit: changed === null || changed === '' ? 0 : changed.split('\n').length,
        started: started.toISOString(),
        seconds: Number(((Date.now() - started.getTime()) / 1000).toFixed(1)),
        machine: {
          node: process.version,
          platform: `${platform()} ${release()} ${arch()}`,
          cpu: cpus()[0]?.model ?? 'unknown',
          cpus: cpus().length,
          memoryGiB: Number((totalmem() / 2 ** 30).toFixed(1)),
          priority: getPriority(),
          loadAtStart,
          loadAtEnd: loadavg().map((each) => Number(each.toFixed(2))),
        },
      };
      const folder = join(root, 'docs/evidence');
      mkdirSync(folder, { recursive: true });
      const file = join(folder, `${name}.json`);
      writeFileSync(file, `${JSON.stringify(evidence, null, 2)}\n`);
      return file;
    },
  };
}

/** The number behind `--name` on the command line, or what is usual. */
export function numberOption(name: string, usual: number, words: readonly string[] = process.argv.slice(2)): number {
  const at = words.findIndex((word) => word === `--${name}` || word.startsWith(`--${name}=`));
  if (at === -1) return usual;
  const given = Number(words[at]?.includes('=') ? words[at]?.split('=')[1] : words[at + 1]);
  if (!Number.isInteger(given) || given < 0) throw new Error(`--${name} needs a whole number`);
  return given;
}

/** The words behind `--name` on the command line, or null. */
export function textOption(name: string, words: readonly string[] = process.argv.slice(2)): string | null {
  const at = words.findIndex((word) => word === `--${name}` || word.startsWith(`--${name}=`));
  if (at === -1) return null;
  const given = words[at]?.includes('=') ? words[at]?.split('=').slice(1).join('=') : words[at + 1];
  if (given === undefined || given === '') throw new Error(`--${name} needs a value`);
  return given;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Median and both ends, rounded for people. */
export const spreadOf = (values: readonly number[], digits = 1) => ({
  median: Number(median(values).toFixed(digits)),
  least: Number(Math.min(...values).toFixed(digits)),
  most: Number(Math.max(...values).toFixed(digits)),
});

/** Numbers in [0, 1) that a seed gives again (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
