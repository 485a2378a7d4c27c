import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DomainError } from '../../../src/domain/errors.ts';
import { buildLessonPage } from '../../../src/formats/page/buildLessonPage.ts';
import { plainText } from '../../../src/formats/page/plainText.ts';
import { english } from './englishWords.ts';
import { fact, imprintOf, type LessonWords, publishedLesson } from './publishedFixture.ts';

const build = (words: LessonWords) => buildLessonPage(publishedLesson(words), imprintOf(words.edition));
const page = build(english);

describe('buildLessonPage', () => {
  test('the head gives title and lead', () => {
    assert.equal(page.title, 'When it goes wrong: get help, give help');
    assert.equal(page.lead.length, 1);
  });

  test('steps carry their body, a running clock and the practice mark', () => {
    assert.deepEqual(
      page.steps.map(({ number, from, to, practice }) => [number, from, to, practice]),
      [
        [1, 0, 5, false],
        [2, 5, 15, false],
        [3, 15, 35, true],
        [4, 35, 45, false],
      ],
    );
    assert.deepEqual(
      page.steps[2]?.body.map(({ kind }) => kind),
      ['paragraph', 'speech', 'item', 'item'],
    );
  });

  test('questions carry answers, the right one, and why', () => {
    assert.deepEqual(
      page.questions[0]?.answers.map(({ right }) => right),
      [false, false, true],
    );
    assert.equal(plainText(page.questions[0]?.explanation[0]?.paragraphs ?? []), 'Demands often go on after paying.');
  });

  test('sheets are named, titled and without any answer', () => {
    assert.deepEqual(
      page.sheetsToPrint.map(({ name, kind, title }) => [name, kind, title]),
      [
        ['five-steps', 'handout', 'When it goes wrong: five steps'],
        ['letter', 'letter', 'To parents and carers'],
        ['booster', 'booster', 'Do you remember?'],
      ],
    );
    assert.ok(page.sheetsToPrint.every(({ blocks }) => blocks.every(({ kind }) => kind !== 'answer')));
  });

  test('slides part lines from notes', () => {
    assert.deepEqual([page.slides[0]?.lines.length, page.slides[0]?.notes.length], [1, 1]);
  });

  test('a placed segment without words is refused', () => {
    const published = publishedLesson(english);
    const { title: _, ...segments } = published.segments;
    assert.throws(() => buildLessonPage({ ...published, segments }, imprintOf('en-GB')), DomainError);
  });
});

describe('the help of a page', () => {
  const crisis = fact('helpline.crisis', { neutral: { phone: '111' } });
  const uses = (words: LessonWords) => build(words).help.lines.map(({ use }) => use);

  test('the crisis line is for 13 and older', () => {
    const facts = [...english.facts, crisis];
    assert.deepEqual(uses({ ...english, facts }), ['child', 'danger', 'report', 'removal']);
    assert.deepEqual(uses({ ...english, facts, fields: { band: 'C' } }), [
      'child',
      'crisis',
      'danger',
      'report',
      'removal',
    ]);
  });

  test('is as old as its oldest check, and unchecked when one line is', () => {
    assert.equal(page.help.checkedOn, '2025-09-08');
    const older = fact('emergency.number', {
      type: 'phone',
      neutral: { phone: '999' },
      check: { on: '2024-01-02', by: 'p', method: 'called' },
    });
    const with_ = (one: typeof older) => [...english.facts.filter(({ key }) => key !== one.key), one];
    assert.equal(build({ ...english, facts: with_(older) }).help.checkedOn, '2024-01-02');
    const facts = with_({ ...older, check: null, problem: 'unchecked' });
    assert.equal(build({ ...english, facts }).help.checkedOn, null);
  });

  test('a line that was taken out is named and not shown', () => {
    const facts = [...english.facts.slice(1), fact('helpline.child', { problem: 'suspended', check: null })];
    const { help } = build({ ...english, facts });
    assert.deepEqual(help.suspended, ['child']);
    assert.ok(help.lines.every(({ use }) => use !== 'child'));
  });
});
