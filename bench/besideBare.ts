/**
 * One address of the real public handler beside a bare `node:http` server that sends the same bytes and headers:
 * alternating rounds, each server in a process of its own, every answer compared to the last byte.
 */
import { get, type IncomingMessage } from 'node:http';
import { type createEvidence, median, spreadOf } from '../test/prove/evidence.ts';
import { load } from './loadGenerator.ts';
import { type ServedPage, startPageServer } from './pageServer.ts';
import type { ServerOrder } from './pageServerChild.ts';

export type Comparison = {
  /** The public folder that the site serves. */
  readonly folder: string;
  readonly path: string;
  readonly acceptEncoding: string;
  readonly rounds: number;
  /** Of each round. */
  readonly milliseconds: number;
  readonly connections: number;
  /** What the bare server does with what the site sent once. */
  readonly bare: (sent: Sent) => Exclude<ServerOrder, { readonly kind: 'site' }>;
};

export type Sent = { readonly headers: Readonly<Record<string, string>>; readonly body: Buffer };

type Round = {
  readonly perSecond: number;
  readonly answered: number;
  readonly cpuMicros: number;
  /** Share of one processor that the server used: well below 1, the client was the bottleneck. */
  readonly busy: number;
};

function fetchOnce(
  port: number,
  path: string,
  acceptEncoding: string,
): Promise<{ head: IncomingMessage; body: Buffer }> {
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

const summary = (rows: readonly Round[]) => ({
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

/** `ratio` is the site's requests per second over the bare server's, `cpuRatio` the same in processor time. */
export async function besideBare(asked: Comparison) {
  const { folder, path, acceptEncoding, rounds, milliseconds, connections } = asked;
  const site = await startPageServer({ kind: 'site', folder });
  const { head, body } = await fetchOnce(site.port, path, acceptEncoding);
  if (head.statusCode !== 200) throw new Error(`${path} answers ${head.statusCode}`);
  const headers = headersOf(head);
  const bare = await startPageServer(asked.bare({ headers, body }));
  const twin = await fetchOnce(bare.port, path, acceptEncoding);
  if (!twin.body.equals(body) || JSON.stringify(headersOf(twin.head)) !== JSON.stringify(headers)) {
    throw new Error('the bare server does not send the same');
  }
  const measured = { site: [] as Round[], bare: [] as Round[] };
  const round = async (server: ServedPage, length: number): Promise<Round> => {
    const before = (await server.usage()).cpuMicros;
    const began = performance.now();
    const answered = await load({ port: server.port, path, acceptEncoding, connections, milliseconds: length, body });
    const seconds = (performance.now() - began) / 1000;
    const cpu = (await server.usage()).cpuMicros - before;
    return { perSecond: answered / seconds, answered, cpuMicros: cpu / answered, busy: cpu / 1e6 / seconds };
  };
  for (const server of [site, bare]) await round(server, Math.min(1000, milliseconds));
  for (let number = 0; number < rounds; number++) {
    // Which of the two is first changes from round to round.
    for (const name of number % 2 === 0 ? (['site', 'bare'] as const) : (['bare', 'site'] as const)) {
      measured[name].push(await round(name === 'site' ? site : bare, milliseconds));
    }
  }
  for (const server of [site, bare]) server.stop();
  const ratioOf = (pick: (one: Round) => number) => median(measured.site.map(pick)) / median(measured.bare.map(pick));
  return {
    path,
    acceptEncoding,
    bytes: body.length,
    headers: Object.keys(headers).length,
    site: summary(measured.site),
    bare: summary(measured.bare),
    ratio: Number(ratioOf((one) => one.perSecond).toFixed(3)),
    cpuRatio: Number((1 / ratioOf((one) => one.cpuMicros)).toFixed(3)),
  };
}

export type Compared = Awaited<ReturnType<typeof besideBare>>;
type Counts = Readonly<Record<string, unknown>> & { readonly goal: number };

/** Both ways of counting have to reach the goal: per second, and per processor time. Writes it down and sets how the bench ends. */
export function conclude(
  evidence: ReturnType<typeof createEvidence>,
  results: readonly Compared[],
  counts: Counts,
): void {
  const reached = results.every(({ ratio, cpuRatio }) => ratio >= counts.goal && cpuRatio >= counts.goal);
  const verdict = reached ? 'passed' : 'failed';
  const written = evidence.write({
    ...{ verdict, seed: null, faultsFired: null, violations: [] },
    counts: { ...counts, results },
  });
  console.log(`${verdict}: ${written}`);
  process.exitCode = reached ? 0 : 1;
}
