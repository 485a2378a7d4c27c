import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Inline } from '../../../src/formats/page/lessonPage.ts';
import { parseText } from '../../../src/formats/page/parseText.ts';
import { plainText } from '../../../src/formats/page/plainText.ts';
import { fact } from './publishedFixture.ts';

const facts = {
  'helpline.child': fact('helpline.child', { neutral: { phone: '116 111' }, wording: { name: 'Child line' } }),
  alo: fact('alo', { neutral: { phone: '183', display: 'ALO 183' }, wording: { name: 'ALO' } }),
  'removal.service': fact('removal.service', {
    type: 'url',
    neutral: { url: 'https://t.org/' },
    wording: { name: 'T' },
  }),
  'age.platform_minimum': fact('age.platform_minimum', { type: 'age', neutral: { years: 13 } }),
  'safeguarding.lead_title': fact('safeguarding.lead_title', {
    type: 'text',
    wording: { text: 'die Fachkraft', forms: { dative: 'der Fachkraft' } },
  }),
  'law.csam': fact('law.csam', { type: 'law', wording: { text: 'Article 103/1' } }),
  platforms: fact('platforms', { type: 'list', wording: { list: ['A', 'B'] } }),
  'empty.said': fact('empty.said', { problem: 'empty', whenMissing: 'S-1' }),
  loop: fact('loop', { problem: 'empty', whenMissing: 'S-2' }),
  gone: fact('gone', { problem: 'suspended' }),
  'emergency.number': fact('emergency.number', { type: 'phone', neutral: { phone: '112' } }),
};
const sentences: Record<string, string> = { 'S-1': 'Ask **your teacher**, or {alo}.', 'S-2': 'See {loop}.' };
const parse = (text: string) => parseText(text, { language: 'en', facts, textOf: (id) => sentences[id] });
const first = (text: string): readonly Inline[] => parse(text)[0] ?? [];
const kinds = (text: string): string =>
  first(text)
    .map((node) => node.kind)
    .join(' ');

describe('parseText', () => {
  test('reads strong, emphasis, breaks and links to https only', () => {
    assert.equal(kinds('a **b** *c*\\\nd'), 'text strong text emphasis break text');
    assert.equal(kinds('[a](https://a.org)'), 'link');
    assert.equal(kinds('[a](http://a.org)'), 'text');
    assert.equal(kinds('[a](javascript:alert(1))'), 'text');
  });

  test('shows everything else as the words it is written with', () => {
    for (const text of ['<b onclick="x">hi</b>', '# not a title', '`code`', '> not quoted', '***', '5 < 6 & 7']) {
      assert.equal(plainText(parse(text)), text);
    }
    assert.equal(plainText(parse('![a tree](x.png)')), 'a tree');
  });

  test('lists are flattened, and a year at the start of a line is no list', () => {
    assert.equal(plainText(parse('- a\n- b')), 'a\nb');
    assert.equal(plainText(parse('2024. gada beigas')), '2024. gada beigas');
  });

  test('facts become nodes of their own', () => {
    assert.deepEqual(first('{helpline.child}'), [
      { kind: 'phone', name: 'Child line', display: '116 111', dial: '116111' },
    ]);
    assert.deepEqual(first('{removal.service}'), [{ kind: 'url', name: 'T', url: 'https://t.org/', label: 't.org' }]);
    assert.deepEqual(first('{age.platform_minimum}'), [{ kind: 'age', years: 13 }]);
    assert.equal(plainText(parse('{platforms}')), 'A and B');
    assert.equal(plainText(parse('{alo}')), 'ALO 183', 'the name is not said twice');
    assert.equal(kinds('**{helpline.child}**'), 'strong');
    assert.deepEqual(kinds('[T]({removal.service})'), 'link');
  });

  test('takes the grammatical form that the text asks for', () => {
    assert.equal(plainText(parse('mit {safeguarding.lead_title|dative}')), 'mit der Fachkraft');
    assert.equal(plainText(parse('{safeguarding.lead_title|genitive}')), 'die Fachkraft');
  });

  test('a missing fact is its sentence, and never an endless one', () => {
    assert.equal(plainText(parse('So: {empty.said}')), 'So: Ask your teacher, or ALO 183.');
    assert.deepEqual(kinds('{loop}'), 'text missingFact text');
    assert.deepEqual(kinds('{unknown.fact}'), 'missingFact');
  });

  test('the emergency number stands in for a suspended one', () => {
    assert.equal(plainText(parse('Call: {gone}')), 'Call: 112');
  });

  test('escaped braces are braces', () => {
    assert.equal(plainText(parse('\\{helpline.child}')), '{helpline.child}');
  });

  test('digits that a right-to-left line would turn around are numbers', () => {
    const numbers = (text: string): string[] => first(text).flatMap((one) => (one.kind === 'number' ? [one.text] : []));
    assert.deepEqual(numbers('للأعمار 10-12، 116 111 و1/4 و13+'), ['10-12', '116 111', '1/4', '13+']);
    assert.deepEqual(numbers('ages 10–12, 1/4, +44 800 1111, *123#, 5 - 7'), [
      '10–12',
      '1/4',
      '+44 800 1111',
      '*123#',
      '5 - 7',
    ]);
    assert.deepEqual(numbers('B4, 1.8.1, 45 minutes, COVID-19, 10:30'), []);
    assert.deepEqual(first('{law.csam}'), [
      { kind: 'wording', text: 'Article ' },
      { kind: 'number', text: '103/1' },
    ]);
  });

  test('isolated plain text keeps them left to right', () => {
    assert.equal(plainText(parse('{helpline.child}'), 'isolated'), 'Child line \u2066116 111\u2069');
  });
});
