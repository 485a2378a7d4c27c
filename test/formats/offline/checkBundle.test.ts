import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zipOf } from '../../../src/formats/bundle/zip.ts';
import { checkBundle } from '../../../src/formats/offline/checkBundle.ts';
import { writeOffline } from '../../../src/formats/offline/writeOffline.ts';
import { bundlePages, riverBundle } from '../bundle/riverBundle.ts';
import { textIn, unpacked } from '../bundle/unpacked.ts';

const zip = writeOffline(riverBundle('tr-TR'), bundlePages);
const files = unpacked(zip);
const page = 'lessons/B4.html';

const altered = (change: (files: Map<string, Uint8Array | string>) => void) => {
  const changed = new Map<string, Uint8Array | string>(files);
  change(changed);
  const { kind, ...rest } = checkBundle(zipOf(changed));
  const { manifest: _, ...found } = rest as { manifest?: unknown };
  return { kind, ...found };
};

test('as packed it is complete, and says what it is', () => {
  const found = checkBundle(zip);
  assert.equal(found.kind, 'complete');
  if (found.kind !== 'complete') return;
  const { edition, publication, lessons, signature, expires, address } = found.manifest;
  assert.deepEqual(
    { edition, publication: publication.number, signature, expires, address },
    {
      ...{
        edition: 'tr-TR',
        publication: 3,
        signature: null,
        expires: null,
        address: 'https://headwater.example/tr-TR',
      },
    },
  );
  assert.deepEqual(
    lessons.map(({ lesson, code, lessonEdition }) => [lesson, code, lessonEdition?.number]),
    [
      ['B4', 'B4AAA-AAAAA', 3],
      ['C3', 'C3AAA-AAAAA', 3],
    ],
  );
});

test('a digit of a helpline, a missing and an added file are told by name', () => {
  const wrong = textIn(files, page).replaceAll('tel:183', 'tel:138');
  assert.notEqual(wrong, textIn(files, page));
  assert.deepEqual(
    altered((all) => all.set(page, wrong)),
    { kind: 'altered', changed: [page], missing: [], extra: [] },
  );
  assert.deepEqual(
    altered((all) => all.delete('lessons/C3/c3-pack_tr-TR_3_a4.pdf')),
    { kind: 'altered', changed: [], missing: ['lessons/C3/c3-pack_tr-TR_3_a4.pdf'], extra: [] },
  );
  assert.deepEqual(
    altered((all) => all.set('lessons/setup.exe', 'x').set('../outside.txt', 'x')),
    { kind: 'altered', changed: [], missing: [], extra: ['../outside.txt', 'lessons/setup.exe'] },
  );
});

test('a manifest that was changed is none', () => {
  const manifest = textIn(files, 'manifest.json');
  for (const changed of [
    manifest.replace('"number": 3', '"number": 4'),
    manifest.replace('"signature": null', '"signature": "x"'),
    manifest.replace('"expires": null', '"expires": null, "more": 1'),
    '{}',
    'no JSON',
    '__proto__',
  ]) {
    assert.notEqual(changed, manifest);
    const found = altered((all) => all.set('manifest.json', changed));
    assert.deepEqual(found, { kind: 'unreadable', why: 'noManifest' }, changed.slice(0, 60));
  }
  assert.deepEqual(
    altered((all) => all.delete('manifest.json')),
    { kind: 'unreadable', why: 'noManifest' },
  );
});

test('one changed byte anywhere: told, or without effect on any file', () => {
  const same = new Map([...files].map(([path, bytes]) => [path, Buffer.from(bytes).toString('latin1')]));
  const counts = { complete: 0, altered: 0, unreadable: 0 };
  for (let at = 7; at < zip.length; at += 211) {
    const damaged = zip.slice();
    damaged[at] = (damaged[at] ?? 0) ^ 0x15;
    const found = checkBundle(damaged);
    counts[found.kind]++;
    if (found.kind !== 'complete') continue;
    const now = unpacked(damaged);
    assert.equal(now.size, same.size, `byte ${at}`);
    for (const [path, bytes] of now) assert.equal(Buffer.from(bytes).toString('latin1'), same.get(path), `byte ${at}`);
  }
  assert.ok(counts.altered > 100, JSON.stringify(counts));
  assert.ok(counts.complete < 30, JSON.stringify(counts));
});

test('cut off, empty, random, doubled and swollen files do not pass and do not throw', () => {
  for (const bytes of [zip.slice(0, -1000), zip.slice(0, 500), new Uint8Array(0), new Uint8Array(5000).fill(80)]) {
    assert.notEqual(checkBundle(bytes).kind, 'complete');
  }
  // The same name twice: another reader may take the other one.
  const twin = zipOf(new Map<string, Uint8Array | string>([...files, ['index.htmX', 'other']]));
  const doubled = Buffer.from(Buffer.from(twin).toString('latin1').replaceAll('index.htmX', 'index.html'), 'latin1');
  assert.equal(doubled.length, twin.length);
  const found = checkBundle(doubled);
  assert.equal(found.kind, 'altered');
  if (found.kind === 'altered') assert.deepEqual(found.extra, ['index.html']);
  // Says that it unpacks to 4 GB.
  const swollen = zip.slice();
  const view = new DataView(swollen.buffer);
  for (let at = 0; at + 28 < swollen.length; at++) {
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 0xfffffff0, true);
  }
  assert.deepEqual(checkBundle(swollen), { kind: 'unreadable', why: 'tooLarge' });
});
