/**
 * Readers that come at a constant rate, whether the server keeps up or not: each request has a moment at which it should
 * be sent, and its time counts from there, also when all connections are busy. Told `{ phase }`, it begins a new phase and
 * tells what the last one was like; told `{ end }`, it stops.
 */
import { connect } from 'node:net';
import { say, told } from '../test/prove/child.ts';

export type Coming = {
  readonly port: number;
  readonly paths: readonly string[];
  /** Requests a second; null: as fast as the connections allow, which finds the most. */
  readonly perSecond: number | null;
  readonly connections: number;
};

export type Phase = {
  readonly seconds: number;
  readonly answered: number;
  readonly perSecond: number;
  /** From the moment when it should have been sent to the last byte, in ms. */
  readonly ms: {
    readonly p50: number;
    readonly p95: number;
    readonly p99: number;
    readonly p999: number;
    readonly most: number;
  };
  /** How late this process itself was with sending although a connection was free: its own share of the times. */
  readonly ownLatenessMs: { readonly p99: number; readonly most: number };
  readonly waitingAtEnd: number;
};

const headEnd = Buffer.from('\r\n\r\n');
const { port, paths, perSecond, connections } = await told<Coming>();

let times: number[] = [];
let lateness: number[] = [];
let phaseBegan = performance.now();
/** Moments at which requests should have been sent, that no connection has taken yet. */
let due: number[] = [];
let taken = 0;
let sent = 0;
/** Connections without a request, the longest unused first, so that none is left until the server closes it. */
const free: (() => void)[] = [];

function failed(problem: string): never {
  say('failed', problem);
  process.exit(1);
}

function requestOf(path: string): string {
  return `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept-Encoding: gzip, deflate, br\r\n\r\n`;
}
const requests = paths.map(requestOf);

function serve(): void {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  let began = 0;
  let parts: Buffer[] = [];
  let bytes = 0;
  let wanted = 0;
  const next = (): void => {
    const moment = perSecond === null ? performance.now() : due[taken];
    if (moment === undefined) {
      free.push(next);
      return;
    }
    taken++;
    began = moment;
    socket.write(requests[sent++ % requests.length] ?? '');
  };
  socket.on('error', (error) => failed(error.message));
  socket.on('close', () => {
    const at = free.indexOf(next);
    if (at === -1) failed('the server hung up in the middle of an answer');
    // It may close what was not used for a while; a browser opens another one then.
    free.splice(at, 1);
    serve();
  });
  socket.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (wanted === 0) {
      parts.push(chunk);
      const start = parts.length === 1 ? chunk : Buffer.concat(parts);
      const end = start.indexOf(headEnd);
      if (end === -1) return;
      const head = start.toString('latin1', 0, end);
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN);
      if (!head.startsWith('HTTP/1.1 200 ') || Number.isNaN(length)) failed(head);
      wanted = end + headEnd.length + length;
    }
    if (bytes < wanted) return;
    if (bytes > wanted) failed('more bytes than announced');
    times.push(performance.now() - began);
    parts = [];
    bytes = 0;
    wanted = 0;
    next();
  });
  next();
}

const start = performance.now();
let scheduled = 0;
/** Puts what is due into the queue, and sends as much of it as connections are free. */
function tick(): void {
  const now = performance.now();
  const rate = perSecond ?? 0;
  const until = Math.floor(((now - start) / 1000) * rate);
  for (; scheduled < until; scheduled++) due.push(start + ((scheduled + 1) / rate) * 1000);
  while (taken < due.length) {
    const take = free.shift();
    if (take === undefined) break;
    lateness.push(now - (due[taken] ?? now));
    take();
  }
  if (taken > 100_000) {
    due = due.slice(taken);
    taken = 0;
  }
}

function ended(): Phase {
  const seconds = (performance.now() - phaseBegan) / 1000;
  const sorted = Float64Array.from(times).sort();
  const late = Float64Array.from(lateness).sort();
  const of = (values: Float64Array, share: number): number =>
    Number((values[Math.min(values.length - 1, Math.ceil(values.length * share) - 1)] ?? 0).toFixed(2));
  const phase: Phase = {
    seconds: Number(seconds.toFixed(1)),
    answered: times.length,
    perSecond: Math.round(times.length / seconds),
    ms: {
      p50: of(sorted, 0.5),
      p95: of(sorted, 0.95),
      p99: of(sorted, 0.99),
      p999: of(sorted, 0.999),
      most: of(sorted, 1),
    },
    ownLatenessMs: { p99: of(late, 0.99), most: of(late, 1) },
    waitingAtEnd: due.length - taken,
  };
  times = [];
  lateness = [];
  phaseBegan = performance.now();
  return phase;
}

for (let number = 0; number < connections; number++) serve();
if (perSecond !== null) {
  const loop = (): void => {
    tick();
    setTimeout(loop, 1);
  };
  loop();
}
process.on('message', (message: { readonly phase?: string; readonly end?: true }) => {
  if (message.end) process.exit();
  say(`phase ${message.phase}`, ended());
});
process.on('disconnect', () => process.exit());
say('coming');
