import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sha256 } from '../../src/site/objects.ts';
import type { EditionPointer } from '../../src/site/pointer.ts';

test('killed anywhere, the pointer is whole and everything it names is there and whole', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-kill-'));
  for (const after of [3, 41, 97]) {
    const child = fork(join(import.meta.dirname, 'projectThenDie.ts'), [folder], { stdio: 'ignore' });
    await once(child, 'message');
    await new Promise((resolve) => setTimeout(resolve, after));
    child.kill('SIGKILL');
    await once(child, 'exit');
    const pointer = JSON.parse(await readFile(join(folder, 'editions/en-GB.json'), 'utf8')) as EditionPointer;
    const named = Object.values(pointer.entries).flatMap(({ object, gzip, brotli }) => [object, gzip, brotli]);
    for (const object of [...named, pointer.codes, pointer.search?.object]) {
      if (!object) continue;
      assert.equal(sha256(await readFile(join(folder, object))), /([0-9a-f]{64})\./.exec(object)?.[1], object);
    }
    const shown = await readFile(join(folder, pointer.entries['/en-GB/lessons/A3']?.object ?? ''), 'utf8');
    assert.ok(shown.includes(`0800 ${1000 + (pointer.publication ?? 0)}`), 'page and pointer are of one publication');
  }
  await rm(folder, { recursive: true, force: true });
});
