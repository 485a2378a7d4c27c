import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelCount, labelDrawing } from '../../../src/formats/drawing/labelDrawing.ts';

const path =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 200" data-mirror="yes"><path d="M0 0"/>' +
  '<text data-label="1" data-width="80" x="100" y="57" font-size="20" text-anchor="middle"></text>' +
  '<text x="40" y="20" font-size="10" font-weight="700">1</text></svg>';

test('words are taken out of the lines, with their places', () => {
  assert.equal(labelCount(path), 1);
  assert.deepEqual(labelDrawing(path, ['tell an adult'], 'ltr'), {
    svg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 200" data-mirror="yes"><path d="M0 0"/></svg>',
    width: 600,
    height: 200,
    texts: [
      { text: 'tell an adult', x: 100, y: 50, width: 80, size: 20, bold: false },
      { text: '1', x: 40, y: 16.5, width: 80, size: 10, bold: true },
    ],
  });
});

test('a drawing with a direction is turned around from the right, and the places of its words with it', () => {
  const { svg, texts } = labelDrawing(path, ['أخبر'], 'rtl');
  assert.match(svg, /<g transform="matrix\(-1 0 0 1 600 0\)"><path d="M0 0"\/><\/g>/);
  assert.deepEqual(
    texts.map(({ text, x }) => [text, x]),
    [
      ['أخبر', 500],
      ['1', 560],
    ],
  );
});

test('a drawing without a direction stays as it is; a label that is missing leaves its place empty', () => {
  const { svg, texts } = labelDrawing(path.replace(' data-mirror="yes"', ''), [], 'rtl');
  assert.doesNotMatch(svg, /matrix/);
  assert.deepEqual(
    texts.map(({ text }) => text),
    ['1'],
  );
});
