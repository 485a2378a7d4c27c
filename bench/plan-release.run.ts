/**
 * What a release costs for 200 editions: 300 of 6,000 segments changed, and the same 300 changes in a package twice as
 * large. Pure planning first, then through the real store. `--store-units N` sets the units of each edition there.
 */
import { strict as assert } from 'node:assert';
import type { LessonPackage } from '../src/domain/package/lessonPackage.ts';
import { applyChanges } from '../src/domain/release/applyChange.ts';
import type { SegmentRevision } from '../src/domain/release/release.ts';
import { packageDelta } from '../src/domain/update/packageDelta.ts';
import { planUpdate } from '../src/domain/update/planUpdate.ts';
import { createEvidence, numberOption, spreadOf } from '../test/prove/evidence.ts';
import { planThroughStores } from './planThroughStore.ts';
import {
  changesTo,
  firstRelease,
  historyAfter,
  syntheticEdition,
  syntheticPackage,
  syntheticUnit,
} from './syntheticRiver.ts';

const editions = numberOption('editions', 200);
const rounds = numberOption('rounds', 7);
const storeUnits = numberOption('store-units', 1500);

type Prepared = ReturnType<typeof prepare>;

/** Everything that planning is given; none of it is measured. */
function prepare(segments: number) {
  const before = syntheticPackage(segments);
  const { sets, ids, staleIds } = changesTo(before);
  const after = applyChanges(
    before,
    sets.flatMap(({ changes }) => changes),
  );
  const past = Map.groupBy(firstRelease(before).revisions, (revision) => revision.segment);
  const first = Object.fromEntries(past) as Readonly<Record<string, readonly SegmentRevision[]>>;
  const history = historyAfter(before, sets, first);
  const sides = Array.from({ length: editions }, (_, number) => {
    const edition = syntheticEdition(number);
    // Not every edition has everything: edition n lacks each segment whose place is n modulo 50.
    const own = ids.filter((_, place) => place % 50 !== number % 50);
    const units = own.map((id) => syntheticUnit(edition.tag, segmentIn(before, id)));
    return {
      stale: own.filter((id) => staleIds.includes(id)).length,
      ours: {
        edition,
        units: new Map(units.map((unit) => [unit.segment, unit])),
        ledger: new Map(),
        history,
        filledFacts: new Set<string>(),
      },
    };
  });
  return { before, after, history, sides };
}

function segmentIn(lessonPackage: LessonPackage, id: string) {
  const segment = lessonPackage.segments[id];
  if (segment === undefined) throw new Error(`no segment ${id}`);
  return segment;
}

/** One release for all editions, as `impactOf` does it; checks that every count is what it has to be. */
function planOnce({ before, after, history, sides }: Prepared) {
  const began = performance.now();
  const cpuBefore = process.cpuUsage();
  const delta = packageDelta(
    { number: '1.0.0', lessonPackage: before },
    { number: '1.1.0', lessonPackage: after },
    history,
  );
  const computed = performance.now();
  const cpuComputed = process.cpuUsage(cpuBefore);
  const plans = sides.map(({ ours }) => planUpdate(delta, ours));
  const ended = performance.now();
  const cpu = process.cpuUsage(cpuBefore);
  for (const [place, { counts, items }] of plans.entries()) {
    assert.equal(counts.stale, sides[place]?.stale, 'stale units');
    assert.equal(counts.take + counts.carry + counts.stale, delta.segments.size, 'every changed segment is counted');
    assert.ok(items.length >= counts.stale && counts.staleWords > counts.stale, 'items and words');
  }
  return {
    deltaMs: computed - began,
    perEditionMs: (ended - computed) / sides.length,
    wholeMs: ended - began,
    cpuPerEditionMs: (cpu.user + cpu.system - cpuComputed.user - cpuComputed.system) / 1000 / sides.length,
    stale: plans.reduce((sum, { counts }) => sum + counts.stale, 0),
  };
}

const evidence = createEvidence('plan-release');
const sizes = [6000, 12_000] as const;
const prepared = sizes.map((segments) => ({ segments, river: prepare(segments) }));
const measured = sizes.map(() => [] as ReturnType<typeof planOnce>[]);
for (const { river } of prepared) planOnce(river);
for (let round = 0; round < rounds; round++) {
  for (const [place, { river }] of prepared.entries()) measured[place]?.push(planOnce(river));
}
const pure = prepared.map(({ segments }, place) => {
  const runs = measured[place] ?? [];
  return {
    segments,
    changed: 300,
    editions,
    staleUnitsCounted: runs[0]?.stale ?? 0,
    packageDeltaOnceMs: spreadOf(runs.map(({ deltaMs }) => deltaMs)),
    planPerEditionMs: spreadOf(
      runs.map(({ perEditionMs }) => perEditionMs),
      3,
    ),
    planPerEditionCpuMs: spreadOf(
      runs.map(({ cpuPerEditionMs }) => cpuPerEditionMs),
      3,
    ),
    wholeReleaseMs: spreadOf(runs.map(({ wholeMs }) => wholeMs)),
  };
});
const ratioOf = (pick: (one: (typeof pure)[number]) => number): number => {
  const [small, large] = pure;
  return small && large ? Number((pick(large) / pick(small)).toFixed(2)) : Number.NaN;
};
const growth = {
  planPerEdition: ratioOf((one) => one.planPerEditionMs.median),
  planPerEditionCpu: ratioOf((one) => one.planPerEditionCpuMs.median),
  packageDelta: ratioOf((one) => one.packageDeltaOnceMs.median),
  wholeRelease: ratioOf((one) => one.wholeReleaseMs.median),
};
console.log(JSON.stringify({ pure, growth }, null, 2));
const store = await planThroughStores(
  [1, 2].map((factor) => ({ segments: 6000 * factor, units: storeUnits * factor, editions })),
  rounds,
);
console.log(JSON.stringify(store, null, 2));
const [small, large] = store;
const storeGrowth = small && large ? Number((large.impactCpuMs.median / small.impactCpuMs.median).toFixed(2)) : null;
// In processor time, because the machine may be shared: what an edition costs may differ by noise only.
const most = 1.25;
const violations: string[] = [];
if (growth.planPerEditionCpu > most) violations.push(`planning an edition costs ${growth.planPerEditionCpu} times`);
if (storeGrowth === null || storeGrowth > most)
  violations.push(`through the store a release costs ${storeGrowth} times`);
const verdict = violations.length === 0 ? 'passed' : 'failed';
const counts = { rounds, pure, growth, store, storeGrowth };
console.log(
  `per edition, package doubled: ${growth.planPerEditionCpu} times; through the store: ${storeGrowth} times (processor time)`,
);
console.log(`${verdict}: ${evidence.write({ verdict, seed: null, faultsFired: null, counts, violations })}`);
process.exitCode = verdict === 'passed' ? 0 : 1;
