import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

/** What writes, as Linux calls it; a machine that lacks one does not use it. */
export const writingCalls = [
  ...['pwrite64', 'pwritev', 'write', 'writev', 'fsync', 'fdatasync', 'ftruncate', 'fallocate'],
  ...['unlink', 'unlinkat', 'rename', 'renameat', 'renameat2', 'openat', 'fchmod', 'chmod'],
] as const;

/** A fault at the calls `first` to `last` of that name, counted from the start of the engine. */
export type Fault = {
  readonly call: string;
  readonly what: 'signal=KILL' | 'error=EIO' | 'error=ENOSPC';
  readonly first: number;
  readonly last: number;
};

export type Life = {
  readonly said: readonly { readonly word: string; readonly data: unknown }[];
  readonly killed: boolean;
  /** How often the fault fired. */
  readonly fired: number;
  /** Without a fault: how often each call came. */
  readonly calls: Readonly<Record<string, number>>;
  readonly problem: string;
};

export function hasStrace(): boolean {
  try {
    execFileSync('strace', ['-V'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const longestLife = 60_000;
/** A life is short: most of it would be spent on reading the same modules again. */
const compileCache = join(tmpdir(), 'headwater-prove-modules');

/** Runs one life under strace; only calls about the database's own files are seen, and only one thread makes them. */
export async function traceLife(file: string, fault: Fault | undefined): Promise<Life> {
  const log = join(dirname(file), 'calls');
  const own = ['', '-wal', '-shm', '.lock', '.address', '.address.new', '.sock'].map((end) => `${file}${end}`);
  const inject = fault && `inject=${fault.call}:${fault.what}:when=${fault.first}..${fault.last}`;
  const child = spawn(
    'strace',
    [
      // Faster with a filter in the kernel; but then strace does not deliver signals.
      ...['-f', ...(fault?.what === 'signal=KILL' ? [] : ['--seccomp-bpf']), '-o', log],
      ...[...own, dirname(file)].flatMap((path) => ['-P', path]),
      ...['-e', `trace=${fault ? fault.call : writingCalls.map((call) => `?${call}`).join()}`],
      ...(inject ? ['-e', inject] : []),
      ...[process.execPath, join(import.meta.dirname, 'life.ts'), file],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], detached: true, env: { ...process.env, NODE_COMPILE_CACHE: compileCache } },
  );
  const late = setTimeout(() => stop(child.pid), longestLife);
  const said: { word: string; data: unknown }[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('{"word"')) said.push(JSON.parse(line) as { word: string; data: unknown });
  });
  let problem = '';
  child.stderr.on('data', (bytes: Buffer) => {
    problem = (problem + bytes.toString('utf8')).slice(-2000);
  });
  await new Promise<void>((done) => child.on('close', () => done()));
  clearTimeout(late);
  const lines = readFileSync(log, 'utf8').split('\n');
  const injected = lines.filter((line) => line.endsWith('(INJECTED)')).length;
  const killed = lines.some((line) => line.endsWith('+++ killed by SIGKILL +++'));
  return {
    said,
    killed,
    fired: fault?.what === 'signal=KILL' ? Number(killed) : injected,
    calls: countCalls(lines),
    problem,
  };
}

/** The whole group: strace, and what it traces. It counts as a life that did not come to its end. */
function stop(pid: number | undefined): void {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL');
}

function countCalls(lines: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const line of lines) {
    const call = /^\d+ +(\w+)\(/.exec(line)?.[1];
    if (call) counts[call] = (counts[call] ?? 0) + 1;
  }
  return counts;
}
