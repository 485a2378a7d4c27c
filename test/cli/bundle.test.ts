import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { writeOffline } from '../../src/formats/offline/writeOffline.ts';
import { bundlePages, riverBundle } from '../formats/bundle/riverBundle.ts';
import { unpacked } from '../formats/bundle/unpacked.ts';

const zip = writeOffline(riverBundle('en-GB'), bundlePages);
let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-bundle-'));
  await writeFile(join(folder, 'whole.zip'), zip);
  await writeFile(join(folder, 'cut.zip'), zip.slice(0, -40));
  for (const [path, bytes] of unpacked(zip)) {
    await mkdir(dirname(join(folder, 'stick', path)), { recursive: true });
    await writeFile(join(folder, 'stick', path), bytes);
  }
});
after(() => rm(folder, { recursive: true, force: true }));

/** The command line as somebody runs it. */
const check = (place: string): Promise<{ readonly code: number; readonly said: string }> =>
  new Promise((done) => {
    const words = [join(import.meta.dirname, '../../headwater.mjs'), 'bundle', 'check', join(folder, place)];
    execFile(process.execPath, words, (error, out, problems) =>
      done({ code: error ? Number(error.code) : 0, said: out + problems }),
    );
  });

test('a ZIP and the folder it was unpacked into are complete, and it says whom to ask', async () => {
  await writeFile(join(folder, 'stick/.DS_Store'), 'left by a computer');
  for (const place of ['whole.zip', 'stick']) {
    const { code, said } = await check(place);
    assert.equal(code, 0, said);
    assert.match(said, /^en-GB, publication 3 of 2026-09-01, baseline 1\.7\.0, \d+ files$/m);
    assert.match(
      said,
      /Complete and unaltered since packing; ask https:\/\/headwater\.example\/en-GB whether it is current\./,
    );
  }
});

test('what is not as it was packed is told by name, with exit code 1', async () => {
  assert.deepEqual(await check('cut.zip'), { code: 1, said: 'This is no ZIP, or it is damaged. Get a new copy.\n' });
  assert.match((await check('nothing.zip')).said, /There is no /);
  await writeFile(join(folder, 'stick/lessons/B4.html'), 'other words');
  await writeFile(join(folder, 'stick/lessons/new.txt'), 'added');
  await rm(join(folder, 'stick/lessons/C3/c3-pack_en-GB_3_a4.pdf'));
  const { code, said } = await check('stick');
  assert.equal(code, 1);
  assert.match(
    said,
    /^changed {2}"lessons\/B4\.html"\nmissing {2}"lessons\/C3\/c3-pack_en-GB_3_a4\.pdf"\nadded {4}"lessons\/new\.txt"$/m,
  );
});
