import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proveStartKill } from './startKill.ts';

test('a first start that is killed goes on where it stood: nothing is lost, nothing is there twice', async () => {
  const result = await proveStartKill({ kills: 1, seed: 7, small: true, undisturbed: 1 });
  assert.deepEqual(result.violations, []);
  assert.equal(result.fired, 1);
  assert.ok((result.counts.publications ?? 0) > 0, 'editions are published');
});
