import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { type Gate, hopsTo, openGate } from '../../src/gate/openGate.ts';
import { createFixture } from '../site/siteFixture.ts';

type Fixture = Awaited<ReturnType<typeof createFixture>>;
let site: Fixture;
before(async () => {
  site = await createFixture();
  await site.site.project('en-GB');
});
const opened: Gate[] = [];
after(async () => {
  for (const gate of opened) await gate.close();
  await site.close();
});

const configFor = (trustProxy: number | false = false) => ({
  host: '127.0.0.1',
  port: 0,
  publicFolder: site.folder,
  baseUrl: null,
  contact: null,
  trustProxy,
});
const broken = (problem: unknown) => assert.fail(String(problem));

async function gateTo(desk: RequestListener | null, trustProxy: number | false = false): Promise<Gate> {
  const gate = await openGate({ config: configFor(trustProxy), fileNow: site.bare.fileNow, failed: broken });
  opened.push(gate);
  await gate.open();
  if (desk !== null) await gate.lead(desk);
  return gate;
}

const sumOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** As a browser on a bare connection asks, so that headers arrive as they were written. */
async function ask(gate: Gate, path: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  const asked = request(`${gate.address}${path}`, { headers, agent: false }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  return answer;
}

describe('the gate', () => {
  test('readers get their pages while the desk does nothing but work', async () => {
    const gate = await gateTo((_request, response) => response.end());
    const counted = new Int32Array(new SharedArrayBuffer(4));
    const ended = new Int32Array(new SharedArrayBuffer(4));
    const url = new URL('./readersWorker.ts', import.meta.url);
    const readers = new Worker(url, { workerData: { address: gate.address, counted, ended } });
    await once(readers, 'online');
    // This thread, the desk's, stands still until fifty pages were answered, or for half a minute.
    const end = performance.now() + 30_000;
    for (let had = 0; had < 50 && performance.now() < end; had = Atomics.load(counted, 0)) {
      Atomics.wait(counted, 0, had, 1000);
    }
    Atomics.store(ended, 0, 1);
    assert.ok(counted[0] !== undefined && counted[0] >= 50, `${counted[0]} pages`);
    await once(readers, 'exit');
    await gate.close();
  });

  test('before the desk is there, readers are told of the start, and the desk’s doors lead to that', async () => {
    const gate = await openGate({ config: configFor(), fileNow: site.bare.fileNow, failed: broken });
    gate.progress({ done: 3, total: 9, step: 'lessons' });
    const home = await ask(gate, '/');
    assert.deepEqual([home.statusCode, home.headers['retry-after']], [503, '3']);
    const desk = await ask(gate, '/desk/editions');
    assert.deepEqual([desk.statusCode, desk.headers.location], [302, '/']);
    assert.equal((await ask(gate, '/readyz')).statusCode, 503);
    await gate.open();
    await gate.lead((_request, response) => response.end('the desk'));
    assert.equal((await ask(gate, '/')).statusCode, 200);
    assert.equal((await ask(gate, '/readyz')).statusCode, 200);
    assert.equal(String(await buffer(await ask(gate, '/desk'))), 'the desk');
    await gate.close();
    await gate.close();
    await assert.rejects(ask(gate, '/'), { code: 'ECONNREFUSED' });
  });

  test('what is sent to the desk and what it answers arrive whole', async () => {
    let got: { readonly method?: string; readonly url?: string; readonly sum: string; readonly type?: string } | null =
      null;
    const back = randomBytes(3_000_000);
    const gate = await gateTo(async (asked, response) => {
      const { method, url, headers } = asked;
      got = { method, url, type: headers['content-type'], sum: sumOf(await buffer(asked)) } as typeof got;
      response.writeHead(201, { 'Set-Cookie': ['a=1; Path=/desk', 'b=2'], 'X-Own': 'yes' });
      response.write(back.subarray(0, 1_000_000));
      response.end(back.subarray(1_000_000));
    });
    const sent = randomBytes(5_000_000);
    const answer = await fetch(`${gate.address}/desk/material?x=%2F&y=ü`, {
      method: 'POST',
      body: sent,
      headers: { 'Content-Type': 'application/x-own' },
    });
    assert.deepEqual(got, {
      method: 'POST',
      url: '/desk/material?x=%2F&y=%C3%BC',
      type: 'application/x-own',
      sum: sumOf(sent),
    });
    assert.deepEqual([answer.status, answer.headers.get('x-own')], [201, 'yes']);
    assert.deepEqual(answer.headers.getSetCookie(), ['a=1; Path=/desk', 'b=2']);
    assert.equal(sumOf(new Uint8Array(await answer.arrayBuffer())), sumOf(back));
    const head = await fetch(`${gate.address}/desk`, { method: 'HEAD' });
    assert.deepEqual([head.status, await head.text()], [201, '']);
    await gate.close();
  });

  test('nobody says who they are by a header, unless the operator trusts a proxy', async () => {
    const seen: RequestListener = ({ headers }, response) => {
      const { 'x-forwarded-for': from, 'x-forwarded-proto': scheme, 'x-forwarded-host': host } = headers;
      response.end(JSON.stringify([from, scheme ?? null, host ?? null, headers.host, headers.connection]));
    };
    const claimed = {
      'X-Forwarded-For': '203.0.113.9',
      'X-Forwarded-Proto': 'https',
      'X-Forwarded-Host': 'elsewhere.example',
      Connection: 'close, X-Own',
      Host: 'lessons.example',
    };
    const said = async (trustProxy: number | false) => {
      const gate = await gateTo(seen, trustProxy);
      const words: unknown = JSON.parse(String(await buffer(await ask(gate, '/desk', claimed))));
      await gate.close();
      return words;
    };
    assert.deepEqual(await said(false), ['127.0.0.1', null, null, 'lessons.example', 'keep-alive']);
    assert.deepEqual(await said(1), [
      '203.0.113.9, 127.0.0.1',
      'https',
      'elsewhere.example',
      'lessons.example',
      'keep-alive',
    ]);
    assert.deepEqual([hopsTo(false), hopsTo(2)], [1, 3]);
  });

  test('a form that the desk refuses before its end is answered', async () => {
    const gate = await gateTo((_asked, response) => {
      response.writeHead(413).end('too much');
    });
    const asked = request(`${gate.address}/desk/material`, { method: 'POST', agent: false });
    asked.on('error', () => {});
    asked.write(randomBytes(100_000));
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    assert.equal(answer.statusCode, 413);
    assert.equal(String(await buffer(answer)), 'too much');
    asked.destroy();
    await gate.close();
  });

  test('half an answer never looks whole, and who goes away is not worked for', async () => {
    let left = Promise.withResolvers<void>();
    const gate = await gateTo((asked, response) => {
      if (asked.url === '/desk/dies') {
        response.writeHead(200, { 'Content-Length': '1000' }).write('half', () => response.destroy());
      } else if (asked.url === '/desk/dies-first') response.destroy();
      else response.on('close', left.resolve);
    });
    const half = await ask(gate, '/desk/dies');
    await assert.rejects(buffer(half), { code: 'ECONNRESET' });
    const never = await ask(gate, '/desk/dies-first');
    assert.equal(never.statusCode, 503);
    left = Promise.withResolvers<void>();
    const gone = request(`${gate.address}/desk/long`, { agent: false }).end();
    gone.on('error', () => {});
    setTimeout(() => gone.destroy(), 100);
    await left.promise;
    await gate.close();
  });

  test('a reader who waits for a file gets it from who makes it', async () => {
    const may = Promise.withResolvers<void>();
    const own = await createFixture({
      build: async ({ lesson }) => may.promise.then(() => Buffer.from(`%PDF ${lesson}`)),
    });
    await own.bare.project('en-GB');
    const config = { ...configFor(), publicFolder: own.folder };
    const waited: string[] = [];
    const gate = await openGate({
      config,
      fileNow: (tag, path, milliseconds) => {
        waited.push(`${tag} ${path} ${milliseconds}`);
        may.resolve();
        return own.bare.fileNow(tag, path, milliseconds);
      },
      failed: broken,
    });
    opened.push(gate);
    await gate.open();
    const answer = await ask(gate, '/en-GB/lessons/A3/pack.pdf');
    assert.deepEqual([answer.statusCode, String(await buffer(answer))], [200, '%PDF A3']);
    assert.deepEqual(waited, ['en-GB /en-GB/lessons/A3/pack.pdf 20000']);
    await gate.close();
    await own.bare.settled();
    await own.close();
  });

  test('an address that is taken is said at once', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const opening = openGate({ config: { ...configFor(), port }, fileNow: site.bare.fileNow, failed: broken });
    await assert.rejects(opening, { code: 'EADDRINUSE' });
    other.close();
  });
});
