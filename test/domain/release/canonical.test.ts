import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson, hashOf, sameValue, textHash } from '../../../src/domain/release/canonical.ts';

test('the canonical form does not depend on how a value was built', () => {
  assert.equal(canonicalJson({ b: 1, a: [true, null, 'e\u0301'], c: undefined }), '{"a":[true,null,"\u00e9"],"b":1}');
  assert.equal(hashOf({ a: 1, b: 2 }), hashOf({ b: 2, a: 1 }));
  assert.notEqual(hashOf({ a: [1, 2] }), hashOf({ a: [2, 1] }));
  assert.throws(() => canonicalJson(Number.NaN), TypeError);
});

test('the canonical form of any JSON value is JSON for the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: true } as object), (value) => {
      const composed = JSON.parse(JSON.stringify(value).normalize('NFC'));
      assert.equal(canonicalJson(JSON.parse(canonicalJson(value))), canonicalJson(composed));
      assert.ok(sameValue(JSON.parse(canonicalJson(composed)), composed));
    }),
    { numRuns: 200 },
  );
});

test('a text hash does not see outer space, line ends and the composition of letters', () => {
  assert.equal(textHash(' caf\u0065\u0301\r\nnow \n'), textHash('caf\u00e9\nnow'));
  assert.notEqual(textHash('a b'), textHash('ab'));
  assert.match(textHash(''), /^[0-9a-f]{64}$/);
});
