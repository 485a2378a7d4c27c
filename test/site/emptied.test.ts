import assert from 'node:assert/strict';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { sha256 } from '../../src/site/objects.ts';
import type { EditionPointer } from '../../src/site/pointer.ts';
import { documentWriter, stickWriter } from './formatWriters.ts';
import { createFixture } from './siteFixture.ts';

/** Somebody takes the public folder away, or a part of it, while the desk runs: the next projection brings it all back. */

let own: Awaited<ReturnType<typeof createFixture>>;
before(async () => {
  own = await createFixture({}, { lessons: [documentWriter()], editions: [stickWriter()] });
  await own.site.projectAll();
});
after(() => own?.close());

const tags = ['ar-EG', 'en-GB', 'tr-TR'];
const pointers = (): Promise<readonly string[]> =>
  Promise.all(tags.map((tag) => readFile(join(own.folder, 'editions', `${tag}.json`), 'utf8')));

async function assertAllThere(): Promise<void> {
  for (const text of await pointers()) {
    const pointer = JSON.parse(text) as EditionPointer;
    const named = Object.values(pointer.entries).flatMap(({ object, gzip, brotli }) => [object, gzip, brotli]);
    for (const object of [...named, pointer.codes, pointer.search?.object]) {
      if (!object) continue;
      assert.equal(sha256(await readFile(join(own.folder, object))), /([0-9a-f]{64})\./.exec(object)?.[1], object);
    }
  }
}

const partly: Readonly<Record<string, RegExp>> = {
  'the whole folder': /./,
  'the compressed pages': /\.html\.(br|gz)$/,
  'the files of lessons and editions': /\.(pdf|docx|zip)$/,
};

for (const [what, gone] of Object.entries(partly)) {
  test(`${what} taken away while the desk runs: the next projection writes the same again`, async () => {
    await assertAllThere();
    const was = await pointers();
    const entries = await readdir(own.folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    const taken = files.filter((file) => gone.test(file));
    assert.ok(taken.length > 10, `${taken.length} files`);
    await Promise.all(taken.map((file) => rm(file)));
    await own.site.projectAll();
    assert.deepEqual(await pointers(), was);
    await assertAllThere();
    const page = await own.get('/tr-TR/lessons/A3', { 'accept-encoding': 'br' });
    assert.deepEqual([page.status, page.headers.get('content-encoding')], [200, 'br']);
    assert.match(await page.text(), /<html lang="tr"/);
    for (const path of ['/tr-TR/lessons/A3/pack.pdf', '/tr-TR/lessons/A3/guide.docx', '/tr-TR/package/usb.zip']) {
      assert.equal((await own.get(path)).status, 200, path);
    }
  });
}
