import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hitsIn, patternOf } from '../../../src/domain/memory/concordance.ts';
import { factValueOf, fieldsOf } from '../../../src/web/desk/facts/factFields.ts';
import { factWords } from '../../../src/web/desk/facts/factWords.ts';
import { cutRuns, markedRuns, snippetOf, type TextRun } from '../../../src/web/desk/workbench/textRuns.ts';
import { deskOf } from './pureDesk.ts';
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

  test('what was found keeps its place in words that are bold before, in and behind it', () => {
    const pattern = patternOf({ words: 'adult', whole: false, language: 'en' });
    const runs = cutRuns(hitsIn('**Tell an adult** now.', pattern ?? /$/gu), ({ text }) => text);
    const told = runs.map(({ hit, pieces }) => [hit, pieces.map(({ text, strong }) => (strong ? `<${text}>` : text))]);
    assert.deepEqual(told, [
      [false, ['**', '<Tell an >']],
      [true, ['<adult>']],
      [false, ['**', ' now.']],
    ]);
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
    assert.equal(
      snippetOf(`${'tell '.repeat(31)}somebody now`),
      `${'tell '.repeat(31).trim()}…`,
      'no word is cut in two',
    );
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
