import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgedOn } from '../../../src/domain/edition/demonstration.ts';

test('a demonstration is judged on the day of the newest thing that happened, whatever year it is', () => {
  assert.equal(judgedOn({ demonstration: true }, '2031-01-01', ['2026-03-02', '2026-09-14']), '2026-09-14');
  assert.equal(judgedOn({ demonstration: true }, '2031-01-01', []), '2031-01-01');
});

test('a real edition is judged today', () => {
  assert.equal(judgedOn({ demonstration: false }, '2031-01-01', ['2026-09-14']), '2031-01-01');
});
