import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProgress } from '../../src/cli/databaseProgress.ts';

function watched(isTTY: boolean) {
  const written: string[] = [];
  let at = 0;
  const progress = createProgress({ isTTY, write: (text) => written.push(text) }, () => at);
  const show = (seconds: number, step: string, done: number, of: number) => {
    at = seconds * 1000;
    progress.show({ step, done, of });
  };
  return { written, show, end: progress.end };
}

test('without a terminal there is a plain line at each step, and then every few seconds', () => {
  const { written, show, end } = watched(false);
  show(0, 'copying', 0, 0);
  show(1, 'documents', 1, 9);
  show(2, 'documents', 2, 9);
  show(4.5, 'documents', 5, 9);
  show(5, 'documents', 6, 9);
  end();
  assert.deepEqual(written, ['copying …\n', 'documents: 1 of 9 (11 %)\n', 'documents: 5 of 9 (55 %), 3 s\n']);
});

test('on a terminal one line moves, and is gone at the end', () => {
  const { written, show, end } = watched(true);
  show(0, 'documents', 1, 4);
  show(0.05, 'documents', 2, 4);
  show(0.2, 'documents', 3, 4);
  end();
  assert.deepEqual(written, ['\rdocuments: 1 of 4 (25 %)\u001b[K', '\rdocuments: 3 of 4 (75 %)\u001b[K', '\r\u001b[K']);
});

test('an end without a beginning writes nothing', () => {
  const { written, end } = watched(true);
  end();
  assert.deepEqual(written, []);
});
