import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { checkEmbeddedMongo, copyDatabase, restoreEmbeddedMongo } from '../../src/embedded-mongo/index.ts';

/** The system calls that can change what is on the disk, or who holds the lock. Between two of them nothing changes. */
const changing = [
  ...['rename', 'renameat2', 'link', 'unlink', 'openat', 'close', 'pwrite64', 'write', 'ftruncate', 'fallocate'],
  ...['fsync', 'fdatasync', 'copy_file_range', 'sendfile', 'ioctl'],
] as const;
type Call = (typeof changing)[number];

const beside = resolve(import.meta.dirname, '../embedded-mongo');

export type RestoreKills = {
  /** Kills that really fired. */
  readonly fired: number;
  readonly byCall: Readonly<Partial<Record<Call, number>>>;
  readonly leftOld: number;
  readonly leftNew: number;
  readonly violations: readonly string[];
};

/**
 * Kills a restore, with strace, at every system call in turn that changes the database in place, its log or its lock,
 * until one comes to its end. The database in place is each time one that a kill left with a log not yet merged.
 * Afterwards the old one has to be there whole, or the new one; and a restore that is not killed then succeeds.
 */
export async function proveRestoreKills(onKill: (line: string) => void, atMost = 1000): Promise<RestoreKills> {
  const root = mkdtempSync(join(tmpdir(), 'hw-restore-kill-'));
  try {
    const old = join(root, 'old.db');
    await writeAndKill(old, 120);
    const other = join(root, 'other.db');
    await writeAndKill(other, 40);
    const backup = join(root, 'backup.db');
    await copyDatabase(other, backup);
    const oldHash = await hashOf(old);
    const newHash = await hashOf(backup);
    const violations: string[] = [];
    const left = { old: 0, new: 0 };
    const byCall: Partial<Record<Call, number>> = {};
    let fired = 0;
    // Strace counts each call by itself: every one has a row of its own, until the restore has no more of that kind.
    for (let [row, at] = [0, 1]; row < changing.length && fired < atMost; at++) {
      const call = changing[row] as Call;
      const folder = mkdtempSync(join(root, 'run-'));
      const file = join(folder, 'live.db');
      for (const end of ['', '-wal']) copyFileSync(`${old}${end}`, `${file}${end}`);
      const killed = await restoreUnderStrace(backup, file, { call, at });
      const hash = existsSync(file) ? await hashOf(file) : 'no file';
      if (hash === oldHash && killed) left.old++;
      else if (hash === newHash) left.new += killed ? 1 : 0;
      else violations.push(`kill at ${call} ${at}: ${hash}; ${readdirSync(folder).join(', ')}`);
      if (killed) {
        fired++;
        byCall[call] = at;
        await restoreEmbeddedMongo(backup, file);
        const after = await hashOf(file);
        if (after !== newHash) violations.push(`kill at ${call} ${at}: the restore after it left ${after}`);
        const kept = readdirSync(folder).filter((name) => /before-restore-[^/]*Z$/.test(name));
        const hashes = await Promise.all(kept.map((name) => hashOf(join(folder, name))));
        if (!hashes.includes(oldHash))
          violations.push(`kill at ${call} ${at}: the old database is not kept: ${hashes.join(', ')}`);
      }
      rmSync(folder, { recursive: true });
      if (!killed) {
        onKill(`${call}: ${at - 1} kills; so far ${left.old} left the old, ${left.new} the new`);
        [row, at] = [row + 1, 0];
      }
    }
    return { fired, byCall, leftOld: left.old, leftNew: left.new, violations };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** A database that a server wrote `documents` into before it was killed: a part of them is in its log only. */
async function writeAndKill(file: string, documents: number): Promise<void> {
  const child = spawn(process.execPath, [join(beside, 'child.ts'), file, 'write'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const over = ended(child);
  for await (const line of createInterface({ input: child.stdout }))
    if (Number(line) >= documents) child.kill('SIGKILL');
  await over;
  if (statSync(`${file}-wal`).size === 0) throw new Error('the kill left no log');
}

const ended = (child: ChildProcess): Promise<NodeJS.Signals | null> =>
  new Promise((done) => child.once('exit', (_, signal) => done(signal)));

/** True where the kill fired. Strace ends by the signal that ended what it traced. */
async function restoreUnderStrace(
  backup: string,
  file: string,
  { call, at }: { readonly call: Call; readonly at: number },
): Promise<boolean> {
  const command = [process.execPath, join(beside, 'restoreChild.ts'), backup, file];
  const paths = ['', '-wal', '-shm', '-journal', '.lock', '.restoring'].flatMap((end) => ['-P', `${file}${end}`]);
  const injected = ['-f', '-qq', '-o', '/dev/null', ...paths, '-e', `inject=${call}:signal=KILL:when=${at}`];
  const child = spawn('strace', [...injected, ...command], { stdio: ['ignore', 'ignore', 'inherit'] });
  const { promise, resolve: done, reject } = Promise.withResolvers<boolean>();
  child.once('error', reject);
  child.once('exit', (code, signal) =>
    code === 0 || signal === 'SIGKILL'
      ? done(signal === 'SIGKILL')
      : reject(new Error(`the restore ended with ${code}`)),
  );
  return promise;
}

/** The hash of everything in a database file, which has to be whole. */
async function hashOf(file: string): Promise<string> {
  const { faults, collections } = await checkEmbeddedMongo(file);
  if (faults.length > 0) return `damaged: ${JSON.stringify(faults)}`;
  return collections.map(({ name, hash, indexes }) => `${name} ${indexes} ${hash}`).join(' ');
}
