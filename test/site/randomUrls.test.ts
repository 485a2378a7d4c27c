import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type PublicServer, servePublic } from '../../src/publicServer.ts';
import { askAll } from './randomUrls.ts';
import { recallOf } from './recalls.ts';
import { createFixture } from './siteFixture.ts';

let site: Awaited<ReturnType<typeof createFixture>>;
let server: PublicServer;
const problems: unknown[] = [];
before(async () => {
  site = await createFixture();
  site.shelf.recalls = [recallOf({ kind: 'lesson', lesson: 'B4' })];
  await site.site.projectAll();
  const at = { host: '127.0.0.1', port: 0, publicFolder: site.folder, baseUrl: null };
  server = await servePublic(at, (problem) => problems.push(problem));
});
after(async () => {
  await server.close();
  await site.close();
});

test('1,500 addresses that nobody would write: never a 500, never a cookie', async () => {
  const { codes, wrong } = await askAll(server.address, 20261124, 1500);
  assert.deepEqual([wrong, problems], [[], []]);
  for (const code of [200, 404, 405, 410]) assert.ok((codes[code] ?? 0) > 5, `${code}: ${JSON.stringify(codes)}`);
});

test('a tag longer than a file name may be is a page that is not there', async () => {
  const tag = `tr-TR-x-${'abcdefgh-'.repeat(40)}a`;
  for (const path of [`/${tag}`, `/${tag}/lessons/A3/feedback`]) {
    assert.equal((await fetch(server.address + path)).status, 404);
  }
  assert.equal((await fetch(`${server.address}/${tag}/lessons/A3/feedback`, { method: 'POST' })).status, 405);
});
