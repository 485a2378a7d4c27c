import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { DomainError } from '../../../src/domain/errors.ts';
import { bytesHash } from '../../../src/domain/release/canonical.ts';
import type { Bundle } from '../../../src/formats/bundle/bundle.ts';
import { writeCartridge } from '../../../src/formats/cartridge/writeCartridge.ts';
import { writeOffline } from '../../../src/formats/offline/writeOffline.ts';
import { writeScorm } from '../../../src/formats/scorm/writeScorm.ts';
import { bundlePages, riverBundle } from './riverBundle.ts';

const writers = { writeOffline, writeScorm, writeCartridge };

test('the same edition gives the same bytes, in any zone and any locale of the machine', () => {
  const hashes = Object.values(writers).map((write) => bytesHash(write(riverBundle('tr-TR'), bundlePages)));
  for (const [TZ, LANG] of [
    ['Pacific/Auckland', 'tr_TR.UTF-8'],
    ['America/St_Johns', 'ar_EG.UTF-8'],
  ]) {
    const env = { ...process.env, TZ, LANG, LC_ALL: LANG };
    const said = execFileSync(process.execPath, [join(import.meta.dirname, 'printHashes.ts')], {
      env,
      encoding: 'utf8',
    });
    assert.deepEqual(said.trim().split('\n'), hashes, `${TZ} ${LANG}`);
  }
});

test('names that could not lie side by side are refused, and pictures without bytes', () => {
  const bundle = riverBundle('en-GB');
  const [first, ...others] = bundle.lessons;
  assert.ok(first?.files[0]);
  const named = (name: string): Bundle => ({
    ...bundle,
    lessons: [{ ...first, files: [...first.files, { name, label: 'x', bytes: new Uint8Array(1) }] }, ...others],
  });
  const refused = (code: string) => (error: unknown) => error instanceof DomainError && error.code === code;
  for (const name of ['../up.pdf', 'a/b.pdf', '', '.hidden', 'ğ.pdf', 'a b.pdf', first.files[0].name.toUpperCase()]) {
    for (const write of Object.values(writers)) {
      assert.throws(() => write(named(name), bundlePages), refused('bundleNameRefused'), name);
    }
  }
  const web = 'b'.repeat(64);
  const picture = { web, print: web, width: 4, height: 3, credit: { creator: 'x', licence: 'CC0', source: '' } };
  const lead = first.page.lead.map((block) => ({ ...block, picture }) as (typeof first.page.lead)[number]);
  const pictured = { ...first, page: { ...first.page, lead } };
  for (const write of Object.values(writers)) {
    const without: Bundle = { ...bundle, lessons: [pictured] };
    assert.throws(() => write(without, bundlePages), refused('bundleIncomplete'));
    const has: Bundle = { ...bundle, lessons: [{ ...pictured, pictures: new Map([[web, new Uint8Array(9)]]) }] };
    assert.ok(write(has, bundlePages).length > 0);
  }
});
