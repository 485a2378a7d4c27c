import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { smallStart } from '../../src/heap.ts';
import { editionOf, publish } from '../site/shelf.ts';
import { createFixture } from '../site/siteFixture.ts';

const headwater = resolve(import.meta.dirname, '../../headwater.mjs');
let site: Awaited<ReturnType<typeof createFixture>>;
let data = '';
let server: ChildProcess;
let origin = '';

const bring = () => cp(site.folder, join(data, 'public'), { recursive: true });

before(async () => {
  site = await createFixture();
  await site.site.projectAll();
  data = await mkdtemp(join(tmpdir(), 'headwater-public-'));
  await bring();
  server = spawn(process.execPath, [headwater, 'serve', 'public'], {
    env: { ...process.env, DATA_DIR: data, PORT: '0', HOST: '127.0.0.1', BASE_URL: '', CONTACT: 'reach@example.org' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(server.stdout ?? server, 'data')) as [Buffer];
  origin = /http:\/\/127\.0\.0\.1:\d+/.exec(String(line))?.[0] ?? '';
});
after(async () => {
  server.kill('SIGKILL');
  await site.close();
  await rm(data, { recursive: true, force: true });
});

test('the accessibility statement opens in the language of the page that leads to it, and says where to write', async () => {
  const lesson = await (await fetch(`${origin}/ar-EG/lessons/A3`)).text();
  const href = /<footer[\s\S]*href="(\/accessibility[^"]*)"/.exec(lesson)?.[1]?.replaceAll('&#x3D;', '=') ?? '';
  const answer = await fetch(origin + href, { headers: { 'accept-language': 'tr' } });
  const html = await answer.text();
  assert.equal(answer.status, 200);
  assert.match(html, /<html lang="ar" dir="rtl">/);
  assert.match(html, /<a [^>]*href="mailto:reach@example\.org"/);
  assert.match(
    await (await fetch(`${origin}/accessibility`, { headers: { 'accept-language': 'tr' } })).text(),
    /lang="tr"/,
  );
});

test('the process begins with the heaps of a small server', { skip: process.platform !== 'linux' }, async () => {
  const about = async (name: string) => (await readFile(`/proc/${server.pid}/${name}`, 'utf8')).split('\0');
  for (const word of smallStart.execArgv) assert.ok((await about('cmdline')).includes(word), word);
  for (const [name, value] of Object.entries(smallStart.env)) {
    assert.ok((await about('environ')).includes(`${name}=${value}`), name);
  }
});

test('the folder alone is served: nothing else is made in the data folder', async () => {
  for (const path of ['/', '/en-GB', '/tr-TR/lessons/A3', '/coverage', '/ar-EG/changes.atom', '/healthz', '/readyz']) {
    assert.equal((await fetch(origin + path)).status, 200, path);
  }
  assert.deepEqual(await readdir(data), ['public']);
  const page = await fetch(`${origin}/tr-TR/lessons/A3`);
  assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
  assert.equal(page.headers.get('x-content-type-options'), 'nosniff');
  assert.equal((await fetch(`${origin}/desk`)).status, 404);
  assert.equal((await fetch(`${origin}/en-GB`, { method: 'PUT' })).status, 405);
});

test('a moved pointer is seen without a restart', async () => {
  assert.match(await (await fetch(`${origin}/en-GB/lessons/A3`)).text(), /0800 1111/);
  publish(site.shelf, editionOf('en-GB'), 2, '2026-03-03', '0800 2222');
  site.shelf.editions[0] = editionOf('en-GB', { publication: 2 });
  await site.site.project('en-GB');
  await bring();
  await wait(400);
  const page = await (await fetch(`${origin}/en-GB/lessons/A3`)).text();
  assert.match(page, /0800 2222/);
  assert.ok(!page.includes('0800 1111'));
  assert.match(await (await fetch(`${origin}/en-GB/changes`)).text(), /id="p2"/);
});

test('the form says that it cannot be taken just now, and shows the helpline', async () => {
  const body = new URLSearchParams({ about: 'lesson', usable: 'yes' });
  const answer = await fetch(`${origin}/ar-EG/lessons/A3/feedback`, { method: 'POST', body, redirect: 'manual' });
  const html = await answer.text();
  assert.equal(answer.status, 503);
  assert.equal(answer.headers.get('retry-after'), '60');
  assert.match(html, /<html lang="ar" dir="rtl"/);
  assert.match(html, /لا يمكن استلام هذا الآن/);
  assert.match(html, /<bdi dir="ltr">16 000<\/bdi>/);
  assert.ok(!html.includes('<form'), 'the form is not shown where it cannot be taken');
  for (const path of [
    '/ar-EG/lessons/none/feedback',
    '/fr-FR/lessons/A3/feedback',
    '/ar-EG/lessons/A3/feedback/thanks',
  ]) {
    assert.equal((await fetch(origin + path, { method: 'POST', body })).status, 405, path);
  }
});

test('it stops when it is told to, and says what is wrong with its words', async () => {
  server.kill('SIGTERM');
  const [code] = await once(server, 'exit');
  assert.equal(code, 0);
  const wrong = spawn(process.execPath, [headwater, 'serve', 'desk'], { env: { ...process.env, DATA_DIR: data } });
  assert.equal((await once(wrong, 'exit'))[0], 1);
  const empty = { ...process.env, DATA_DIR: join(data, 'nothing') };
  assert.equal((await once(spawn(process.execPath, [headwater, 'serve', 'public'], { env: empty }), 'exit'))[0], 1);
});
