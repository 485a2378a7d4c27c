/**
 * A public lesson page from the real public handler against a bare `node:http` server that sends the same bytes and
 * headers: alternating rounds, each server in a process of its own, every answer compared to the last byte.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, startChild } from '../test/prove/child.ts';
import { createEvidence, median, numberOption, spreadOf } from '../test/prove/evidence.ts';
import { seedRiver } from '../test/prove/river.ts';
import { load } from './loadGenerator.ts';
import type { ServerOrder } from './pageServerChild.ts';

const rounds = numberOption('rounds', 7);
const milliseconds = numberOption('milliseconds', 2500);
const connections = numberOption('connections', 32);
const path = '/en-GB/lessons/B4';
const goal = 0.5;
const script = join(import.meta.dirname, 'pageServerChild.ts');

type Server = { readonly child: Child; readonly port: number; readonly cpu: () => Promise<number> };

async function serve(order: ServerOrder): Promise<Server> {
  const profile = process.env.BENCH_PROFILE && order.kind === 'site' ? ['--cpu-prof', '--cpu-prof-dir=/tmp'] : [];
  const child = startChild(script, [], profile);
  child.tell(order);
  const port = (await child.hear('listening')).data as number;
  const cpu = (): Promise<number> => {
    const answer = new Promise<number>((resolve) => child.process.once('message', resolve));
    child.tell('cpu');
    return answer;
  };
  return { child, port, cpu };
}

function fetchOnce(port: number, acceptEncoding: string): Promise<{ head: IncomingMessage; body: Buffer }> {
  return new Promise((resolve, reject) => {
    get({ port, host: '127.0.0.1', path, headers: { 'accept-encoding': acceptEncoding } }, (head) => {
      const parts: Buffer[] = [];
      head.on('data', (part: Buffer) => parts.push(part));
      head.on('end', () => resolve({ head, body: Buffer.concat(parts) }));
    }).on('error', reject);
  });
}

/** The headers that the server itself adds to every answer. */
const added = new Set(['date', 'connection', 'keep-alive', 'transfer-encoding']);

function headersOf(head: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let place = 0; place < head.rawHeaders.length; place += 2) {
    const name = head.rawHeaders[place] ?? '';
    if (!added.has(name.toLowerCase())) headers[name] = head.rawHeaders[place + 1] ?? '';
  }
  return headers;
}

async function compare(folder: string, acceptEncoding: string) {
  const site = await serve({ kind: 'site', folder });
  const { head, body } = await fetchOnce(site.port, acceptEncoding);
  if (head.statusCode !== 200) throw new Error(`the page answers ${head.statusCode}`);
  const headers = headersOf(head);
  const bare = await serve({ kind: 'bare', headers, body });
  const twin = await fetchOnce(bare.port, acceptEncoding);
  if (!twin.body.equals(body) || JSON.stringify(headersOf(twin.head)) !== JSON.stringify(headers)) {
    throw new Error('the bare server does not send the same');
  }
  const measured = { site: [] as Round[], bare: [] as Round[] };
  const round = async (server: Server, length: number): Promise<Round> => {
    const before = await server.cpu();
    const began = performance.now();
    const answered = await load({ port: server.port, path, acceptEncoding, connections, milliseconds: length, body });
    const seconds = (performance.now() - began) / 1000;
    const cpu = (await server.cpu()) - before;
    return { perSecond: answered / seconds, answered, cpuMicros: cpu / answered, busy: cpu / 1e6 / seconds };
  };
  for (const server of [site, bare]) await round(server, 1000);
  for (let number = 0; number < rounds; number++) {
    // Which of the two is first changes from round to round.
    for (const name of number % 2 === 0 ? (['site', 'bare'] as const) : (['bare', 'site'] as const)) {
      measured[name].push(await round(name === 'site' ? site : bare, milliseconds));
    }
  }
  for (const { child } of [site, bare]) {
    child.process.disconnect();
  }
  const of = (rows: readonly Round[]) => ({
    requestsPerSecond: spreadOf(
      rows.map(({ perSecond }) => perSecond),
      0,
    ),
    serverCpuMicrosPerRequest: spreadOf(rows.map(({ cpuMicros }) => cpuMicros)),
    serverBusy: spreadOf(
      rows.map(({ busy }) => busy),
      2,
    ),
    answered: rows.reduce((sum, { answered }) => sum + answered, 0),
  });
  const ratioOf = (pick: (one: Round) => number) => median(measured.site.map(pick)) / median(measured.bare.map(pick));
  return {
    acceptEncoding,
    bytes: body.length,
    headers: Object.keys(headers).length,
    site: of(measured.site),
    bare: of(measured.bare),
    ratio: Number(ratioOf((one) => one.perSecond).toFixed(3)),
    cpuRatio: Number((1 / ratioOf((one) => one.cpuMicros)).toFixed(3)),
  };
}

type Round = {
  readonly perSecond: number;
  readonly answered: number;
  readonly cpuMicros: number;
  /** Share of one processor that the server used: well below 1, the client was the bottleneck. */
  readonly busy: number;
};

const evidence = createEvidence('public-page');
const home = mkdtempSync(join(tmpdir(), 'headwater-public-page-'));
try {
  await seedRiver(home);
  const results = [];
  for (const acceptEncoding of ['br, gzip', 'identity']) {
    const result = await compare(join(home, 'public'), acceptEncoding);
    console.log(JSON.stringify(result, null, 2));
    results.push(result);
  }
  // Both ways of counting have to reach the goal: per second, and per processor time.
  const reached = results.every(({ ratio, cpuRatio }) => ratio >= goal && cpuRatio >= goal);
  const verdict = reached ? 'passed' : 'failed';
  const counts = { path, rounds, milliseconds, connections, goal, results };
  console.log(`${verdict}: ${evidence.write({ verdict, seed: null, faultsFired: null, counts, violations: [] })}`);
  process.exitCode = reached ? 0 : 1;
} finally {
  rmSync(home, { recursive: true, force: true });
}
