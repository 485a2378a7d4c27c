import { statSync } from 'node:fs';
import { join } from 'node:path';
import { randomFrom, spreadOf } from '../test/prove/evidence.ts';
import { type Server, startServer, startWorker } from './engineProcesses.ts';
import type { Order } from './engineWork.ts';
import { memoryOf, mostResident } from './processTree.ts';

export type LargeSizes = {
  readonly documents: number;
  readonly bytes: number;
  readonly rounds: number;
  readonly seed: number;
  /** Rounds of reads and writes while the memory is looked at. */
  readonly turns: number;
};

const mib = (bytes: number): number => Math.round(bytes / 2 ** 20);

async function startTimes(file: string, rounds: number, after: 'close' | 'kill') {
  const engine: number[] = [];
  const answer: number[] = [];
  for (let round = 0; round < rounds; round++) {
    if (after === 'kill') await leaveUnfinished(file, round);
    const server = await startServer(file, ['first']);
    engine.push(server.startMs);
    answer.push(server.firstAnswerMs ?? Number.NaN);
    await server.close();
  }
  return { untilAddressMs: spreadOf(engine, 0), untilFirstAnswerMs: spreadOf(answer, 0) };
}

/** Leaves a log that the next start has to read: killed after writes that were acknowledged. */
async function leaveUnfinished(file: string, round: number): Promise<void> {
  const server = await startServer(file);
  const worker = await startWorker('driver', server.uri, 300);
  await worker.work({ kind: 'fill', from: 100_000_000 + round * 2000, documents: 2000 });
  await server.kill();
  await worker.close();
}

/** What the process of the engine holds while it reads and writes everywhere in the file. */
async function memoryUnderWork(file: string, sizes: LargeSizes) {
  const server: Server = await startServer(file);
  const atStart = memoryOf(server.pid).resident;
  const worker = await startWorker('driver', server.uri, sizes.bytes);
  const random = randomFrom(sizes.seed);
  const keys = (count: number) => Array.from({ length: count }, () => Math.floor(random() * sizes.documents));
  const by: Record<string, number> = {};
  let fresh = sizes.documents;
  for (let turn = 0; turn < sizes.turns; turn++) {
    const orders: readonly Order[] = [
      { kind: 'points', keys: keys(20_000), atOnce: 32 },
      { kind: 'ranges', starts: keys(300).map((key) => key * 1000), length: 100 },
      { kind: 'ranges', starts: keys(10).map((key) => key * 1000), length: 2000 },
      { kind: 'updates', keys: keys(500) },
      { kind: 'batches', from: fresh, batches: 10, size: 1000 },
    ];
    fresh += 10_000;
    for (const order of orders) {
      await worker.work(order);
      by[order.kind] = Math.max(by[order.kind] ?? 0, memoryOf(server.pid).resident);
    }
  }
  // The kernel's own mark: nothing between two looks is missed.
  const most = mostResident(server.pid);
  const atEnd = memoryOf(server.pid).resident;
  await worker.close();
  await server.close();
  return { atStart, after: by, atEnd, most };
}

/** A file of about a gigabyte: how soon the engine answers on it, and what it holds in memory. */
export async function measureLarge(home: string, sizes: LargeSizes, print: (line: string) => void) {
  const file = join(home, 'large.db');
  const server = await startServer(file);
  const worker = await startWorker('driver', server.uri, sizes.bytes);
  const filled = await worker.work({ kind: 'fill', from: 0, documents: sizes.documents });
  await worker.close();
  const whileFilling = mostResident(server.pid);
  await server.close();
  print(`${sizes.documents} documents are in the file`);
  const fileMiB = mib(statSync(file).size);
  const start = await startTimes(file, sizes.rounds, 'close');
  const memory = await memoryUnderWork(file, sizes);
  const startAfterKill = await startTimes(file, Math.min(3, sizes.rounds), 'kill');
  return {
    documents: sizes.documents,
    fileMiB,
    fillSeconds: Number((filled.ms / 1000).toFixed(1)),
    start,
    startAfterKill,
    residentMiB: { whileFilling, ...memory },
  };
}
