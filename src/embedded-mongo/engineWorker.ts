import { Worker } from 'node:worker_threads';
import type { WorkerMessage } from './worker.ts';

const restartAfter = 200;

/** The worker thread with the engine. One that dies is started again, at the same address. */
export class EngineWorker {
  /** The connection string, as soon as there is an engine to connect to. */
  readonly started: Promise<string>;
  readonly #file: string;
  readonly #log: (line: string) => void;
  #worker: Worker;
  #stopped: Promise<void> | undefined;
  #ready = false;

  constructor(file: string, log: (line: string) => void) {
    this.#file = file;
    this.#log = log;
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    this.started = promise;
    this.#worker = this.#run(resolve, reject);
  }

  /** Stops the worker; the file is closed when the promise is fulfilled. */
  close(): Promise<void> {
    this.#stopped ??= new Promise<void>((done) => {
      this.#worker.once('exit', () => done());
      this.#worker.postMessage('close');
    });
    return this.#stopped;
  }

  #run(resolve: (uri: string) => void, reject: (error: Error) => void): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: { file: this.#file },
      // What a reply is made of is garbage as soon as it is sent: a small nursery is swept more often and stays in the cache.
      resourceLimits: { maxYoungGenerationSizeMb: 12 },
    });
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'ready') {
        this.#ready = true;
        this.#log(message.serving ? `serving ${this.#file}` : `another process serves ${this.#file}`);
        resolve(message.uri);
      } else if (message.kind === 'log') this.#log(message.line);
      else if (message.kind === 'failed') {
        this.#log(`the embedded engine failed: ${message.problem}`);
        reject(new Error(message.problem));
        void worker.terminate();
      }
    });
    worker.on('error', (error) => {
      this.#log(`the embedded engine failed: ${String(error)}`);
      reject(error instanceof Error ? error : new Error(String(error)));
    });
    worker.on('exit', () => {
      reject(new Error('the embedded engine stopped'));
      if (!this.#ready || this.#stopped) return;
      setTimeout(() => {
        if (!this.#stopped) this.#worker = this.#run(resolve, reject);
      }, restartAfter);
    });
    return worker;
  }
}
