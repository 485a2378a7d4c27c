import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { normalText } from '../../../src/domain/package/text.ts';
import { type EditionFiles, readEdition, writeEdition } from '../../../src/formats/content/editionFiles.ts';
import { readJurisdiction } from '../../../src/formats/content/readJurisdiction.ts';
import { nastyText } from '../../domain/package/arbitraries.ts';

const editionYaml = `edition: tr-TR
partner: { id: tr-partner, name: Ulusal ortak }
language: tr
country: TR
demonstration: true
release: 0.1.0
exitUrl: https://www.example.org/
lessons:
  B4: { state: offered }
  C3: { state: leftOut, reason: Sonra }
publishedOn: 2026-10-01
ledger:
  - { segment: B4.act.2.story, kind: name, reason: Yerel ad }
`;
const words = `---
edition: tr-TR
release: 0.1.0          # made from this one
---

[#B4.title]
Bir şeyler ters giderse

[#CPS-03 release=0.2.0]
back: Stop now.
back: Do not pay.
**Şimdi dur.** Ödeme yapma.

Ara: {helpline.child}
`;
const files = (text = words) =>
  new Map([
    ['edition.yaml', editionYaml],
    ['B4.md', text],
  ]);

test('the words of an edition are read with the release they were made from', () => {
  const { edition, units } = readEdition(files());
  assert.equal(edition.publishedOn, '2026-10-01');
  assert.deepEqual(edition.ledger, [{ segment: 'B4.act.2.story', kind: 'name', reason: 'Yerel ad', omits: false }]);
  assert.deepEqual(units, [
    { segment: 'B4.title', target: 'Bir şeyler ters giderse', release: '0.1.0' },
    {
      segment: 'CPS-03',
      target: '**Şimdi dur.** Ödeme yapma.\n\nAra: {helpline.child}',
      release: '0.2.0',
      back: 'Stop now.\nDo not pay.',
    },
  ]);
});

test('an edition is written and read as the same', () => {
  const text = nastyText.filter((value) => value !== '');
  const ids = fc.uniqueArray(fc.constantFrom('B4.title', 'B4.a', 'CPS-01', 'constructor', 'C3.x'), { minLength: 1 });
  const release = fc.constantFrom('0.1.0', '0.2.0');
  fc.assert(
    fc.property(
      ids,
      fc.array(fc.tuple(text, text, release, fc.boolean()), { minLength: 5, maxLength: 5 }),
      (list, texts) => {
        const { edition } = readEdition(files());
        const units = list.map((segment, index) => {
          const [target, back, made, hasBack] = texts[index] as (typeof texts)[number];
          return { segment, target, release: made, ...(hasBack ? { back: normalText(back) } : {}) };
        });
        const value: EditionFiles = { edition, units };
        const read = readEdition(writeEdition(value));
        assert.deepEqual(read.edition, edition);
        assert.deepEqual(
          new Map(read.units.map((unit) => [unit.segment, unit])),
          new Map(units.map((u) => [u.segment, u])),
        );
        assert.deepEqual([...writeEdition(read)].sort(), [...writeEdition(value)].sort());
      },
    ),
    { numRuns: 200 },
  );
});

test('words stand in the file that the baseline has for them', () => {
  const written = writeEdition(readEdition(files()), new Map([['CPS-03', 'shared/core-statements.md']]));
  assert.deepEqual([...written.keys()], ['edition.yaml', 'B4.md', 'core-statements.md']);
});

const refused: readonly (readonly [why: string, from: string, to: string, code: string, line: number])[] = [
  ['words of another edition', 'edition: tr-TR', 'edition: de-CH', 'contentMalformed', 2],
  ['a segment twice', '[#CPS-03 release=0.2.0]', '[#B4.title]', 'segmentDuplicate', 9],
  ['a release that is none', 'release=0.2.0', 'release=two', 'contentMalformed', 9],
  ['a reference', '[#B4.title]\nBir şeyler ters giderse', '[@B4.title]', 'contentMalformed', 6],
  ['no words', 'Bir şeyler ters giderse', '', 'contentMalformed', 6],
];
for (const [why, from, to, code, line] of refused) {
  test(`refused with its line: ${why}`, () => {
    assert.throws(
      () => readEdition(files(words.replace(from, to))),
      (error: { code: string; data: { line: number } }) => {
        assert.deepEqual([error.code, error.data.line], [code, line], JSON.stringify(error.data));
        return true;
      },
    );
  });
}

const jurisdiction = `jurisdiction: TR
owner: tr-partner
languages: [tr]
facts:
  helpline.child:
    phone: "183"
    display: ALO 183
    source: The brief
    lookedUpOn: 2026-11-02
    certainty: high
    wordings:
      tr: { name: Hat, forms: { dative: Hatta } }
`;

test('facts of a jurisdiction are looked up and checked by nobody', () => {
  assert.deepEqual(readJurisdiction(jurisdiction), {
    jurisdiction: 'TR',
    owner: 'tr-partner',
    languages: ['tr'],
    facts: [
      {
        key: 'helpline.child',
        jurisdiction: 'TR',
        neutral: { phone: '183', display: 'ALO 183' },
        wordings: { tr: { name: 'Hat', forms: { dative: 'Hatta' } } },
        source: 'The brief',
        lookedUpOn: '2026-11-02',
        certainty: 'high',
        check: null,
        suspended: null,
      },
    ],
  });
});

test('a fact with a script for an address is refused', () => {
  const text = jurisdiction.replace('display: ALO 183', "url: 'javascript:alert(1)'");
  assert.throws(
    () => readJurisdiction(text, 'TR.yaml'),
    (error: { code: string; data: object }) => {
      assert.deepEqual([error.code, (error.data as { line: number }).line], ['contentMalformed', 7]);
      return true;
    },
  );
});
