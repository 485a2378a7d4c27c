import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Collection, Document } from 'mongodb';
import { type Contract, openContract } from './openContract.ts';

let contract: Contract;
let texts: Collection<Document>;

before(async () => {
  contract = await openContract();
  texts = contract.db.collection('texts');
});
beforeEach(async () => {
  await texts.deleteMany({});
});
after(async () => {
  await contract.close();
});

/** Title, pattern, options, texts that it finds, texts that it does not find. */
const cases: [string, string, string, string[], string[]][] = [
  ['$ is also before a last newline', 'end$', '', ['end', 'end\n'], ['end\n\n', 'end\nx', 'end\r']],
  ['\\z is the very end alone', 'end\\z', '', ['end'], ['end\n']],
  ['\\Z is as $ without m', 'end\\Z', 'm', ['end', 'end\n'], ['end\nx']],
  ['\\A is the very beginning, also with m', '\\Ab', 'm', ['b'], ['a\nb']],
  ['m: ^ and $ at every line', '^b$', 'm', ['a\nb\nc', 'b'], ['a\rb\rc', 'ab']],
  ['m: ^ is not behind the last newline', '^$', 'm', ['', 'a\n\nb'], ['a\n']],
  ['a dot is everything but a newline', 'a.b', '', ['a\rb', 'a\u2028b', 'a🐎b'], ['a\nb']],
  ['s: a dot is everything', 'a.b', 's', ['a\nb'], ['ab']],
  ['\\N is no newline, also with s', 'a\\Nb', 's', ['a\rb'], ['a\nb']],
  ['\\s is white space of ASCII', 'a\\sb', '', ['a b', 'a\tb', 'a\u000bb'], ['a\u00a0b', 'a\u2003b', 'a\ufeffb']],
  ['\\S is all else', 'a\\Sb', '', ['a\u00a0b'], ['a b']],
  ['\\w is letters of ASCII', '^\\w+$', '', ['az_09'], ['é', 'ſ']],
  ['\\w stays so where case does not count', '^\\w$', 'i', ['k'], ['\u212a', 'ſ']],
  ['\\W where case does not count', '^\\W$', 'i', ['é', '\u212a'], ['k']],
  ['\\b is between letters of ASCII and others', '\\bcole', '', ['école', 'cole'], ['acole']],
  ['\\d is digits of ASCII', '\\d', '', ['7'], ['٧']],
  ['\\h is horizontal space', 'a\\hb', '', ['a\u00a0b', 'a\tb'], ['a\nb']],
  ['\\v is vertical space', 'a\\vb', '', ['a\nb', 'a\u2028b'], ['a b', 'avb']],
  ['\\R is any line break', '^a\\Rb$', '', ['a\r\nb', 'a\nb'], ['a\n\nb']],
  ['i: letters beyond ASCII', 'ÉCOLE', 'i', ['école', 'École'], ['ecole']],
  ['i: classes', '^[à-é]$', 'i', ['É', 'à'], ['z']],
  ['x: spaces and remarks mean nothing', 'a b # the letters\n c', 'x', ['abc'], ['a b c']],
  ['x: spaces in a class do', '^a[ ]b$', 'x', ['a b'], ['ab']],
  ['x: an escaped space does', 'a\\ b', 'x', ['a b'], ['ab']],
  ['(?i) at the beginning', '(?i)abc', '', ['ABC'], ['abd']],
  ['(?i) in the middle', '^a(?i)b$', '', ['aB', 'ab'], ['Ab', 'AB']],
  ['(?i) ends with its group', '^(?:(?i)a)b$', '', ['Ab'], ['aB']],
  ['(?i) reaches over alternatives', '^(?:a(?i)b|c)$', '', ['aB', 'C'], ['AB']],
  ['(?i:…)', '^(?i:a)b$', '', ['Ab'], ['AB']],
  ['(?-i)', '^a(?-i)b$', 'i', ['Ab', 'ab'], ['AB']],
  ['(?s)', 'a(?s).b', '', ['a\nb'], []],
  ['(?m)', '(?m)^b', '', ['a\nb'], ['ab']],
  ['(?x)', '(?x) a b', '', ['ab'], ['a b']],
  ['(?#…)', 'a(?# a remark )b', '', ['ab'], ['a b']],
  ['a possessive quantifier gives nothing back', '^a*+a', '', [], ['aaa', 'a']],
  ['a possessive quantifier', '^a*+b', '', ['aab', 'b'], ['aac']],
  ['an atomic group gives nothing back', '^(?>a|ab)c', '', ['ac'], ['abc']],
  ['a lazy quantifier', '^a+?b', '', ['aab'], ['b']],
  ['a quantifier with bounds', '^a{2,3}$', '', ['aa', 'aaa'], ['a', 'aaaa']],
  ['braces that are no quantifier', '^a{x}$', '', ['a{x}'], ['a']],
  ['look ahead', '^(?=.*\\d)(?!.*x)', '', ['a1'], ['a', '1x']],
  ['look behind', '(?<=a)b', '', ['ab'], ['cb']],
  ['not behind', '(?<!a)b', '', ['cb', 'b'], ['ab']],
  ['a reference back', '^(a|b)\\1$', '', ['aa', 'bb'], ['ab']],
  ['a reference back by name', '^(?<x>a|b)\\k<x>$', '', ['aa'], ['ab']],
  ['a reference back as Python writes it', '^(?P<x>a|b)(?P=x)$', '', ['bb'], ['ba']],
  ['a reference back behind an atomic group', '^(?>x*)(a|b)\\1$', '', ['xaa'], ['xab']],
  ['\\g{1}', '^(a|b)\\g{1}$', '', ['aa'], ['ab']],
  ['\\Q…\\E', '^\\Qa.b*\\E$', '', ['a.b*'], ['axb']],
  ['\\x{…}', '^\\x{1F40E}$', '', ['🐎'], ['x']],
  ['\\x41', '^\\x41$', '', ['A'], ['x41']],
  ['\\e and \\a', '^\\e\\a$', '', ['\u001b\u0007'], ['ea']],
  ['\\p{L}', '^\\p{L}+$', '', ['é', 'ж'], ['1']],
  ['\\p{Lu} where case does not count', '^\\p{N}$', 'i', ['٧'], ['a']],
  ['\\p{Greek}', '^\\p{Greek}$', '', ['α'], ['a']],
  ['\\P{L}', '^\\P{L}$', '', ['1'], ['a']],
  ['[[:alpha:]]', '^[[:alpha:]]$', '', ['a'], ['é', '1', ':']],
  ['[[:space:]x]', '^[[:space:]x]$', '', [' ', 'x'], ['s']],
  ['a bracket first in a class', '^[]a]+$', '', [']a'], ['b']],
  ['[^]…]', '^[^]a]$', '', ['b'], [']', 'a']],
  ['a bracket in a class', '^[[a]$', '', ['[', 'a'], ['b']],
  ['a hyphen last in a class', '^[a-]$', '', ['-', 'a'], ['b']],
  ['\\w in a class where case does not count', '^[\\wé]$', 'i', ['É', 'k'], ['\u212a']],
  ['a class turned where case does not count', '^[^\\wé]$', 'i', ['\u212a', ' '], ['É', 'k']],
  ['\\S in a class', '^[\\S]$', '', ['\u00a0'], [' ']],
  ['\\b in a class is a backspace', '^[\\b]$', '', ['\b'], ['b']],
  ['escapes without need', '^\\-\\/\\@\\!$', '', ['-/@!'], ['x']],
  ['an empty alternative', '^(?:a|)$', '', ['a', ''], ['b']],
];
for (const [title, pattern, options, found, others] of cases) {
  test(`a regular expression: ${title}`, async () => {
    await texts.insertMany([...found, ...others].map((text) => ({ text })));
    const rows = await texts.find({ text: { $regex: pattern, $options: options } }).toArray();
    assert.deepEqual(
      rows.map(({ text }) => text),
      found,
    );
  });
}

const invalid: [string, string, string][] = [
  ['a quantifier on nothing', '*a', ''],
  ['a group without an end', '(a', ''],
  ['an end without a group', 'a)', ''],
  ['a class without an end', '[a', ''],
  ['a range backwards', '[z-a]', ''],
  ['bounds backwards', 'a{3,2}', ''],
  ['an unknown letter behind a backslash', '\\y', ''],
  ['a look behind of several widths', '(?<=a+)b', ''],
  ['a backslash at the end', 'a\\', ''],
  ['an unknown class', '[[:strange:]]', ''],
];
for (const [title, pattern, options] of invalid) {
  test(`no regular expression: ${title}`, async () => {
    await assert.rejects(texts.find({ text: { $regex: pattern, $options: options } }).toArray(), { code: 51091 });
  });
}

test('an unknown option is refused', async () => {
  await assert.rejects(texts.find({ text: { $regex: 'a', $options: 'g' } }).toArray(), { code: 51108 });
});

test('a regular expression finds elements of arrays, and itself as a value', async () => {
  await texts.insertMany([{ text: ['x', 'ab'] }, { text: /^a/ }, { text: 5 }, { text: null }]);
  assert.equal(await texts.countDocuments({ text: /^a/ }), 2);
  assert.equal(await texts.countDocuments({ text: { $not: /^a/ } }), 2);
  assert.equal(await texts.countDocuments({ text: { $in: [/^x/, 5] } }), 2);
});

test('$options without $regex is refused', async () => {
  await assert.rejects(texts.find({ text: { $options: 'i' } }).toArray(), { code: 2 });
});
