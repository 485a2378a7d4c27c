import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editionFileKinds, editionFileName, editionSavedName } from '../../../src/formats/files/editionFile.ts';
import {
  fileNameOf,
  groupOf,
  type LessonFile,
  papersOf,
  rankOf,
  savedName,
  stageOf,
} from '../../../src/formats/files/lessonFile.ts';
import { pageOf } from '../../files/pdf/fixturePages.ts';
import { arabic } from '../page/arabicWords.ts';
import { english } from '../page/englishWords.ts';

const all: readonly LessonFile[] = [
  { kind: 'pack', format: 'pdf', paper: 'a4' },
  { kind: 'guide', format: 'pdf', paper: 'a4' },
  { kind: 'sheet', name: 'five-steps', format: 'pdf', paper: 'a4' },
  { kind: 'pack', format: 'pdf', paper: 'letter' },
  { kind: 'guide', format: 'pdf', paper: 'letter' },
  { kind: 'sheet', name: 'five-steps', format: 'pdf', paper: 'letter' },
  { kind: 'guide', format: 'docx', paper: null },
  { kind: 'sheet', name: 'five-steps', format: 'docx', paper: null },
  { kind: 'slides', format: 'pptx', paper: null },
  { kind: 'slides', format: 'pdf', paper: null },
  { kind: 'book', format: 'epub', paper: null },
];

test('each file has an address and a saved name of its own', () => {
  assert.deepEqual(all.map(fileNameOf), [
    'pack.pdf',
    'guide.pdf',
    'five-steps.pdf',
    'pack.letter.pdf',
    'guide.letter.pdf',
    'five-steps.letter.pdf',
    'guide.docx',
    'five-steps.docx',
    'slides.pptx',
    'slides.pdf',
    'book.epub',
  ]);
  const page = pageOf(english);
  const names = all.map((file) => savedName(page, file));
  const title = 'b4-when-it-goes-wrong-get-help-give-help';
  const number = page.imprint.lessonEdition?.number;
  assert.equal(names[0], `${title}_en-GB_${number}_a4.pdf`);
  assert.equal(names[3], `${title}_en-GB_${number}_letter.pdf`);
  assert.equal(names[6], `${title}-guide_en-GB_${number}.docx`);
  assert.equal(names[8], `${title}-slides_en-GB_${number}.pptx`);
  assert.equal(new Set(names).size, all.length);
  const spoken = all.map((file) => savedName(pageOf(arabic), file));
  assert.equal(spoken[0], `b4-pack_ar-EG_${pageOf(arabic).imprint.lessonEdition?.number}_a4.pdf`);
  assert.equal(new Set(spoken).size, all.length, 'also where a title has no Latin letter');
  for (const name of [...names, ...spoken]) assert.match(name, /^[a-z0-9-]+_[a-zA-Z-]+_\d+(_a4|_letter)?\.\w+$/);
  const edition = editionFileKinds.map((kind) => editionSavedName(kind, 'tr-TR', 12));
  assert.deepEqual(edition, [
    'headwater_tr-TR_12_usb.zip',
    'headwater_tr-TR_12.epub',
    'headwater_tr-TR_12_scorm.zip',
    'headwater_tr-TR_12.imscc',
  ]);
  assert.equal(new Set(editionFileKinds.map(editionFileName)).size, 4);
});

test('a long title is cut before what the file is, not after', () => {
  const page = { ...pageOf(english), title: 'Is this respect? Relationships and preparing for exploitation of trust' };
  const names = all.map((file) => savedName(page, file));
  assert.equal(new Set(names).size, all.length);
  const cut = 'b4-is-this-respect-relationships-and-preparing-for';
  assert.match(names[0] ?? '', new RegExp(`^${cut}_en-GB_`));
  assert.match(names[1] ?? '', new RegExp(`^${cut}-guide_en-GB_`));
});

test('the country’s paper comes first, then the other, then what is edited, shown and read', () => {
  assert.deepEqual(papersOf('DE'), ['a4', 'letter']);
  assert.deepEqual(papersOf('US-CA'), ['letter', 'a4']);
  assert.deepEqual(papersOf('MX'), ['letter', 'a4']);
  const order = (country: string) =>
    all.toSorted((one, other) => rankOf(one, country) - rankOf(other, country)).map(fileNameOf);
  assert.deepEqual(order('TR'), all.map(fileNameOf));
  assert.deepEqual(order('PH').slice(0, 4), [
    'pack.letter.pdf',
    'guide.letter.pdf',
    'five-steps.letter.pdf',
    'pack.pdf',
  ]);
  assert.deepEqual(
    all.map((file) => stageOf(file, 'TR')),
    [0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2],
  );
  assert.deepEqual([...new Set(all.map(groupOf))], ['pack', 'print', 'word', 'slides', 'slidesPdf', 'book']);
});
