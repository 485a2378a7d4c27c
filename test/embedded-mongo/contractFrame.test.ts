import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const folder = join(import.meta.dirname, 'contract');
const door = 'openContract.ts';
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** What a file takes in, however it is written. */
const imports = (text: string): readonly string[] =>
  [...text.matchAll(/(?:from|import|require)\s*\(?\s*['"]([^'"]+)['"]/g)].map((match) => match[1] ?? '');

test('the contract reaches the engine only through openContract, so that it runs on a MongoDB unchanged', () => {
  assert.ok(files.length >= 3);
  for (const name of files.filter((file) => file !== door)) {
    const outside = imports(read(name)).filter(
      (from) =>
        /(^|\/)(embedded-mongo|engine)(\/|\.ts|$)/.test(from) ||
        (from.startsWith('..') && from !== '../openContract.ts'),
    );
    assert.deepEqual(outside, [], name);
  }
  assert.ok(imports(read(door)).includes('../engine.ts'));
});

test('every file of cases in the contract opens it', () => {
  for (const name of files.filter((file) => file.endsWith('.test.ts')))
    assert.match(read(name), /await open(?:Contract|Mongoose)\(\)/, name);
});

test('no case of the contract is skipped, left for later or run alone', () => {
  for (const name of files)
    assert.doesNotMatch(
      read(name),
      /\b(?:test|it|describe|suite)\.(?:skip|todo|only)\b|\btest\([^\n]*\{ (?:skip|todo|only):/,
      name,
    );
});

test('no case of the contract expects a refusal that only this engine gives', () => {
  for (const name of files) assert.doesNotMatch(read(name), /\b238\b|NotImplemented|sweepExpired/, name);
});
