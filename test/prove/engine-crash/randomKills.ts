import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { startEmbeddedMongo } from '../../../src/embedded-mongo/index.ts';
import { type Child, pause, startChild } from '../child.ts';
import { randomFrom } from '../evidence.ts';
import type { ClientCount, ClientOrder } from './client.ts';
import { checkFile } from './judge.ts';
import { copyDatabase } from './template.ts';

export type RandomKills = {
  readonly kills: number;
  /** Kills in whose life no client had an answer yet: not counted, repeated. */
  readonly idle: number;
  readonly clients: readonly ClientCount[];
  readonly entriesChecked: number;
  readonly largestLog: number;
  readonly violations: readonly string[];
};

const clients = 4;
const longest = 250;
const longestWait = 3000;

type Options = {
  readonly folder: string;
  readonly kills: number;
  readonly seed: number;
  readonly onKill: (line: string) => void;
};

/** Kills the engine at moments by chance while four clients write, and looks after each kill at the file as it lies there. */
export async function proveRandomKills({ folder, kills, seed, onKill }: Options): Promise<RandomKills> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'load.db');
  const random = randomFrom(seed);
  const violations: string[] = [];
  const flaw = (text: string) => {
    violations.push(text);
    onKill(`VIOLATION ${text}`);
  };
  const uri = await prepare(file);
  const started: Child[] = [];
  const start = (script: string): Child => {
    const child = startChild(join(import.meta.dirname, script));
    started.push(child);
    return child;
  };
  const count = { kills: 0, idle: 0, entriesChecked: 0, largestLog: 0 };
  try {
    const writers = Array.from({ length: clients }, () => start('client.ts'));
    const heard = writers.map(() => 0);
    const answered = async (): Promise<void> => {
      const until = performance.now() + longestWait;
      while (
        performance.now() < until &&
        !writers.some(({ said }, i) => said.slice(heard[i]).some(({ word }) => word === 'acknowledged'))
      )
        await pause(2);
    };
    /** Notes what the clients found wrong since the last time, and tells whether one of them had an answer. */
    const listen = (): boolean => {
      let answered = false;
      for (const [i, { said }] of writers.entries()) {
        for (const { word, data } of said.slice(heard[i])) {
          if (word === 'violation') flaw(`client ${i}: ${String(data)}`);
          answered ||= word === 'acknowledged';
        }
        heard[i] = said.length;
      }
      return answered;
    };
    let standby = start('serve.ts');
    let begun = false;
    while (count.kills < kills) {
      const engine = standby;
      await engine.hear('warm');
      engine.tell({ file });
      standby = start('serve.ts');
      await Promise.race([
        engine.hear('serving'),
        engine.ended.then(() => Promise.reject(new Error('it ended by itself'))),
      ]);
      if (!begun) {
        for (const [i, writer] of writers.entries()) {
          writer.tell({ uri, client: i, seed: seed + i, retryWrites: i % 2 === 0 } satisfies ClientOrder);
        }
        begun = true;
      }
      // Most lives begin to count when a client has an answer; some are killed while they start, or right after it.
      if (random() < 0.9) await answered();
      await pause(random() * longest);
      engine.kill();
      if ((await engine.ended) !== 'SIGKILL') flaw(`life ${count.kills}: the engine ended before it was killed`);
      if (listen()) count.kills++;
      else count.idle++;
      if (existsSync(`${file}-wal`)) count.largestLog = Math.max(count.largestLog, statSync(`${file}-wal`).size);
      const copy = join(folder, 'copy.db');
      copyDatabase(file, copy);
      const checked = checkFile(copy);
      count.entriesChecked += checked.entries;
      for (const text of checked.flaws) flaw(`after kill ${count.kills}: ${text}`);
      for (const end of ['', '-wal', '-shm']) rmSync(`${copy}${end}`, { force: true });
      if (count.kills % 50 === 0) onKill(`${count.kills} of ${kills} kills, ${violations.length} violations`);
    }
    const engine = standby;
    await engine.hear('warm');
    engine.tell({ file });
    for (const writer of writers) writer.tell('finish');
    const counts = await Promise.all(
      writers.map(async (writer) => (await writer.hear('finished')).data as ClientCount),
    );
    listen();
    engine.kill();
    await engine.ended;
    return { ...count, clients: counts, violations };
  } finally {
    for (const child of started) child.kill();
  }
}

/** The collection and its indexes; the address stays the same in every life. */
async function prepare(file: string): Promise<string> {
  const engine = await startEmbeddedMongo({ file });
  const client = await new MongoClient(engine.uri).connect();
  const docs = client.db('crash').collection('load');
  await docs.createIndexes([{ key: { client: 1 } }, { key: { tags: 1, v: -1 } }, { key: { client: 1, v: 1 } }]);
  await client.close();
  await engine.close();
  return engine.uri;
}
