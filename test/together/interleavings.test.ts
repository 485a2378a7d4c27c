import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { severities } from '../../src/domain/release/release.ts';
import { decisionKinds } from '../../src/domain/update/update.ts';
import { act, beginRun, type Operation, type Run, type Single } from './interleaving.ts';
import { sources } from './smallWorld.ts';

const runs = Number(process.env.PROVE_RUNS ?? 15);

const person = fc.constantFrom('deniz' as const, 'derya' as const);
const segment = fc.constantFrom('L1.keep', 'L1.call', 'L1.pay');
const single: fc.Arbitrary<Single> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('save' as const), who: person, segment }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('decide' as const),
      who: person,
      pick: fc.nat(3),
      answer: fc.constantFrom('redo' as const, 'redo' as const, ...decisionKinds),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('apply' as const), who: person }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('undo' as const), who: person }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('ahead' as const), who: person, pick: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('look' as const), who: person }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('release' as const),
      segment,
      how: fc.constantFrom(...severities, 'content', 'remove' as const, 'revive' as const, 'revive' as const),
    }),
  },
);
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 3, arbitrary: single },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('both' as const), one: single, other: single }) },
);

/** Everything that was acknowledged is in the working text, in its history, or in a draft that can still be read. */
async function checkNothingLost({ world, tag, acknowledged, proposed }: Run): Promise<void> {
  const { store } = world;
  const decided = (await store.updates.ofEdition(tag)).flatMap((update) => Object.values(update.decisions));
  assert.ok((await store.updates.ofEdition(tag)).filter((update) => update.state === 'draft').length <= 1);
  for (const id of Object.keys(sources)) {
    const unit = await store.units.byId(tag, id);
    const past = await store.units.history(tag, id);
    const kept = new Set([...(unit === null ? [] : [unit]), ...past].map((each) => each.target));
    for (const text of acknowledged.get(id) ?? []) assert.ok(kept.has(text), `${id} lost: ${text}`);
    const drafted = new Set(decided.map((decision) => decision.text));
    for (const text of proposed.get(id) ?? [])
      assert.ok(kept.has(text) || drafted.has(text), `${id} draft lost: ${text}`);
  }
}

test(`two people save, decide, apply, undo while releases go on: no acknowledged text is lost, ${runs} times`, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(operation, { minLength: 6, maxLength: process.env.PROVE_RUNS ? 30 : 14 }),
      async (operations) => {
        const run = await beginRun();
        for (const each of operations) await act(run, each);
        await checkNothingLost(run);
      },
    ),
    { numRuns: runs, ...(process.env.PROVE_SEED ? { seed: Number(process.env.PROVE_SEED) } : {}) },
  );
});
