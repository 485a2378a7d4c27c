import assert from 'node:assert/strict';
import { test } from 'node:test';
import { provePublishKill } from './publishKill.ts';

test('killed during publish, readers see the old or the new, and the next start goes on from there', async () => {
  const result = await provePublishKill({ kills: 2, seed: 7, rehearsals: 1, standInFiles: true });
  assert.deepEqual(result.violations, []);
  assert.equal(result.fired, 2);
  assert.ok(result.answers > 100, `${result.answers} answers`);
});
