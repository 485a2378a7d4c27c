import assert from 'node:assert/strict';
import { test } from 'node:test';
import { breathe } from '../src/breathe.ts';

/** Something that keeps the only thread, as the answer to a reader does. */
const work = (milliseconds: number): void => {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
};

test('who waits is served before long work goes on', async () => {
  let served = 0;
  const serve = (): void => {
    work(3);
    if (++served < 20) setImmediate(serve);
  };
  setImmediate(serve);
  await breathe();
  assert.equal(served, 20);
});

test('readers who never stop asking do not stop it', async () => {
  let open = true;
  let served = 0;
  const serve = (): void => {
    work(3);
    served++;
    if (open) setImmediate(serve);
  };
  setImmediate(serve);
  await breathe();
  open = false;
  assert.ok(served > 20, `${served} served`);
});
