import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Block, LessonPage } from '../../../src/formats/page/lessonPage.ts';
import { plainText } from '../../../src/formats/page/plainText.ts';
import { deckOf } from '../../../src/formats/slides/deckOf.ts';
import { fitWords, wordsRoom, zoneHeight, zonesOf } from '../../../src/formats/slides/fitWords.ts';
import type { SetBlock } from '../../../src/formats/typst/pdfInput.ts';
import { labels } from '../../files/pdf/fixturePages.ts';
import { deckPage } from './slideWords.ts';

const block = (kind: Block['kind'], text: string): SetBlock => ({
  kind,
  lines: [[{ kind: 'text', text }]],
  untranslated: false,
});
const words = (count: number): string => 'children tell '.repeat(count).trim();

describe('words on slides', () => {
  test('a few are set large, more of them smaller, and never below what the last row reads while they can be parted', () => {
    const sizeOf = (blocks: readonly SetBlock[]) => fitWords(blocks).map(({ size }) => size);
    assert.deepEqual(sizeOf([block('item', 'Stop.')]), [48]);
    const list = (items: number) => Array.from({ length: items }, () => block('item', words(6)));
    const sizes = [1, 2, 3, 4].map((items) => sizeOf(list(items)));
    assert.ok(sizes.every((each) => each.length === 1));
    const flat = sizes.flat();
    assert.deepEqual(
      flat,
      flat.toSorted((a, b) => b - a),
    );
    assert.ok(new Set(flat).size > 1);
    const twelve = sizeOf(list(12));
    assert.ok(twelve.length > 1 && twelve.every((size) => size >= 28), 'twelve long items are parted');
  });

  test('nothing is lost or turned round where they are parted', () => {
    const blocks = Array.from({ length: 9 }, (_, at) =>
      block(at % 3 === 1 ? 'statement' : 'item', `${at} ${words(20)}`),
    );
    const parts = fitWords(blocks);
    assert.ok(parts.length > 2);
    assert.deepEqual(
      parts.flatMap((part) => part.blocks),
      blocks,
    );
    for (const part of parts) {
      const heights = zonesOf(part.blocks).map((zone) => zoneHeight(zone, part.size, wordsRoom.width));
      assert.ok(heights.reduce((sum, height) => sum + height, 0) <= wordsRoom.height);
    }
  });

  test('one long text alone is set smaller and never cut', () => {
    const [part, ...more] = fitWords([block('statement', words(50))]);
    assert.equal(more.length, 0);
    assert.ok(part && part.size < 28 && part.size >= 18);
  });

  test('Chinese takes the room of two letters, marks take none', () => {
    const sizeOf = (text: string) => fitWords([block('paragraph', text)])[0]?.size ?? 0;
    assert.ok(sizeOf('告诉一个你信任的大人'.repeat(12)) < sizeOf('abcdefghij'.repeat(12)));
    assert.equal(sizeOf('e\u0301'.repeat(200)), sizeOf('e'.repeat(200)));
  });

  test('each statement has a frame of its own', () => {
    const blocks = [block('item', 'a'), block('item', 'b'), block('statement', 'c'), block('statement', 'd')];
    assert.deepEqual(
      zonesOf(blocks).map(({ kind, blocks: inside }) => [kind, inside.length]),
      [
        ['words', 2],
        ['statement', 1],
        ['statement', 1],
      ],
    );
  });
});

describe('the deck', () => {
  const kinds = (page: LessonPage) => deckOf(page, labels.en).slides.map(({ kind }) => kind);

  test('opens with the lesson’s title once, and ends with the numbers once', () => {
    const page = deckPage('en');
    const { slides } = deckOf(page, labels.en);
    assert.deepEqual(kinds(page), ['title', 'words', 'words', 'help']);
    assert.deepEqual(
      slides.map(({ number }) => number),
      [1, 2, 3, 4],
    );
    const last = slides.at(-1);
    assert.ok(last?.kind === 'help');
    assert.equal(plainText([last.title.filter((node) => node.kind === 'text')]), 'Here is help');
    assert.equal(last.notes.length, 1, 'the notes of the content’s own slide');
  });

  test('a first slide with another title stays behind a title slide', () => {
    const page = deckPage('en');
    const own = page.slides.map((slide, at) =>
      at === 0 ? { ...slide, title: [{ kind: 'text', text: 'Short title' } as const] } : slide,
    );
    assert.deepEqual(kinds({ ...page, slides: own }), ['title', 'words', 'words', 'words', 'help']);
  });

  test('a first slide with more than a few words stays behind a title slide', () => {
    const page = deckPage('en');
    const [first] = page.slides;
    const line = first?.lines[0];
    assert.ok(line);
    const long = page.slides.map((slide, at) =>
      at === 0 ? { ...slide, lines: Array.from({ length: 4 }, () => line) } : slide,
    );
    assert.deepEqual(kinds({ ...page, slides: long }), ['title', 'words', 'words', 'words', 'help']);
  });

  test('a last slide that says more than the numbers, or another number, stays as it is', () => {
    const page = deckPage('en');
    const last = (change: (lines: readonly Block[]) => readonly Block[]): LessonPage => ({
      ...page,
      slides: page.slides.map((slide, at) => (at === 3 ? { ...slide, lines: change(slide.lines) } : slide)),
    });
    const [, , third] = page.slides;
    const statement = third?.lines[0];
    assert.ok(statement);
    const phone = { kind: 'phone', name: 'For parents', display: '0800 7777', dial: '08007777' } as const;
    const other: Block = { ...statement, kind: 'item', paragraphs: [[phone]] };
    assert.deepEqual(kinds(last((lines) => [statement, ...lines])), ['title', 'words', 'words', 'words', 'help']);
    assert.deepEqual(kinds(last((lines) => [...lines, other])), ['title', 'words', 'words', 'words', 'help']);
  });

  test('where to report is shown to adults, and to children whose slide says it', () => {
    const more = (page: LessonPage, tongue: 'en' | 'ar'): number => {
      const last = deckOf(page, labels[tongue]).slides.at(-1);
      assert.ok(last?.kind === 'help');
      return last.help.more.length;
    };
    assert.equal(more(deckPage('en'), 'en'), 0);
    assert.equal(more(deckPage('ar'), 'ar'), 1);
    const services = deckPage('en').help.lines.filter(({ use }) => use === 'report' || use === 'removal');
    assert.ok(services.length > 0);
    assert.equal(more({ ...deckPage('en'), group: 'adults' }, 'en'), services.length);
  });

  test('a lesson without slides still has its title and the numbers', () => {
    assert.deepEqual(kinds({ ...deckPage('en'), slides: [] }), ['title', 'help']);
  });
});
