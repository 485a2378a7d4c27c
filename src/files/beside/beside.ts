import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { FileError } from '../../formats/files/fileError.ts';
import { yieldToReaders } from '../yieldToReaders.ts';
import type { Answer } from './besideLoop.ts';

export type BesideOptions = {
  readonly timeoutMs?: number;
  /** How long the process without work stays. */
  readonly idleMs?: number;
  /** What its JavaScript may hold. */
  readonly megabytes?: number;
  /** Once it holds as much as this, it is replaced after its work: what pictures and archives leave behind adds up. */
  readonly replacedAt?: number;
};

/** Functions as their modules export them: values in, bytes out. */
type Pure = (...given: never[]) => unknown;

export type Beside = {
  /**
   * The same function in a process of its own, so that a format that takes long keeps no reader waiting, and its memory
   * goes when it ends. What it is given and returns is copied: plain values, maps and bytes. Rejects with a `FileError`.
   */
  readonly of: <F extends Pure>(
    module: URL,
    name: string,
  ) => (...given: Parameters<F>) => Promise<Awaited<ReturnType<F>>>;
  /** Ends the process; what waits is rejected. */
  readonly close: () => Promise<void>;
};

const script = fileURLToPath(new URL('./besideLoop.ts', import.meta.url));

type Waiting = { readonly resolve: (made: unknown) => void; readonly reject: (error: FileError) => void };

function startBeside(megabytes: number): ChildProcess {
  const child = fork(script, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [`--max-old-space-size=${megabytes}`, '--max-semi-space-size=4', '--no-warnings'],
    env: {
      HOME: '/nonexistent',
      // Threads that draw would each keep an arena of their own.
      MALLOC_ARENA_MAX: '2',
      ...(process.env.SystemRoot ? { SystemRoot: process.env.SystemRoot } : {}),
    },
  });
  yieldToReaders(child.pid);
  return child;
}

/** One process, started when there is work; one call after the other. */
export function createBeside(options: BesideOptions = {}): Beside {
  const { timeoutMs = 60_000, idleMs = 300, megabytes = 256, replacedAt = 150 } = options;
  let beside: ChildProcess | null = null;
  let waiting: Waiting | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let clock: NodeJS.Timeout | undefined;
  let idle: NodeJS.Timeout | undefined;
  let closed = false;

  function settle(act: (one: Waiting) => void): void {
    clearTimeout(clock);
    const one = waiting;
    waiting = null;
    if (one) act(one);
  }

  /** A process that is not the current one any more has nothing to say. */
  async function end(error: FileError): Promise<void> {
    clearTimeout(idle);
    const ending = beside;
    beside = null;
    settle(({ reject }) => reject(error));
    if (ending === null || ending.exitCode !== null || ending.signalCode !== null) return;
    const gone = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill('SIGKILL');
    await gone;
  }

  function begin(): ChildProcess {
    const started = startBeside(megabytes);
    let said = '';
    started.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-2000);
    });
    const died = (what: string): void => {
      if (beside === started) void end(new FileError('workerDied', what));
    };
    started.on('message', (answer: Answer) => {
      if (beside !== started) return;
      const one = waiting;
      settle(() => {});
      if (answer.megabytes >= replacedAt) void end(new FileError('closed', 'it holds too much'));
      else idle = setTimeout(() => void end(new FileError('closed', 'idle')), idleMs).unref();
      if ('problem' in answer) one?.reject(new FileError('refused', answer.problem));
      else one?.resolve(answer.made);
    });
    started.on('error', (error) => died(String(error)));
    started.on('exit', (code, signal) => died(`${signal ?? `exit ${code}`} ${said}`.trim()));
    return started;
  }

  function ask(call: object): Promise<unknown> {
    if (closed) return Promise.reject(new FileError('closed', 'the process was ended'));
    clearTimeout(idle);
    beside ??= begin();
    const asked = beside;
    clock = setTimeout(() => void end(new FileError('tookTooLong', `${timeoutMs} ms`)), timeoutMs);
    return new Promise((resolve, reject) => {
      waiting = { resolve, reject };
      asked.send(call);
    });
  }

  return {
    of:
      (module, name) =>
      (...given) => {
        const next = last.then(() => ask({ module: module.href, name, given }));
        last = next.catch(() => null);
        return next as Promise<never>;
      },
    close: async () => {
      closed = true;
      await end(new FileError('closed', 'the process was ended'));
    },
  };
}
