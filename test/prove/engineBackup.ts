import { type ChildProcess, fork, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { BSON, MongoClient } from 'mongodb';
import { startEmbeddedMongo } from '../../src/embedded-mongo/index.ts';
import type { ChildSays } from './engineBackupChild.ts';
import { accountsHash, ClientLedger, digestOf, plus, spelled } from './engineBackupLedger.ts';

export type BackupRuns = {
  readonly backups: number;
  readonly clients: number;
  readonly seed: number;
  /** How often each of the two moves is begun and killed first. */
  readonly moveKills: number;
  readonly onBackup?: (line: string) => void;
};

const headwater = resolve(import.meta.dirname, '../../headwater.mjs');

/** Runs `headwater db …` on a data folder, as somebody would type it; with `killAfter` milliseconds, not to its end. */
export function command(
  dataFolder: string,
  words: readonly string[],
  killAfter: number | null = null,
): Promise<{ readonly code: number | null; readonly text: string }> {
  return new Promise((done, fail) => {
    const env = { ...process.env, DATA_DIR: dataFolder, MONGODB_URI: '' };
    const child = spawn(process.execPath, [headwater, 'db', ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    if (killAfter !== null) setTimeout(() => child.kill('SIGKILL'), killAfter);
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (text += String(bytes)));
    child.once('error', fail);
    child.once('close', (code) => done({ code, text }));
  });
}

/** The hash of each collection that a command printed. */
export const hashesIn = (text: string): ReadonlyMap<string, string> =>
  new Map([...text.matchAll(/^(\S+) +\d+ +\d+ {2}([0-9a-f]{64})$/gm)].map(([, name = '', hash = '']) => [name, hash]));

class Writer {
  acknowledged = 0;
  problem: string | null = null;
  readonly ended: Promise<void>;
  readonly #child: ChildProcess;

  constructor(uri: string, seed: number, client: number) {
    this.#child = forkChild(['write', uri, String(seed), String(client)]);
    this.ended = new Promise((done) => this.#child.once('exit', () => done()));
    this.#child.on('message', (said: ChildSays) => {
      if (said.kind === 'acknowledged') this.acknowledged = said.count;
      else if (said.kind === 'failed') this.problem = said.problem;
    });
  }

  /** How many writes it has begun by now: no later one can be in a copy that is finished. */
  begun(): Promise<number> {
    return new Promise((done) => {
      const listen = (said: ChildSays) => {
        if (said.kind !== 'begun') return;
        this.#child.off('message', listen);
        done(said.count);
      };
      this.#child.on('message', listen);
      this.#child.send('begun?');
    });
  }

  stop(): void {
    if (this.#child.connected) this.#child.send('stop');
  }
}

const forkChild = (words: readonly string[]): ChildProcess =>
  fork(join(import.meta.dirname, 'engineBackupChild.ts'), words, { stdio: 'inherit' });

/** Backups under load, each restored, checked and judged; then a move to a second engine and back. */
export async function proveEngineBackup({ backups, clients, seed, moveKills, onBackup = () => {} }: BackupRuns) {
  const root = mkdtempSync(join(tmpdir(), 'hw-engine-backup-'));
  const violations: string[] = [];
  const live = join(root, 'live');
  mkdirSync(live);
  const server = forkChild(['serve', join(live, 'headwater.db')]);
  const serverEnded = new Promise((done) => server.once('exit', done));
  const uri = await new Promise<string>((done, fail) => {
    server.once('message', (said: ChildSays) =>
      said.kind === 'ready' ? done(said.uri) : fail(new Error(JSON.stringify(said))),
    );
    server.once('exit', () => fail(new Error('the engine did not start')));
  });
  const writers = Array.from({ length: clients }, (_, client) => new Writer(uri, seed, client));
  const ledgers = writers.map((_, client) => new ClientLedger(seed, client));
  const during: number[] = [];
  const seen: Promise<Seen>[] = [];
  let bytes = 0;
  try {
    for (let run = 0; run < backups; run++) {
      await new Promise((done) => setTimeout(done, 300));
      const before = writers.map(({ acknowledged }) => acknowledged);
      const file = join(root, `backup-${run}.db`);
      const made = await command(live, ['backup', file]);
      const after = await Promise.all(writers.map((writer) => writer.begun()));
      const problem = writers.find((writer) => writer.problem !== null)?.problem;
      if (problem) throw new Error(`a client failed: ${problem}`);
      if (made.code !== 0) throw new Error(`backup ${run} failed: ${made.text}`);
      during.push(after.reduce((sum, count, client) => sum + count - (before[client] ?? 0), 0));
      bytes = statSync(file).size;
      const printed = hashesIn(made.text);
      seen.push(restoreAndRead(root, run, clients, violations).then((found) => ({ before, after, found, printed })));
      onBackup(`${run + 1} of ${backups}: ${during.at(-1)} writes meanwhile`);
      // What is looked at falls behind what is copied: by a few, not by all.
      await seen[run - 2];
    }
    for (const [run, each] of (await Promise.all(seen)).entries()) violations.push(...judge(run, ledgers, each));
    onBackup(`${backups} backups judged: ${violations.length} violations`);
    for (const writer of writers) writer.stop();
    await Promise.all(writers.map(({ ended }) => ended));
    server.send('close');
    await serverEnded;
    const moved = await moveThereAndBack(root, live, moveKills, violations);
    const acknowledged = writers.reduce((sum, writer) => sum + writer.acknowledged, 0);
    return { violations, acknowledged, during, bytes, moved };
  } finally {
    for (const writer of writers) writer.stop();
    if (server.connected) server.send('close');
    await Promise.all([...writers.map(({ ended }) => ended), serverEnded]);
    rmSync(root, { recursive: true, force: true });
  }
}

/** Restores a backup into a fresh folder, lets `db check` look at it, and reads it. */
async function restoreAndRead(root: string, run: number, clients: number, violations: string[]): Promise<Found> {
  const file = join(root, `backup-${run}.db`);
  const fresh = join(root, `restored-${run}`);
  for (const words of [['restore', file], ['check']]) {
    const { code, text } = await command(fresh, words);
    if (code !== 0) violations.push(`backup ${run}: ${words[0]} ended with ${code}: ${text}`);
  }
  const found = await sumsIn(join(fresh, 'headwater.db'), clients);
  rmSync(fresh, { recursive: true });
  rmSync(file);
  return found;
}

type Found = readonly { readonly entries: bigint; readonly transfers: bigint }[];

/** What a restored database holds of each client, read through the driver. */
async function sumsIn(file: string, clients: number): Promise<Found> {
  const sums = Array.from({ length: clients }, () => ({ entries: 0n, transfers: 0n }));
  const engine = await startEmbeddedMongo({ file });
  const client = await new MongoClient(engine.uri).connect();
  for (const name of ['entries', 'transfers'] as const) {
    for await (const bytes of client.db().collection(name).find({}, { raw: true })) {
      if (!(bytes instanceof Uint8Array)) throw new Error('the document is not raw');
      const own = sums[Number(BSON.deserialize(bytes).client)];
      if (own) own[name] = plus(own[name], digestOf(bytes));
    }
  }
  await client.close();
  await engine.close();
  return sums;
}

type Seen = {
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly found: Found;
  readonly printed: ReadonlyMap<string, string>;
};

/**
 * Each client must stand exactly after one of its writes, not before what was acknowledged when the copy began, not after
 * what had begun when it ended. Then entries, transfers and accounts must have the hash that the ledgers give: a transaction of
 * which a half is there would show in one of them.
 */
function judge(run: number, ledgers: readonly ClientLedger[], { before, after, found, printed }: Seen): string[] {
  const wrong: string[] = [];
  for (const [client, ledger] of ledgers.entries()) {
    while (ledger.done < (before[client] ?? 0)) ledger.advance();
    const stands = () => ledger.entries === found[client]?.entries && ledger.transfers === found[client]?.transfers;
    while (!stands() && ledger.done < (after[client] ?? 0)) ledger.advance();
    if (!stands())
      wrong.push(`backup ${run}: client ${client} stands at none of its writes ${before[client]} to ${after[client]}`);
  }
  const sum = (of: 'entries' | 'transfers') => spelled(ledgers.reduce((all, ledger) => plus(all, ledger[of]), 0n));
  const expected = { entries: sum('entries'), transfers: sum('transfers'), accounts: accountsHash(ledgers) };
  for (const [name, hash] of Object.entries(expected)) {
    const seen = printed.get(`test.${name}`);
    if (seen !== hash) wrong.push(`backup ${run}: ${name} has the hash ${seen}, the ledgers give ${hash}`);
  }
  return wrong;
}

/** A move there and one back, each begun several times and killed before it is let come to its end. */
async function moveThereAndBack(root: string, live: string, kills: number, violations: string[]) {
  const second = await startEmbeddedMongo({ file: join(root, 'second.db') });
  const back = join(root, 'back');
  mkdirSync(back);
  const source = await command(live, ['check']);
  const wanted = hashesIn(source.text);
  let fired = 0;
  const outcomes: Record<string, Awaited<ReturnType<typeof command>>> = { source };
  try {
    for (const [what, folder, words] of [
      ['moved there', live, ['move', '--to', second.uri]],
      ['moved back', back, ['move', '--from', second.uri]],
    ] as const) {
      const killed = await killMoves(folder, words, kills);
      fired += killed.fired;
      outcomes[`the source after the kills of "${what}"`] = await command(live, ['check']);
      for (const text of killed.refused) violations.push(`${what}: ${text}`);
      outcomes[what] = await command(folder, [...words, '--replace']);
    }
  } finally {
    await second.close();
  }
  outcomes['the source at the end'] = await command(live, ['check']);
  outcomes['what came back'] = await command(back, ['check']);
  if (wanted.size === 0) violations.push('move: there was nothing to move');
  for (const [what, { code, text }] of Object.entries(outcomes)) {
    if (code !== 0) violations.push(`${what}: ended with ${code}: ${text}`);
    const found = hashesIn(text);
    const isSame = found.size === wanted.size && [...wanted].every(([name, hash]) => found.get(name) === hash);
    if (!isSame) violations.push(`${what}: ${JSON.stringify([...found])}, not ${JSON.stringify([...wanted])}`);
  }
  return { kills: fired, collections: Object.fromEntries(wanted) };
}

/** A move takes its time once whole; then it is killed at moments spread over that time. Only a kill that cut one off counts. */
async function killMoves(folder: string, words: readonly string[], kills: number) {
  const started = performance.now();
  const whole = await command(folder, words);
  const took = performance.now() - started;
  const refused = whole.code === 0 ? [] : [whole.text];
  let fired = 0;
  for (let i = 0; i < kills; i++) {
    const { code, text } = await command(folder, [...words, '--replace'], (took * (i + 0.5)) / kills);
    if (code === null) fired++;
    else if (code !== 0) refused.push(text);
  }
  return { fired, refused };
}
