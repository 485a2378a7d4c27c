import { Worker } from 'node:worker_threads';
import { FileError } from '../../formats/files/fileError.ts';

export type OffThreadOptions = {
  readonly timeoutMs?: number;
  /** How long the thread without work stays. */
  readonly idleMs?: number;
  readonly megabytes?: number;
};

/** Functions as their modules export them: values in, bytes out. */
type Pure = (...given: never[]) => unknown;

export type OffThread = {
  /**
   * The same function on a thread of its own, so that a format that takes long keeps no reader waiting. What it is given
   * and returns is copied: plain values, maps and bytes. Rejects with a `FileError`.
   */
  readonly of: <F extends Pure>(
    module: URL,
    name: string,
  ) => (...given: Parameters<F>) => Promise<Awaited<ReturnType<F>>>;
  /** Ends the thread; what waits is rejected. */
  readonly close: () => Promise<void>;
};

type Answer = { readonly made: unknown } | { readonly problem: string };

const worker = new URL('./threadWorker.ts', import.meta.url);

type Waiting = { readonly resolve: (made: unknown) => void; readonly reject: (error: FileError) => void };

/** One thread, started when there is work; one call after the other. */
export function createOffThread(options: OffThreadOptions = {}): OffThread {
  const { timeoutMs = 60_000, idleMs = 5_000, megabytes = 256 } = options;
  let thread: Worker | null = null;
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

  /** A thread that is not the current one any more has nothing to say. */
  async function end(error: FileError): Promise<void> {
    const ending = thread;
    thread = null;
    settle(({ reject }) => reject(error));
    await ending?.terminate();
  }

  function begin(): Worker {
    const started = new Worker(worker, { resourceLimits: { maxOldGenerationSizeMb: megabytes } });
    const died = (what: string): void => {
      if (thread === started) void end(new FileError('workerDied', what));
    };
    started.on('message', (answer: Answer) => {
      if (thread !== started) return;
      settle(({ resolve, reject }) =>
        'problem' in answer ? reject(new FileError('refused', answer.problem)) : resolve(answer.made),
      );
      idle = setTimeout(() => void end(new FileError('closed', 'idle')), idleMs).unref();
    });
    started.on('error', (error) => died(String(error)));
    started.on('exit', (code) => died(`exit ${code}`));
    return started;
  }

  function ask(call: object): Promise<unknown> {
    if (closed) return Promise.reject(new FileError('closed', 'the thread was ended'));
    clearTimeout(idle);
    thread ??= begin();
    const asked = thread;
    clock = setTimeout(() => void end(new FileError('tookTooLong', `${timeoutMs} ms`)), timeoutMs);
    return new Promise((resolve, reject) => {
      waiting = { resolve, reject };
      asked.postMessage(call);
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
      clearTimeout(idle);
      await end(new FileError('closed', 'the thread was ended'));
    },
  };
}
