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

/** One thread, started when there is work; one call after the other. */
export function createOffThread(options: OffThreadOptions = {}): OffThread {
  const { timeoutMs = 60_000, idleMs = 5_000, megabytes = 256 } = options;
  let thread: Worker | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let idle: NodeJS.Timeout | undefined;
  let closed = false;

  const end = async (): Promise<void> => {
    const ending = thread;
    thread = null;
    await ending?.terminate();
  };

  function ask(call: object): Promise<unknown> {
    if (closed) return Promise.reject(new FileError('closed', 'the thread was ended'));
    clearTimeout(idle);
    thread ??= new Worker(worker, { resourceLimits: { maxOldGenerationSizeMb: megabytes } });
    const asked = thread;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(clock);
        asked.removeAllListeners();
        // Without work it is nothing to stay alive for.
        idle = setTimeout(end, idleMs).unref();
      };
      const die = (error: FileError): void => {
        leave();
        if (thread === asked) thread = null;
        asked.on('error', () => {});
        void asked.terminate();
        reject(error);
      };
      const clock = setTimeout(() => die(new FileError('tookTooLong', `${timeoutMs} ms`)), timeoutMs);
      asked.on('message', (answer: Answer) => {
        leave();
        if ('problem' in answer) reject(new FileError('refused', answer.problem));
        else resolve(answer.made);
      });
      asked.on('error', (error) => die(new FileError('workerDied', String(error))));
      asked.on('exit', (code) => die(new FileError(closed ? 'closed' : 'workerDied', `exit ${code}`)));
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
      await end();
    },
  };
}
