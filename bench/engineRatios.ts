import { join } from 'node:path';
import { median, randomFrom, spreadOf } from '../test/prove/evidence.ts';
import { startServer, startWorker, type Worker, workedBy } from './engineProcesses.ts';
import { type Kind, type Order, scattered } from './engineWork.ts';

export type RatioSizes = {
  readonly documents: number;
  readonly bytes: number;
  readonly rounds: number;
  readonly seed: number;
  readonly points: number;
  readonly ranges: number;
  readonly inserts: number;
  readonly batches: number;
  readonly updates: number;
  readonly megabytes: number;
};

const names: Readonly<Partial<Record<Kind, string>>> = {
  points: 'point reads',
  ranges: 'range reads of 100 documents',
  inserts: 'inserts one by one',
  batches: 'inserts in batches of 1,000',
  updates: 'updates by id',
  'write file': 'GridFS written, MB',
  'read file': 'GridFS read, MB',
};

/** What one round does, the same on both sides, on ids that no round had before. */
function ordersOf(sizes: RatioSizes, round: number, random: () => number): readonly Order[] {
  const { documents, points, ranges, inserts, batches, updates, megabytes } = sizes;
  const keys = (count: number) => Array.from({ length: count }, () => Math.floor(random() * documents));
  // Not among the last hundred, so that every range is full.
  const starts = Array.from({ length: documents }, (_, id) => scattered(id)).sort((one, other) => one - other);
  const fresh = documents + round * (inserts + batches * 1000);
  const name = `file ${round}`;
  return [
    { kind: 'points', keys: keys(points), atOnce: 32 },
    {
      kind: 'ranges',
      starts: Array.from({ length: ranges }, () => starts[Math.floor(random() * (documents - 100))] ?? 0),
      length: 100,
    },
    { kind: 'inserts', from: fresh, documents: inserts },
    { kind: 'batches', from: fresh + inserts, batches, size: 1000 },
    { kind: 'updates', keys: keys(updates) },
    { kind: 'write file', name, megabytes },
    { kind: 'read file', name, megabytes },
    { kind: 'remove file', name },
  ];
}

type Measured = { readonly perSecond: number; readonly cpuMicros: number };

/**
 * The same work through the driver on the engine, and on plain SQLite in one process: alternating rounds, the first of
 * which does not count. `times` is how much longer the engine takes, by the medians; `cpuTimes` the same in processor
 * time, of the engine's and the client's process together.
 */
export async function compareWithPlain(home: string, sizes: RatioSizes, print: (line: string) => void) {
  const server = await startServer(join(home, 'engine.db'));
  const driver = await startWorker('driver', server.uri, sizes.bytes);
  const plain = await startWorker('plain', join(home, 'plain.db'), sizes.bytes);
  const sides: Readonly<Record<'driver' | 'plain', { worker: Worker; pids: readonly number[] }>> = {
    driver: { worker: driver, pids: [driver.pid, server.pid] },
    plain: { worker: plain, pids: [plain.pid] },
  };
  const measured: Record<string, { driver: Measured[]; plain: Measured[] }> = {};
  for (const { worker } of Object.values(sides))
    await worker.work({ kind: 'fill', from: 0, documents: sizes.documents });
  const random = randomFrom(sizes.seed);
  for (let round = -1; round < sizes.rounds; round++) {
    for (const order of ordersOf(sizes, round + 1, random)) {
      for (const name of round % 2 === 0 ? (['driver', 'plain'] as const) : (['plain', 'driver'] as const)) {
        const { worker, pids } = sides[name];
        const before = workedBy(pids);
        const { ms, operations } = await worker.work(order);
        const cpuMicros = ((workedBy(pids) - before) * 1e6) / operations;
        const key = names[order.kind];
        if (round < 0 || key === undefined) continue;
        measured[key] ??= { driver: [], plain: [] };
        measured[key][name].push({ perSecond: (operations * 1000) / ms, cpuMicros });
      }
    }
    print(`round ${round + 1} of ${sizes.rounds}`);
  }
  await driver.close();
  await plain.close();
  await server.close();
  const of = (rows: readonly Measured[], pick: (one: Measured) => number) => median(rows.map(pick));
  const speed = (one: Measured): number => one.perSecond;
  const cpu = (one: Measured): number => one.cpuMicros;
  return Object.entries(measured).map(([what, rows]) => ({
    what,
    enginePerSecond: spreadOf(rows.driver.map(speed), 0),
    plainPerSecond: spreadOf(rows.plain.map(speed), 0),
    times: Number((of(rows.plain, speed) / of(rows.driver, speed)).toFixed(2)),
    cpuMicros: { engine: Math.round(of(rows.driver, cpu)), plain: Math.round(of(rows.plain, cpu)) },
  }));
}
