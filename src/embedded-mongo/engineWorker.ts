import { Worker } from 'node:worker_threads';
import { memoryLimits } from './memory.ts';
import type { WorkerMessage } from './worker.ts';

const firstPause = 200;
const longestPause = 30_000;
/** A worker that ran for this long did not fail because of how it was started. */
const calmAfter = 60_000;

/** The worker thread with the engine. One that dies is started again, at the same address. */
export class EngineWorker {
  /** The connection string, as soon as there is an engine to connect to. */
  readonly started: Promise<string>;
  readonly #file: string;
  readonly #megabytes: number | undefined;
  readonly #log: (line: string) => void;
  readonly #resolve: (uri: string) => void;
  readonly #reject: (error: Error) => void;
  /** Undefined while there is none: it has ended, and the next one is not started yet. */
  #worker: Worker | undefined;
  #restart: NodeJS.Timeout | undefined;
  #stopped: Promise<void> | undefined;
  #ready = false;
  /** How often in a row it ended soon after its start. */
  #failures = 0;

  /** `megabytes` as `memoryLimits` takes them; throws its RangeError. */
  constructor(file: string, megabytes: number | undefined, log: (line: string) => void) {
    this.#file = file;
    this.#megabytes = megabytes;
    this.#log = log;
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    this.started = promise;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#run();
  }

  /** Stops the worker; the file is closed when the promise is fulfilled. */
  close(): Promise<void> {
    this.#stopped ??= new Promise<void>((done) => {
      clearTimeout(this.#restart);
      if (this.#worker === undefined) {
        done();
        return;
      }
      this.#worker.once('exit', () => done());
      this.#worker.postMessage('close');
    });
    return this.#stopped;
  }

  #run(): void {
    const began = Date.now();
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: { file: this.#file, megabytes: this.#megabytes },
      resourceLimits: {
        maxOldGenerationSizeMb: memoryLimits(this.#megabytes).heapMegabytes,
        // What a reply is made of is garbage as soon as it is sent: a small nursery is swept more often and stays in the cache.
        maxYoungGenerationSizeMb: 8,
      },
    });
    this.#worker = worker;
    worker.on('message', (message: WorkerMessage) => this.#heard(message, worker));
    worker.on('error', (error) => {
      this.#log(`the embedded engine failed: ${String(error)}`);
      this.#reject(error instanceof Error ? error : new Error(String(error)));
    });
    worker.on('exit', () => {
      this.#worker = undefined;
      this.#reject(new Error('the embedded engine stopped'));
      if (this.#ready && !this.#stopped) this.#runAgain(Date.now() - began);
    });
  }

  #heard(message: WorkerMessage, worker: Worker): void {
    if (message.kind === 'ready') {
      this.#ready = true;
      this.#log(message.serving ? `serving ${this.#file}` : `another process serves ${this.#file}`);
      this.#resolve(message.uri);
    } else if (message.kind === 'log') this.#log(message.line);
    else if (message.kind === 'failed') {
      this.#log(`the embedded engine failed: ${message.problem}`);
      this.#reject(new Error(message.problem));
      void worker.terminate();
    }
  }

  /** The first time at once; one that keeps ending is started less and less often, and each time that is said. */
  #runAgain(lived: number): void {
    this.#failures = lived > calmAfter ? 1 : this.#failures + 1;
    const pause = Math.min(longestPause, firstPause * 2 ** (this.#failures - 1));
    const often = this.#failures > 1 ? ` (${this.#failures} times in a row)` : '';
    this.#log(`the embedded engine ended${often} and is started again in ${pause / 1000} s`);
    this.#restart = setTimeout(() => this.#run(), pause);
  }
}
