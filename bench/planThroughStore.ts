import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { impactOf, proposeRelease } from '../src/commands/baseline/releaseImpact.ts';
import { startEmbeddedMongo } from '../src/embedded-mongo/index.ts';
import { openStore } from '../src/store/openStore.ts';
import { median, spreadOf } from '../test/prove/evidence.ts';
import { changesTo, firstRelease, syntheticEdition, syntheticPackage, syntheticUnit, tagOf } from './syntheticRiver.ts';

export type ThroughStore = {
  readonly segments: number;
  /** Rows put into the collection of units, in bulk. */
  readonly units: number;
  readonly insertSeconds: number;
  readonly databaseMiB: number;
  readonly proposeMs: ReturnType<typeof spreadOf>;
  readonly impactMs: ReturnType<typeof spreadOf>;
  /** Processor time of this process; the engine is a thread of it. */
  readonly impactCpuMs: ReturnType<typeof spreadOf>;
  readonly perEditionMs: number;
  readonly staleUnitsCounted: number;
};

type Wanted = {
  readonly segments: number;
  /** Units of each edition: of all changed segments, and of the first others. */
  readonly units: number;
  readonly editions: number;
};

type Round = { readonly proposeMs: number; readonly impactMs: number; readonly cpuMs: number; readonly stale: number };

/** A store on the embedded engine with a release and its editions, and what one round of planning costs in it. */
async function fill({ segments, units, editions }: Wanted) {
  const home = mkdtempSync(join(tmpdir(), 'headwater-plan-release-'));
  const file = join(home, 'headwater.db');
  const engine = await startEmbeddedMongo({ file });
  const opened = await openStore({ uri: engine.uri });
  const { store } = opened;
  const lessonPackage = syntheticPackage(segments);
  const { sets, ids, staleIds } = changesTo(lessonPackage);
  const { release, revisions } = firstRelease(lessonPackage);
  await store.releases.add(release, lessonPackage, revisions);
  for (let number = 0; number < editions; number++) await store.editions.save(syntheticEdition(number));
  const others = Object.keys(lessonPackage.segments).filter((id) => !ids.includes(id));
  const own = [...ids, ...others].slice(0, units);
  const sample = own.flatMap((id) => lessonPackage.segments[id] ?? []).map((segment) => syntheticUnit('', segment));
  const client = await MongoClient.connect(engine.uri);
  const rows = client.db().collection<{ _id: string }>('units');
  const began = performance.now();
  for (let number = 0; number < editions; number++) {
    const edition = tagOf(number);
    const batch = sample.map((unit) => ({ ...unit, _id: `${edition}/${unit.segment}`, edition, past: 0 }));
    await rows.insertMany(batch, { ordered: false });
  }
  const insertSeconds = Number(((performance.now() - began) / 1000).toFixed(1));
  await client.close();

  async function plan(): Promise<Round> {
    const start = performance.now();
    const proposed = await proposeRelease(store, sets, '2026-02-01');
    const composed = performance.now();
    const cpuBefore = process.cpuUsage();
    const impact = await impactOf(store, proposed);
    const cpu = process.cpuUsage(cpuBefore);
    const end = performance.now();
    assert.equal(impact.length, editions, 'every edition is told');
    for (const { counts } of impact) assert.equal(counts.stale, staleIds.length, 'stale units');
    return {
      proposeMs: composed - start,
      impactMs: end - composed,
      cpuMs: (cpu.user + cpu.system) / 1000,
      stale: impact.reduce((sum, { counts }) => sum + counts.stale, 0),
    };
  }
  const close = async (): Promise<void> => {
    await opened.close();
    await engine.close();
    rmSync(home, { recursive: true, force: true });
  };
  const databaseMiB = Math.round(statSync(file).size / 2 ** 20);
  return { segments, units: own.length * editions, insertSeconds, databaseMiB, plan, close };
}

/** Plans as the release page does: the embedded engine, the real store, `impactOf`; the stores take turns. */
export async function planThroughStores(wanted: readonly Wanted[], rounds: number): Promise<readonly ThroughStore[]> {
  const stores: Awaited<ReturnType<typeof fill>>[] = [];
  try {
    for (const each of wanted) stores.push(await fill(each));
    const measured = stores.map(() => [] as Round[]);
    // The first time fills what a store remembers.
    for (const { plan } of stores) await plan();
    for (let round = 0; round < rounds; round++) {
      for (const [place, { plan }] of stores.entries()) measured[place]?.push(await plan());
    }
    return stores.map(({ segments, units, insertSeconds, databaseMiB }, place) => {
      const runs = measured[place] ?? [];
      const spread = (pick: (run: Round) => number) => spreadOf(runs.map(pick), 0);
      return {
        segments,
        units,
        insertSeconds,
        databaseMiB,
        proposeMs: spread(({ proposeMs }) => proposeMs),
        impactMs: spread(({ impactMs }) => impactMs),
        impactCpuMs: spread(({ cpuMs }) => cpuMs),
        perEditionMs: Number(
          (median(runs.map(({ impactMs }) => impactMs)) / (wanted[place]?.editions ?? 1)).toFixed(2),
        ),
        staleUnitsCounted: runs[0]?.stale ?? 0,
      };
    });
  } finally {
    for (const { close } of stores) await close();
  }
}
