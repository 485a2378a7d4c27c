import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createBeside } from '../../../src/files/beside/beside.ts';
import type * as samples from './samples.ts';

const module = new URL('./samples.ts', import.meta.url);
const beside = createBeside({ megabytes: 48 });
const hasty = createBeside({ timeoutMs: 4_000 });
after(() => Promise.all([beside.close(), hasty.close()]));
const doubled = beside.of<typeof samples.doubled>(module, 'doubled');

test('maps and bytes go over and come back', async () => {
  assert.deepEqual(await doubled(new Map([['a', 4]]), Uint8Array.of(1, 2)), Uint8Array.of(2, 4, 8));
});

test('while it works the loop goes on', async () => {
  await doubled(new Map(), Uint8Array.of());
  let turns = 0;
  const clock = setInterval(() => turns++, 5);
  assert.equal(await beside.of<typeof samples.busy>(module, 'busy')(200), 'busy');
  clearInterval(clock);
  assert.ok(turns > 10, `${turns} turns`);
});

test('what fails says why and harms nothing that comes after', async () => {
  const all = [
    beside.of<typeof samples.refuse>(module, 'refuse')(),
    beside.of<typeof samples.end>(module, 'end')(),
    beside.of<typeof samples.fill>(module, 'fill')(),
    doubled(new Map(), Uint8Array.of(3)),
    hasty.of<typeof samples.sleep>(module, 'sleep')(60_000),
    hasty.of<typeof samples.doubled>(module, 'doubled')(new Map(), Uint8Array.of(3)),
  ] as const;
  const reasons = (await Promise.allSettled(all)).map((each) =>
    each.status === 'rejected' ? `${each.reason.reason}` : 'made',
  );
  assert.deepEqual(reasons, ['refused', 'workerDied', 'workerDied', 'made', 'tookTooLong', 'made']);
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
