import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createBeside } from '../../../src/files/beside/beside.ts';
import type * as samples from './samples.ts';

const module = new URL('./samples.ts', import.meta.url);
const beside = createBeside({ megabytes: 48 });
after(() => beside.close());
const doubled = beside.of<typeof samples.doubled>(module, 'doubled');

test('maps and bytes go over and come back', async () => {
  assert.deepEqual(await doubled(new Map([['a', 4]]), Uint8Array.of(1, 2)), Uint8Array.of(2, 4, 8));
});

test('while it works the loop goes on', async () => {
  await doubled(new Map(), Uint8Array.of());
  let turns = 0;
  const clock = setInterval(() => turns++, 5);
  assert.equal(await beside.of<typeof samples.busy>(module, 'busy')(600), 'busy');
  clearInterval(clock);
  assert.ok(turns > 10, `${turns} turns`);
});

test('what fails says why and harms nothing that comes after', async () => {
  const all = [
    beside.of<typeof samples.refuse>(module, 'refuse')(),
    beside.of<typeof samples.end>(module, 'end')(),
    beside.of<typeof samples.fill>(module, 'fill')(),
    doubled(new Map(), Uint8Array.of(3)),
  ] as const;
  const reasons = (await Promise.allSettled(all)).map((each) =>
    each.status === 'rejected' ? `${each.reason.reason}` : 'made',
  );
  assert.deepEqual(reasons, ['refused', 'workerDied', 'workerDied', 'made']);
});

test('what takes too long is ended, and what waits goes to another process', async (t) => {
  // The clock is the test's: how fast the machine is decides nothing.
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const own = createBeside({ timeoutMs: 1_000 });
  const pid = own.of<typeof samples.pid>(module, 'pid');
  const first = await pid();
  let over = false;
  const slow = own.of<typeof samples.sleep>(module, 'sleep')(60_000);
  const refused = assert.rejects(slow, { reason: 'tookTooLong' }).finally(() => {
    over = true;
  });
  const next = pid();
  await new Promise(setImmediate);
  t.mock.timers.tick(999);
  await new Promise(setImmediate);
  assert.equal(over, false);
  t.mock.timers.tick(1);
  await refused;
  assert.notEqual(await next, first);
  await own.close();
});

test('what holds too much is replaced after its work, and what waits goes to the next', async () => {
  const small = createBeside({ replacedAt: 1 });
  const pid = small.of<typeof samples.pid>(module, 'pid');
  const [first, second] = await Promise.all([pid(), pid()]);
  assert.notEqual(first, second);
  assert.notEqual(first, process.pid);
  await small.close();
});

test('nothing is begun after it was closed', async () => {
  const own = createBeside();
  const sleep = own.of<typeof samples.sleep>(module, 'sleep');
  const running = sleep(60_000);
  const waiting = sleep(1);
  setTimeout(() => void own.close(), 50);
  await assert.rejects(running, { reason: 'closed' });
  await assert.rejects(waiting, { reason: 'closed' });
});
