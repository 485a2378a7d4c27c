import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { glossaryFindings } from '../../src/commands/content/glossaryFindings.ts';
import { readSeed } from '../../src/commands/seed/readSeed.ts';
import type { Term } from '../../src/domain/memory/term.ts';
import { termFindings, termsIn } from '../../src/domain/memory/terms.ts';
import { readGlossary, writeGlossary } from '../../src/formats/content/glossaryFile.ts';
import { contentFiles } from './tree.ts';

const seed = readSeed(contentFiles);
const packages = new Map(seed.releases.map(({ release, lessonPackage }) => [release.number, lessonPackage]));
const termsOf = (language: string): readonly Term[] =>
  (seed.glossaries.find((file) => file.language === language)?.terms ?? []).map((term) => ({
    ...term,
    language,
    revision: 1,
    by: 'seed',
    at: '',
  }));

describe('the glossaries of this repository', () => {
  for (const [tag, language] of [
    ['tr-TR', 'tr'],
    ['ar-EG', 'ar'],
  ] as const) {
    test(`${tag} uses what is agreed for ${language}`, () => {
      const terms = termsOf(language);
      assert.ok(terms.length >= 30);
      const units = seed.editions.find(({ edition }) => edition.edition === tag)?.units ?? [];
      const pairs = units.map(
        (unit) => [packages.get(unit.release)?.segments[unit.segment]?.text ?? '', unit] as const,
      );
      const named = pairs.flatMap(([source]) => [...new Set(termsIn(source, terms).map((place) => place.term.id))]);
      const findings = pairs.flatMap(([source, unit]) => termFindings(terms, source, unit.target, language));
      assert.ok(named.length > 300, 'the terms really occur');
      assert.deepEqual(
        terms.filter(({ id }) => !named.includes(id)).map(({ id }) => id),
        [],
        'every term occurs',
      );
      assert.ok(
        findings.length <= named.length / 50,
        findings.map(({ term, word }) => `${term.id} ${word}`).join('\n'),
      );
    });
  }

  test('a file that is written says what was read', () => {
    for (const file of seed.glossaries) assert.deepEqual(readGlossary(writeGlossary(file)), file);
    assert.equal(seed.glossaries.length, 3);
  });

  test('a source word in two terms and a language without rules are found', () => {
    const [file] = seed.glossaries;
    assert.ok(file);
    const [first] = file.terms;
    assert.ok(first);
    const doubled = { language: 'xx', terms: [first, { ...first, id: 'other' }] };
    const codes = new Set(glossaryFindings([doubled], ['en']).map(({ code }) => code));
    assert.deepEqual([...codes].sort(), ['termDouble', 'termLanguageUnknown']);
    assert.deepEqual(glossaryFindings(seed.glossaries, ['ar', 'en', 'tr']), []);
  });

  test('what does not fit the format is refused', () => {
    for (const text of [
      'language: tr\nterms:\n  a: { source: { text: a }, targets: [] }\n',
      'language: turkish\nterms: {}\n',
      'language: tr\nterms:\n  a: { source: { text: a }, targets: [{ text: b }], extra: 1 }\n',
    ]) {
      assert.throws(() => readGlossary(text), { code: 'contentMalformed' });
    }
  });
});
