import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CommandError, errorCodeNames } from '../../src/embedded-mongo/errors.ts';

const source = join(import.meta.dirname, '../../src/embedded-mongo');
/** Above this MongoDB numbers places in its source, which have no names, but for a few. */
const lastNamed = 999;

test('every code that the engine gives and MongoDB names has its name', () => {
  const given = new Set<number>();
  for (const file of globSync('**/*.ts', { cwd: source })) {
    const text = readFileSync(join(source, file), 'utf8');
    for (const [, code] of text.matchAll(/CommandError\(\s*(\d+)/g)) given.add(Number(code));
  }
  assert.ok(given.size > 50);
  const nameless = [...given].filter((code) => code <= lastNamed && !Object.hasOwn(errorCodeNames, code));
  assert.deepEqual(nameless, []);
});

test('a code without a name is a place, as MongoDB calls it', () => {
  assert.equal(new CommandError(40415, 'x').codeName, 'Location40415');
  assert.equal(new CommandError(168, 'x').codeName, 'InvalidPipelineOperator');
});
