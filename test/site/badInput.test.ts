import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { checkBundle } from '../../src/formats/offline/checkBundle.ts';
import { writeOffline } from '../../src/formats/offline/writeOffline.ts';
import { type PublicServer, servePublic } from '../../src/publicServer.ts';
import { invalidHtml } from '../browser/servedHtml.ts';
import { bundlePages, riverBundle } from '../formats/bundle/riverBundle.ts';
import { askBadly, askWhole, faultsOf, foldedUp } from './askBadly.ts';
import { type BadInput, badInputs } from './badInputs.ts';
import { createFixture } from './siteFixture.ts';

let site: Awaited<ReturnType<typeof createFixture>>;
let server: PublicServer;
const problems: unknown[] = [];
before(async () => {
  site = await createFixture();
  await site.site.projectAll();
  const at = { host: '127.0.0.1', port: 0, publicFolder: site.folder, baseUrl: null };
  server = await servePublic(at, (problem) => problems.push(problem));
});
after(async () => {
  await server.close();
  await site.close();
});

const path = '/tr-TR/lessons/A3/card.pdf';
async function inputs(): Promise<readonly BadInput[]> {
  const { headers } = await askWhole(server.address, { path });
  return badInputs({ path, length: Number(headers['content-length']), etag: String(headers.etag) });
}

test('bad input: the right status, a page in the reader’s language, no cookie, nothing changed', async () => {
  const before = foldedUp(site.folder);
  const { codes, wrong } = await askBadly(server.address, await inputs());
  assert.deepEqual([wrong, problems], [[], []]);
  for (const code of [200, 206, 400, 404, 405, 416, 431]) assert.ok(codes[code], `${code}: ${JSON.stringify(codes)}`);
  assert.equal(foldedUp(site.folder), before);
});

test('the same beside the desk: what is not for it is answered by the public site', async () => {
  const { wrong } = await askBadly(site.origin, await inputs());
  assert.deepEqual(wrong, []);
});

test('the pages that refuse are valid and show where to go on', async () => {
  for (const [asked, words] of [
    [{ path: '/tr-TR/lessons/none' }, 'href="/tr-TR"'],
    [{ path: '/%' }, 'This address is broken'],
    [{ path: '/ar-EG', method: 'PUT' }, 'هذا العنوان للقراءة فقط'],
    [{ path: '/en-GB?q=%3Cb%3E%E2%80%AE%00' }, '&lt;b&gt;'],
  ] as const) {
    const { text } = await askWhole(server.address, asked);
    assert.ok(text.includes(words), text);
    assert.deepEqual(await invalidHtml(text), []);
  }
});

test('the judge finds what it is there for', async () => {
  const [first] = await inputs();
  assert.ok(first);
  const good = await askWhole(server.address, first);
  assert.deepEqual(faultsOf(first, good, null), []);
  const faulty = [
    { ...good, code: 500 },
    { ...good, headers: { ...good.headers, 'set-cookie': ['a=b'] } },
    { ...good, text: good.text.replace('<h1', '<script>alert(1)</script><h1') },
    { ...good, text: good.text.replace('<html lang="en"', '<html lang="fr"') },
    { ...good, text: `${good.text}\u202e` },
    { ...good, milliseconds: 60_000 },
  ];
  for (const each of faulty) assert.equal(faultsOf(first, each, null).length, 1);
});

test('a tampered ZIP is never called complete', () => {
  const zip = Buffer.from(writeOffline(riverBundle('en-GB'), bundlePages));
  assert.equal(checkBundle(zip).kind, 'complete');
  const step = Math.floor(zip.length / 60);
  for (let at = 7; at < zip.length; at += step) {
    const changed = Buffer.from(zip);
    changed[at] = (changed[at] ?? 0) ^ 0x41;
    const found = checkBundle(changed);
    // Bytes that no file is made of (dates, padding) may be anything; whatever is called complete holds the same files.
    if (found.kind === 'complete') assert.deepEqual(found.manifest, whole(zip), `byte ${at}`);
  }
  for (const torn of [Buffer.alloc(0), zip.subarray(0, 100), zip.subarray(50), Buffer.concat([zip, zip])]) {
    assert.notEqual(checkBundle(torn).kind === 'complete' && torn.length < zip.length, true);
  }
});

function whole(zip: Uint8Array) {
  const found = checkBundle(zip);
  return found.kind === 'complete' ? found.manifest : assert.fail(found.kind);
}
