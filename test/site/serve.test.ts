import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { editionOf, publish } from './shelf.ts';
import { createFixture } from './siteFixture.ts';

let site: Awaited<ReturnType<typeof createFixture>>;
before(async () => {
  site = await createFixture();
  await site.site.projectAll();
});
after(() => site.close());

const text = async (path: string, headers: Record<string, string> = {}): Promise<string> =>
  (await site.get(path, headers)).text();
const codeOf = (publication: number, lesson: string): string =>
  site.shelf.publications
    .find(({ edition, number }) => edition === 'en-GB' && number === publication)
    ?.lessons.find((entry) => entry.lesson === lesson)?.code ?? '';

test('a page is asked about again: strong tag, 304, HEAD, encodings', async () => {
  const path = '/en-GB/lessons/A3';
  const plain = await site.get(path);
  const html = await plain.text();
  const tag = plain.headers.get('etag') ?? '';
  assert.match(tag, /^"[0-9a-f]{32}"$/);
  assert.equal(plain.headers.get('cache-control'), 'public, max-age=300, must-revalidate');
  assert.equal(plain.headers.get('set-cookie'), null);
  assert.match(plain.headers.get('vary') ?? '', /Accept-Encoding/);
  assert.match(plain.headers.get('content-security-policy') ?? '', /default-src 'none'; style-src 'sha256-/);
  const again = await site.get(path, { 'if-none-match': `"other", ${tag}` });
  assert.deepEqual([again.status, await again.text(), again.headers.get('etag')], [304, '', tag]);
  const head = await site.get(path, {}, 'HEAD');
  assert.deepEqual([head.status, await head.text()], [200, '']);
  assert.equal(head.headers.get('content-length'), String(Buffer.byteLength(html)));
  const raw = async (encoding: string) => {
    const { request } = await import('node:http');
    return new Promise<{ encoding: string; body: Buffer }>((resolve, reject) => {
      request(site.origin + path, { headers: { 'accept-encoding': encoding } }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () =>
          resolve({ encoding: answer.headers['content-encoding'] ?? '', body: Buffer.concat(parts) }),
        );
      })
        .on('error', reject)
        .end();
    });
  };
  const brotli = await raw('gzip, deflate, br');
  assert.deepEqual([brotli.encoding, brotliDecompressSync(brotli.body).toString()], ['br', html]);
  const gzip = await raw('gzip, br;q=0');
  assert.deepEqual([gzip.encoding, gunzipSync(gzip.body).toString()], ['gzip', html]);
  assert.ok(brotli.body.length < 12_500, `${brotli.body.length} bytes on the wire`);
});

test('a file has a name to save under and can be read in parts', async () => {
  const path = '/tr-TR/lessons/A3/card.pdf';
  const whole = await site.get(path);
  const bytes = Buffer.from(await whole.arrayBuffer());
  assert.equal(whole.headers.get('content-type'), 'application/pdf');
  assert.equal(whole.headers.get('content-disposition'), 'inline; filename="a3-card_tr-TR_1_a4.pdf"');
  const part = await site.get(path, { range: 'bytes=5-9' });
  assert.deepEqual([part.status, await part.text()], [206, bytes.subarray(5, 10).toString()]);
  assert.equal(part.headers.get('content-range'), `bytes 5-9/${bytes.length}`);
  const end = await site.get(path, { range: 'bytes=-3' });
  assert.equal(await end.text(), 'xxx');
  assert.equal((await site.get(path, { range: `bytes=${bytes.length}-` })).status, 416);
  for (const outside of [
    `bytes=${bytes.length}-${bytes.length + 9}`,
    'bytes=-0',
    `bytes=${'9'.repeat(400)}-`,
    'bytes=999999-, 888888-',
  ]) {
    const answer = await site.get(path, { range: outside });
    assert.deepEqual([answer.status, await answer.text()], [416, ''], outside);
    assert.equal(answer.headers.get('content-range'), `bytes */${bytes.length}`);
  }
  for (const [asked, from, to] of [
    [`bytes=5-${'9'.repeat(400)}`, 5, bytes.length],
    [`bytes=-${bytes.length * 2}`, 0, bytes.length],
    ['bytes=999999-, 5-9', 5, 10],
    ['BYTES= 5-9 ,', 5, 10],
  ] as const) {
    const answer = await site.get(path, { range: asked });
    assert.deepEqual([answer.status, await answer.text()], [206, bytes.subarray(from, to).toString()], asked);
  }
  for (const whole of [
    'bytes=5-9,20-30',
    'bytes=9-5',
    'bytes=-',
    'bytes=',
    'bytes=a-b',
    'lines=5-9',
    'bytes=1-2-3',
    `bytes=${'0-0,'.repeat(500)}`,
  ]) {
    const answer = await site.get(path, { range: whole });
    assert.deepEqual([answer.status, (await answer.text()).length], [200, bytes.length], whole);
  }
  const head = await site.get(path, { range: 'bytes=5-9' }, 'HEAD');
  assert.deepEqual([head.status, head.headers.get('content-length')], [200, String(bytes.length)]);
  assert.equal((await site.get(path, { range: 'bytes=0-4', 'if-range': '"old"' })).status, 200);
});

test('filters live in the address: what fits, chips, and which choice to drop', async () => {
  const found = await text('/en-GB?age=7-9&screens=none');
  assert.match(found, /2 of 5 lessons fit/);
  assert.match(found, /href="\/en-GB\?screens&#x3D;none"|href="\/en-GB\?screens=none"/);
  assert.ok(!found.includes('/en-GB/lessons/B1"'));
  assert.ok(!found.includes('value="blackmail"'), 'an option that ends in nothing is left out');
  const nothing = await text('/en-GB?age=7-9&topic=blackmail');
  assert.match(nothing, /No lesson fits all of this/);
  assert.match(nothing, /Without “Blackmail”: 2 lessons/);
  assert.match(await text('/en-GB?minutes=40'), /2 of 5 lessons fit/);
  assert.equal(await text('/en-GB?age=nonsense&x=<script>'), await text('/en-GB'));
});

test('verify: current, replaced with wrong numbers named, unknown with the likely misreading', async () => {
  const current = codeOf(1, 'A3');
  for (const typed of [current, current.toLowerCase().replace('-', ''), `%20${current.replace('-', '%20')}`]) {
    const answer = await site.get(`/verify/${typed}`);
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /You can use this sheet/);
  }
  assert.match(await text(`/verify?code=${current}`), /You can use this sheet/);
  assert.equal(await text(`/VERIFY/${current}`), await text(`/verify/${current}`), 'as the square on paper says it');
  const edition = site.shelf.editions[0] as (typeof site.shelf.editions)[number];
  publish(site.shelf, edition, 2, '2026-03-03', '0800 2222');
  site.shelf.editions[0] = editionOf('en-GB', { publication: 2 });
  assert.equal(await site.site.project('en-GB'), true);
  const replaced = await text(`/verify/${current}`);
  assert.match(replaced, /Replaced/);
  assert.match(replaced, /0800 1111<\/bdi>: <strong[^>]*>.*no longer right/);
  assert.match(replaced, /999<\/bdi>: still right/);
  assert.match(replaced, /href="\/en-GB\/lessons\/A3\/pack\.pdf"/);
  const known = codeOf(2, 'A3');
  const wrong = (known[0] === 'Z' ? 'Y' : 'Z') + known.slice(1);
  const unknown = await site.get(`/verify/${wrong}`);
  const said = await unknown.text();
  assert.equal(unknown.status, 404);
  assert.match(said, /We do not know this code/);
  assert.ok(said.includes(`/verify/${known}`));
  assert.ok(!(await text('/verify/%3Cscript%3E')).includes('<script'));
  assert.equal((await site.get('/verify/%E0%A4%A')).status, 400);
});

test('the home page suggests from the browser, and unknown pages speak the reader’s language', async () => {
  const turkish = await text('/', { 'accept-language': 'tr-TR,tr;q=0.9,en;q=0.5' });
  assert.match(turkish, /<html lang="tr"/);
  assert.match(turkish, /class="button" href="\/tr-TR"/);
  assert.match(await text('/?language=ar', { 'accept-language': 'tr' }), /<html lang="ar" dir="rtl"/);
  assert.ok(!(await text('/', { 'accept-language': 'fi' })).includes('class="suggested"'));
  const missing = await site.get('/fr-FR/lessons/A1', { 'accept-language': 'ar' });
  assert.equal(missing.status, 404);
  assert.match(await missing.text(), /<html lang="ar"/);
  assert.equal((await site.get('/en-GB/lessons/..%2f..%2findex.json')).status, 404);
});

test('a broken folder answers 500 and the server lives', async () => {
  const own = await createFixture();
  await own.site.projectAll();
  await rm(join(own.folder, 'objects'), { recursive: true });
  assert.equal((await own.get('/en-GB/lessons/A1')).status, 500);
  assert.equal((await own.get('/healthz')).status, 200);
  await own.close();
});

test('health, readiness and the first start', async () => {
  assert.equal((await site.get('/healthz')).status, 200);
  assert.equal((await site.get('/readyz')).status, 200);
  site.clock.progress = { done: 3, total: 9, step: 'tr-TR' };
  const filling = await site.get('/');
  assert.equal(filling.status, 503);
  assert.match(await filling.text(), /3 of 9/);
  assert.equal((await site.get('/readyz')).status, 503);
  assert.equal((await site.get('/en-GB/lessons/A1')).status, 200, 'what is there is served meanwhile');
  site.clock.progress = null;
});
