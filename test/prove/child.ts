import { type ChildProcess, fork } from 'node:child_process';
import { writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** One thing a child said, and when it was heard. */
export type Said = { readonly at: number; readonly word: string; readonly data: unknown };

export type Child = {
  /** Everything said so far, in order. */
  readonly said: readonly Said[];
  /** Resolves when the word is said; rejects when the child ends before. */
  readonly hear: (word: string) => Promise<Said>;
  readonly tell: (message: object | string) => void;
  readonly kill: () => void;
  /** The signal that ended it, or null. */
  readonly ended: Promise<NodeJS.Signals | null>;
  readonly process: ChildProcess;
};

/** In a child: said at once, so that a kill right after it cannot swallow it. */
export function say(word: string, data: unknown = null): void {
  writeSync(1, `${JSON.stringify({ word, data })}\n`);
}

/** In a child: the next message of the parent. */
export const told = <T>(): Promise<T> =>
  new Promise((resolve) => process.once('message', (message: T) => resolve(message)));

type Waiting = { readonly word: string; readonly done: (said: Said) => void; readonly fail: (error: Error) => void };

const compileCache = join(tmpdir(), 'headwater-prove-modules');

/** What a child finds around it, other than what this process has; and as which user it runs. */
export type Surroundings = {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly user?: number | null;
};

/** Starts a script that says lines on its standard output. */
export function startChild(
  script: string,
  words: readonly string[] = [],
  execArgv: readonly string[] = [],
  { env = {}, cwd = process.cwd(), user = null }: Surroundings = {},
): Child {
  const child = fork(script, [...words], {
    ...(user === null ? {} : { uid: user, gid: user }),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [...execArgv],
    cwd,
    serialization: 'advanced',
    // A life is short: most of it would be spent on reading the same modules again.
    env: { ...process.env, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? compileCache, ...env },
  });
  const said: Said[] = [];
  let waiting: Waiting[] = [];
  let problem = '';
  let over = false;
  child.stderr?.on('data', (chunk: Buffer) => {
    problem = (problem + chunk.toString('utf8')).slice(-4000);
  });
  if (child.stdout === null) throw new Error('the child has no output');
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    if (!line.startsWith('{"word"')) return;
    const { word, data } = JSON.parse(line) as { word: string; data: unknown };
    const heard = { at: performance.now(), word, data };
    said.push(heard);
    const met = waiting.filter((one) => one.word === word);
    waiting = waiting.filter((one) => one.word !== word);
    for (const { done } of met) done(heard);
  });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    // `close`: the process is gone and all it said has been heard.
    child.on('close', (_, signal) => {
      over = true;
      for (const { word, fail } of waiting) fail(new Error(`the child ended before "${word}": ${problem}`));
      waiting = [];
      resolve(signal);
    });
  });
  return {
    said,
    ended,
    process: child,
    hear: (word) => {
      const before = said.find((one) => one.word === word);
      if (before !== undefined) return Promise.resolve(before);
      if (over) return Promise.reject(new Error(`the child ended before "${word}": ${problem}`));
      return new Promise((done, fail) => waiting.push({ word, done, fail }));
    },
    tell: (message) => {
      if (child.connected) child.send(message);
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));
