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
  /** Units of each edition, over the first segments and all changed ones; times `factor`, as the package. */
  readonly units: number;
  readonly factor: number;
  readonly editions: number;
  readonly rounds: number;
};

/** Plans a release as the release page does: the embedded engine, the real store, `impactOf`. */
export async function planThroughStore(wanted: Wanted): Promise<ThroughStore> {
  const home = mkdtempSync(join(tmpdir(), 'headwater-plan-release-'));
  const file = join(home, 'headwater.db');
  const engine = await startEmbeddedMongo({ file });
  const opened = await openStore({ uri: engine.uri });
  const client = await MongoClient.connect(engine.uri);
  try {
    const segments = wanted.segments * wanted.factor;
    const lessonPackage = syntheticPackage(segments);
    const { sets, ids, staleIds } = changesTo(lessonPackage);
    const { release, revisions } = firstRelease(lessonPackage);
    await opened.store.releases.add(release, lessonPackage, revisions);
    for (let number = 0; number < wanted.editions; number++) await opened.store.editions.save(syntheticEdition(number));
    const others = Object.keys(lessonPackage.segments).filter((id) => !ids.includes(id));
    const own = [...ids, ...others].slice(0, wanted.units * wanted.factor);
    const sample = own.flatMap((id) => lessonPackage.segments[id] ?? []).map((segment) => syntheticUnit('', segment));
    const began = performance.now();
    const rows = client.db().collection<{ _id: string }>('units');
    for (let number = 0; number < wanted.editions; number++) {
      const edition = tagOf(number);
      const batch = sample.map((unit) => ({ ...unit, _id: `${edition}/${unit.segment}`, edition, past: 0 }));
      await rows.insertMany(batch, { ordered: false });
    }
    const insertSeconds = Number(((performance.now() - began) / 1000).toFixed(1));

    const proposals: number[] = [];
    const impacts: number[] = [];
    const processor: number[] = [];
    let stale = 0;
    for (let round = 0; round <= wanted.rounds; round++) {
      const start = performance.now();
      const proposed = await proposeRelease(opened.store, sets, '2026-02-01');
      const composed = performance.now();
      const cpuBefore = process.cpuUsage();
      const impact = await impactOf(opened.store, proposed);
      const end = performance.now();
      const cpu = process.cpuUsage(cpuBefore);
      assert.equal(impact.length, wanted.editions, 'every edition is told');
      for (const { counts } of impact) assert.equal(counts.stale, staleIds.length, 'stale units');
      stale = impact.reduce((sum, { counts }) => sum + counts.stale, 0);
      // The first round fills what the store remembers.
      if (round === 0) continue;
      proposals.push(composed - start);
      impacts.push(end - composed);
      processor.push((cpu.user + cpu.system) / 1000);
    }
    return {
      segments,
      units: own.length * wanted.editions,
      insertSeconds,
      databaseMiB: Math.round(statSync(file).size / 2 ** 20),
      proposeMs: spreadOf(proposals, 0),
      impactMs: spreadOf(impacts, 0),
      impactCpuMs: spreadOf(processor, 0),
      perEditionMs: Number((median(impacts) / wanted.editions).toFixed(2)),
      staleUnitsCounted: stale,
    };
  } finally {
    await client.close();
    await opened.close();
    await engine.close();
    rmSync(home, { recursive: true, force: true });
  }
}
