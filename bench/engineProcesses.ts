import { join } from 'node:path';
import { type Child, startChild } from '../test/prove/child.ts';
import type { Answer, Order } from './engineWork.ts';
import { processorSecondsOf } from './processTree.ts';

export type Server = {
  readonly pid: number;
  readonly uri: string;
  /** Milliseconds from the call to the address; null where nobody asked. */
  readonly startMs: number;
  readonly firstAnswerMs: number | null;
  readonly close: () => Promise<void>;
  /** SIGKILL. */
  readonly kill: () => Promise<void>;
};

const script = (name: string): string => join(import.meta.dirname, name);

async function closed(child: Child): Promise<void> {
  child.tell('close');
  await child.ended;
}

/** The engine in a process of its own. With `BENCH_PROFILE=1` it leaves a `.cpuprofile` of each thread in `/tmp`. */
export async function startServer(file: string, words: readonly string[] = []): Promise<Server> {
  const profile = process.env.BENCH_PROFILE ? ['--cpu-prof', '--cpu-prof-dir=/tmp'] : [];
  const child = startChild(script('engineServerChild.ts'), [file, ...words], profile);
  const { data } = await child.hear('ready');
  const { uri, startMs, firstAnswerMs } = data as Pick<Server, 'uri' | 'startMs' | 'firstAnswerMs'>;
  return {
    pid: child.process.pid ?? 0,
    uri,
    startMs,
    firstAnswerMs,
    close: () => closed(child),
    kill: async () => {
      child.kill();
      await child.ended;
    },
  };
}

export type Worker = {
  readonly pid: number;
  /** Does the work, alone; throws where an answer was wrong. */
  readonly work: (order: Order) => Promise<Answer>;
  readonly close: () => Promise<void>;
};

/** A process that works through the driver or on a file of plain SQLite, with documents of so many bytes. */
export async function startWorker(side: 'driver' | 'plain', place: string, bytes: number): Promise<Worker> {
  const child = startChild(script('engineWorkChild.ts'), [side, place, String(bytes)]);
  await child.hear('waiting');
  return {
    pid: child.process.pid ?? 0,
    work: async (order) => {
      const answer = await new Promise<Answer>((done, fail) => {
        child.process.once('message', (message: Answer) => done(message));
        void child.ended.then(() => fail(new Error(`the ${side} side ended in the middle of ${order.kind}`)));
        child.tell(order);
      });
      if (answer.problem !== null) throw new Error(`${side}, ${order.kind}: ${answer.problem}`);
      return answer;
    },
    close: () => closed(child),
  };
}

/** Processor seconds of these processes so far. */
export const workedBy = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => sum + processorSecondsOf(pid), 0);
