import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { MongoClient, MongoServerError } from 'mongodb';
import { startEmbeddedMongo } from '../../../src/embedded-mongo/index.ts';
import { checkFile } from './judge.ts';

export type FullDisk = {
  readonly rounds: number;
  /** Writes that were refused because there was no room. */
  readonly refused: number;
  readonly acknowledged: number;
  readonly reads: number;
  /** Starts while the disk was full: those that served, and those that said why not. */
  readonly starts: { readonly served: number; readonly refused: number };
  readonly violations: readonly string[];
};

type Doc = { readonly _id: number; readonly v: number; readonly filling: Buffer };

const sizes = [200, 5000, 60_000, 700_000] as const;
/** More than the engine may have waiting in its log: that goes into the file before anything else has room. */
const ballastBytes = 12_000_000;

/** Mounts a small disk in memory; throws where this user may not. */
function mountSmall(place: string): void {
  mkdirSync(place, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', place], { stdio: 'pipe' });
}

/** Fills a small disk until the engine is refused, several times with documents of several sizes; frees it, goes on. */
export async function proveFullDisk(folder: string, onRound: (line: string) => void): Promise<FullDisk> {
  const violations: string[] = [];
  const count = { rounds: 0, refused: 0, acknowledged: 0, reads: 0 };
  const starts = { served: 0, refused: 0 };
  for (const size of sizes) {
    const place = join(folder, `disk-${size}`);
    mountSmall(place);
    try {
      await fill(place, size, { violations, count, starts });
    } finally {
      // Also where an engine still has it open, because something else was wrong.
      execFileSync('umount', ['-l', place]);
    }
    onRound(`documents of ${size} bytes: ${count.refused} refused so far, ${violations.length} violations`);
  }
  return { ...count, starts, violations };
}

type Tally = {
  readonly violations: string[];
  readonly count: { rounds: number; refused: number; acknowledged: number; reads: number };
  readonly starts: { served: number; refused: number };
};

async function fill(place: string, size: number, { violations, count, starts }: Tally): Promise<void> {
  const flaw = (text: string) => violations.push(`${size} bytes, round ${count.rounds}: ${text}`);
  const file = join(place, 'small.db');
  const ballast = join(place, 'ballast');
  const kept = new Map<number, number>();
  let serial = 0;
  let engine = await startEmbeddedMongo({ file, memoryMegabytes: 16 });
  let client = await new MongoClient(engine.uri, { retryWrites: false }).connect();
  const docs = () => client.db('crash').collection<Doc>('docs');
  const allThere = async (): Promise<void> => {
    const found = await docs()
      .find({}, { projection: { v: 1 } })
      .toArray();
    count.reads++;
    if (
      JSON.stringify(found.map(({ _id, v }) => [_id, v]).sort(byNumber)) !== JSON.stringify([...kept].sort(byNumber))
    ) {
      flaw(`${found.length} documents were found, ${kept.size} acknowledged`);
    }
  };
  await docs().createIndex({ v: 1 });
  for (let round = 0; round < 3; round++) {
    count.rounds++;
    fillWith(ballast, ballastBytes);
    let refusals = 0;
    while (refusals < 10) {
      const made = Array.from(
        { length: 3 },
        (): Doc => ({ _id: ++serial, v: serial % 10, filling: Buffer.alloc(size, serial) }),
      );
      const inTransaction = serial % 2 === 0;
      try {
        if (inTransaction) {
          await client.withSession((session) => session.withTransaction(() => docs().insertMany(made, { session })));
        } else await docs().insertMany(made);
        for (const { _id, v } of made) kept.set(_id, v);
        count.acknowledged++;
      } catch (error) {
        refusals++;
        count.refused++;
        if (!(error instanceof MongoServerError) || error.code !== 14031) flaw(`an unclear answer: ${String(error)}`);
        await allThere();
      }
    }
    // What a person would try: to take things away, and to start anew.
    const [some] = kept.keys();
    if (some !== undefined) {
      await docs()
        .deleteOne({ _id: some })
        .then(
          () => kept.delete(some),
          (error: unknown) => {
            if (!(error instanceof MongoServerError) || error.code !== 14031)
              flaw(`an unclear answer to a delete: ${String(error)}`);
          },
        );
    }
    await allThere();
    await client.close();
    await engine.close();
    const again = await startEmbeddedMongo({ file, memoryMegabytes: 16 }).catch((error: unknown) => {
      starts.refused++;
      if (!/full|space|I\/O|open/i.test(String(error))) flaw(`an unclear start: ${String(error)}`);
      return undefined;
    });
    if (again) starts.served++;
    if (!again) rmSync(ballast, { force: true });
    engine = again ?? (await startEmbeddedMongo({ file, memoryMegabytes: 16 }));
    client = await new MongoClient(engine.uri, { retryWrites: false }).connect();
    await allThere();
    rmSync(ballast, { force: true });
    const last = { _id: ++serial, v: 1, filling: Buffer.alloc(size) };
    await docs().insertOne(last);
    kept.set(last._id, last.v);
    for (const id of [...kept.keys()].slice(0, 4)) {
      await docs().deleteOne({ _id: id });
      kept.delete(id);
    }
    await allThere();
  }
  await client.close();
  await engine.close();
  for (const text of checkFile(file).flaws) flaw(text);
}

const byNumber = (one: readonly number[], other: readonly number[]): number => (one[0] ?? 0) - (other[0] ?? 0);

/** Something else that needs room on that disk. */
function fillWith(file: string, bytes: number): void {
  const handle = openSync(file, 'w');
  try {
    for (let written = 0; written < bytes; ) written += writeSync(handle, Buffer.alloc(65_536));
  } catch {
    // There is no more room: as good.
  } finally {
    closeSync(handle);
  }
}
