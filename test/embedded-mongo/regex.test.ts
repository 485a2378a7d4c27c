import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compileRegex } from '../../src/embedded-mongo/query/regex.ts';

const refused = [
  '(?|a|b)',
  '(?R)',
  '(a)?\\1',
  '(?:(a)|b)\\1',
  '\\1(a)',
  '(?(1)a)',
  'a\\Kb',
  '\\X',
  '(*UTF)a',
  '(?C)a',
  '(?U)a+',
  '[[:^alpha:]]',
];
for (const pattern of refused) {
  test(`what JavaScript cannot say is refused: ${pattern}`, () => {
    assert.throws(() => compileRegex(pattern, ''), { code: 238 });
  });
}

const endless: [string, string][] = [
  ['^(a+)+$', `${'a'.repeat(40)}!`],
  ['^(?:a|aa)*$', `${'a'.repeat(80)}!`],
  ['^(?:a?){60}a{60}$', `${'a'.repeat(59)}!${'a'.repeat(9)}`],
  ['(.*)(.*)(.*)(.*)(.*)x$', 'a'.repeat(3000)],
];
for (const [pattern, text] of endless) {
  test(`a match that would never end is given up: ${pattern}`, () => {
    assert.throws(() => compileRegex(pattern, '').test(text), { code: 51156 });
  });
}

test('an expression with nested repetitions that ends soon is answered', () => {
  assert.equal(compileRegex('^(?:\\w+\\s?)+$', '').test('words and words and words and words'), true);
  assert.equal(compileRegex('^(?:ab|cd)+$', '').test('abcdabcdabcdabcdx'), false);
});

test('a text without special letters is found as JavaScript finds it', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'B', 'é', 'ž', '🐎', ' ', '-', '\n'), maxLength: 6 });
  fc.assert(
    fc.property(letters, letters, (wanted, text) => {
      assert.equal(compileRegex(wanted, '').test(text), text.includes(wanted));
      const escaped = [...wanted]
        .map((letter) => (/[a-zA-Z]/.test(letter) ? letter : `\\x{${letter.codePointAt(0)?.toString(16)}}`))
        .join('');
      assert.equal(compileRegex(escaped, '').test(text), text.includes(wanted));
    }),
  );
});
