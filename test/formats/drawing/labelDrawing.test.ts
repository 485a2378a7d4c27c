import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelCount, labelDrawing } from '../../../src/formats/drawing/labelDrawing.ts';

const path =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 200" data-mirror="yes"><path d="M0 0"/>' +
  '<text data-label="1" data-width="80" x="100" y="50" font-size="20" text-anchor="middle"></text>' +
  '<text x="40" y="20" font-size="10">1</text></svg>';
const ltr = { direction: 'ltr', fonts: 'Noto Sans' } as const;
const rtl = { direction: 'rtl', fonts: 'Vazirmatn' } as const;

test('words go where the drawing has a place for them, in lines that fit', () => {
  const svg = labelDrawing(path, ['tell an adult'], ltr);
  assert.equal(labelCount(path), 1);
  assert.deepEqual(
    [...svg.matchAll(/<text x="100"[^>]*>([^<]*)</g)].map((match) => match[1]),
    ['tell an', 'adult'],
  );
  assert.ok(svg.endsWith('</svg>'));
});

test('a drawing with a direction is turned around from the right; its words and figures are not', () => {
  const svg = labelDrawing(path, ['أخبر'], rtl);
  assert.match(svg, /<g transform="matrix\(-1 0 0 1 600 0\)"><path d="M0 0"\/><\/g>/);
  assert.match(svg, /<text x="500"[^>]*>\u200fأخبر\u200f</);
  assert.match(svg, /<text x="560"[^>]*>\u200f1\u200f</);
});

test('a drawing without a direction stays as it is, and marks in words are no markup', () => {
  const still = path.replace(' data-mirror="yes"', '');
  const svg = labelDrawing(still, ['a < b & c'], rtl);
  assert.doesNotMatch(svg, /matrix/);
  assert.match(svg, /a &lt; b/);
});
