import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, test } from 'node:test';
import { labelFiles } from '../../src/files/labels.ts';
import { fontFiles } from '../../src/files/pdf/fontFiles.ts';
import { dayInWords } from '../../src/formats/typst/frame.ts';
import { lettersOf } from '../files/pdf/fontLetters.ts';
import { offered, realPage } from './realPage.ts';
import { contentFiles, shelf } from './tree.ts';

const faces = fontFiles().map((file) => ({ name: basename(file, '.ttf'), letters: lettersOf(file) }));
/** The typesetter takes a letter that a face lacks from the other script's face, and from nowhere else. */
const other = faces.filter(({ name }) => name.startsWith('Vazirmatn'));
const pairs = faces
  .filter(({ name }) => name.startsWith('Noto'))
  .flatMap((face) => other.map((beside) => ({ name: `${face.name} with ${beside.name}`, both: [face, beside] })));

const every = (texts: Iterable<string>): readonly string[] => [...new Set([...texts].flatMap((text) => [...text]))];
/** Marks of direction and line ends have no glyph. */
const printed = (characters: readonly string[]): readonly string[] =>
  characters.filter((character) => !/[\p{Cc}\p{Cf}]/u.test(character));

const days = offered.flatMap(([tag, id]) => {
  const { imprint } = realPage(tag, id);
  return Array.from({ length: 12 }, (_, month) => dayInWords(`2026-${String(month + 1).padStart(2, '0')}-28`, imprint));
});
const texts = {
  'the lessons, releases, facts and editions': [...contentFiles.values()],
  'the words of the drawings': [...shelf.drawings.values()],
  'the words around the lessons': labelFiles('sheet').map((file) => readFileSync(file, 'utf8')),
  'the days': days,
  'what the templates set': ['–•·~()[]/:,…0123456789'],
};

describe('the fonts that come with the program', () => {
  test('are read as what they are', () => {
    const sans = faces.find(({ name }) => name === 'NotoSans_400Regular')?.letters;
    const vazirmatn = faces.find(({ name }) => name === 'Vazirmatn_400Regular')?.letters;
    assert.ok(sans?.has(0x131) && !sans.has(0x628) && !sans.has(0x1f642));
    assert.ok(vazirmatn?.has(0x628) && vazirmatn.has(0x41));
    assert.equal(pairs.length, 16);
  });

  for (const [what, lines] of Object.entries(texts)) {
    test(`have every letter of ${what}, in every face`, () => {
      const wanted = printed(every(lines));
      assert.ok(wanted.length > 10);
      for (const { name, both } of pairs) {
        const missing = wanted.filter(
          (character) => !both.some(({ letters }) => letters.has(character.codePointAt(0) ?? 0)),
        );
        assert.deepEqual(missing, [], `${name} lacks ${missing.join(' ')}`);
      }
    });
  }
});
