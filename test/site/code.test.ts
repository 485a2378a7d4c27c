import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { codeOf, codesNear, readCode } from '../../src/domain/edition/code.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const codes = Array.from({ length: 8 }, (_, number) =>
  codeOf(createHash('sha256').update(String(number)).digest('hex')),
);

test('a code is ten characters in two groups, the first nine from the first 45 bits', () => {
  for (const code of codes) assert.match(code, /^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
  assert.equal(codeOf('0'.repeat(64)), '00000-00000');
  assert.equal(codeOf(`${'f'.repeat(12)}${'0'.repeat(52)}`).slice(0, 10), 'ZZZZZ-ZZZZ');
  assert.equal(new Set(codes).size, codes.length);
});

test('every single wrong character and every swap of two characters is found', () => {
  for (const code of codes) {
    const clean = code.replace('-', '');
    for (let place = 0; place < 10; place++) {
      for (const other of alphabet) {
        if (other === clean[place]) continue;
        const wrong = clean.slice(0, place) + other + clean.slice(place + 1);
        assert.equal(readCode(wrong).kind, 'misread', `${code} read as ${wrong}`);
      }
      for (let later = place + 1; later < 10; later++) {
        const letters = [...clean];
        [letters[place], letters[later]] = [letters[later] as string, letters[place] as string];
        const swapped = letters.join('');
        if (swapped !== clean) assert.equal(readCode(swapped).kind, 'misread', `${code} read as ${swapped}`);
      }
    }
  }
});

test('spaces, small letters, hyphens, look-alike letters and Arabic digits do not matter', () => {
  for (const code of codes) {
    const clean = code.replace('-', '');
    const spoken = clean.replaceAll('0', 'o').replaceAll('1', 'l').toLowerCase();
    for (const typed of [clean, ` ${clean.toLowerCase()} `, [...clean].join(' '), code.replace('-', '–'), spoken]) {
      assert.deepEqual(readCode(typed), { kind: 'code', code });
    }
    const arabic = clean.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)));
    assert.deepEqual(readCode(arabic), { kind: 'code', code });
  }
});

test('the code that was meant is among the near ones, and a look-alike is suggested', () => {
  const code = codes[3] as string;
  const clean = code.replace('-', '');
  for (let place = 0; place < 10; place++) {
    const wrong = clean.slice(0, place) + (clean[place] === '7' ? '9' : '7') + clean.slice(place + 1);
    assert.ok(codesNear(wrong).includes(code));
  }
  const looksAlike = clean.replace(/[58]/, (digit) => (digit === '5' ? 'S' : 'B'));
  const read = readCode(looksAlike);
  if (looksAlike !== clean) assert.equal(read.kind, 'misread');
  if (read.kind === 'misread' && read.suggestion) assert.equal(readCode(read.suggestion).kind, 'code');
  assert.deepEqual(readCode('nonsense!'), { kind: 'misread' });
  assert.deepEqual(codesNear(''), []);
});
