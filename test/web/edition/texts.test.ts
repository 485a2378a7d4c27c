import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { factValueOf, fieldsOf } from '../../../src/web/desk/facts/factFields.ts';
import { factWords } from '../../../src/web/desk/facts/factWords.ts';
import { checksOf, numbersIn } from '../../../src/web/desk/workbench/checks.ts';
import { markedRuns, snippetOf, type TextRun } from '../../../src/web/desk/workbench/textRuns.ts';
import { deskOf, t } from './pureDesk.ts';
import { sampleFact } from './sampleRiver.ts';

const shown = (runs: readonly TextRun[]) =>
  runs.map((run) => {
    const text = [run.head, ...run.pieces].map((piece) => piece?.text ?? '').join('');
    return { same: text, added: `+${text}`, removed: `-${text}` }[run.kind];
  });

describe('marks', () => {
  test('the space before a mark stays outside, and its first word stays with the sign', () => {
    const runs = markedRuns('Stop now.', 'Stop now. You can still get help.', 'en');
    assert.deepEqual(shown(runs), ['Stop now.', ' ', '+You can still get help.']);
    assert.equal(runs.at(-1)?.head?.text, 'You');
  });

  test('a fact is one piece', () => {
    const runs = markedRuns('Call 183.', 'Call {helpline.child}.', 'en');
    assert.deepEqual(runs.find((run) => run.kind === 'added')?.head, {
      text: '{helpline.child}',
      fact: true,
      strong: false,
      stars: false,
    });
    assert.equal(snippetOf('Call: {helpline.child}.'), 'Call: {…}.');
  });
});

describe('checks of a text', () => {
  const outcomes = (source: string, target: string, language = 'tr') =>
    checksOf(t, source, target, language).map(({ outcome, text }) => `${outcome}: ${text}`);

  test('what is wrong comes first', () => {
    assert.deepEqual(outcomes('Call {helpline.child} in 5 minutes.', 'Ara'), [
      'wrong: These facts are missing: {helpline.child}',
      'look: Numbers of the source that are not here: 5',
      'look: The source ends with a mark, this text does not',
      'passed: Not left in the source’s language',
    ]);
  });

  test('numbers agree in any digits, and numbers in facts do not count', () => {
    assert.deepEqual(numbersIn('٣ مرات أو ۱۲ أو 3 {a.b1}'), ['3', '12']);
    assert.ok(outcomes('Wait 3 minutes.', 'انتظر ٣ دقائق.', 'ar').every((line) => line.startsWith('passed')));
  });

  test('a text left as it was is looked at, except in the baseline’s language', () => {
    assert.ok(outcomes('Keep telling.', 'Keep telling.').some((line) => line.startsWith('look')));
    assert.ok(outcomes('Keep telling.', 'Keep telling.', 'en').every((line) => line.startsWith('passed')));
    assert.deepEqual(outcomes('Keep telling.', ' '), []);
  });
});

describe('facts', () => {
  test('numbers come out isolated, names do not', () => {
    const desk = deskOf([]);
    assert.deepEqual(factWords(desk.facts.facts['emergency.number'], undefined, 'tr'), [
      { text: 'Acil ', ltr: false },
      { text: '112', ltr: true },
    ]);
  });

  test('a value survives its form; digits of any keyboard are western', () => {
    const value = sampleFact('EG', 'helpline.child', {
      neutral: { phone: '16000' },
      wordings: { ar: { name: 'خط النجدة', hours: 'كل يوم' } },
    });
    const fields = fieldsOf(value, 'ar');
    assert.deepEqual(factValueOf('phone', fields), { neutral: value.neutral, wording: value.wordings.ar });
    assert.deepEqual(factValueOf('phone', { ...fields, phone: '١٦٠٠٠', display: '' }).neutral, { phone: '16000' });
    assert.deepEqual(
      factValueOf('text', { ...fields, text: 'rehber öğretmen', forms: 'dative: rehber öğretmene\n\n' }).wording,
      {
        text: 'rehber öğretmen',
        forms: { dative: 'rehber öğretmene' },
      },
    );
    assert.deepEqual(factValueOf('list', { ...fields, list: ' a \r\n\r\nb' }).wording, { list: ['a', 'b'] });
  });
});
