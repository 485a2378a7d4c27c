import { setFlagsFromString } from 'node:v8';

/**
 * Lets the heap grow by no more than four fifths of what is alive between two collections, where V8 by itself trebles it: a
 * national partner's server is small and shared. Publishing then takes a tenth less memory, in hardly more time.
 */
export function growGently(): void {
  setFlagsFromString('--heap-growing-percent=80');
}

/** What a process has to be started with; none of it can be said to one that runs. */
export type Start = { readonly execArgv: readonly string[]; readonly env: Readonly<Record<string, string>> };

/**
 * How the server's process begins. By itself V8 keeps 64 MB for what has just been made, and the memory of Linux keeps a
 * heap for each thread that ever compressed a page: measured on the files of one edition, together a quarter of what the server holds.
 */
export const smallStart: Start = { execArgv: ['--max-semi-space-size=4'], env: { MALLOC_ARENA_MAX: '2' } };

/** Begins this process again as it should have begun, where that has not been done and the system can; else goes on. */
export function beginSmall(): void {
  const { execArgv, env } = smallStart;
  const begun = Object.keys(env).every((name) => process.env[name] !== undefined);
  if (begun || process.platform !== 'linux' || process.execve === undefined) return;
  // One that was forked has a line to its parent, which would be cut.
  if (process.send !== undefined) return;
  const words = [process.execPath, ...process.execArgv, ...execArgv, ...process.argv.slice(1)];
  process.execve(process.execPath, words, { ...process.env, ...env });
}
