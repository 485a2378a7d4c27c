import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeRelease } from '../src/commands/baseline/makeRelease.ts';
import type { World } from '../src/commands/ports.ts';
import { openUpdate } from '../src/commands/update/loadUpdate.ts';
import type { Actor } from '../src/domain/access/access.ts';
import type { SegmentId } from '../src/domain/package/lessonPackage.ts';
import type { Change } from '../src/domain/release/release.ts';
import { startEmbeddedMongo } from '../src/embedded-mongo/index.ts';
import { openStore } from '../src/store/openStore.ts';
import { idleSite } from '../test/web/idleSite.ts';
import { changedSegments, setOf, tagOf } from './syntheticRiver.ts';
import { type Openings, openUpdatePage } from './updatePage.ts';

export type Wanted = { readonly segments: number; readonly editions: number };
type Text = { readonly id: SegmentId; readonly source: string; readonly target: string };
/** What the filling process says of its file. */
export type Filled = { readonly units: number; readonly insertSeconds: number; readonly texts: readonly Text[] };

export type Round = {
  /** Counts planned and stored, event, notices and mails queued, committed: for all editions. */
  readonly releaseMs: number;
  readonly cpuMs: number;
  /** Of the whole process, right after the release. */
  readonly residentMiB: number;
  readonly notices: number;
  readonly stale: number;
  /** The items of one edition's update, from the store. */
  readonly openMs: readonly number[];
  readonly items: number;
};

export type ReleaseToMany = Filled & {
  readonly segments: number;
  readonly databaseMiB: number;
  /** What the release changes; the same number of segments in every package, spread over all of it. */
  readonly changed: readonly SegmentId[];
  round(number: number): Promise<Round>;
  /** The update page of the first edition, opened so often; after a round. */
  openPage(times: number): Promise<Openings>;
  close(): Promise<void>;
};

/**
 * A store on the embedded engine with one release, and editions that have translated all of it. Each round makes one more
 * release, whole and committed, that changes the same segments again; the editions stay where they are, so that every
 * round plans the same number of units.
 */
export async function releaseToMany({ segments, editions }: Wanted): Promise<ReleaseToMany> {
  const home = mkdtempSync(join(tmpdir(), 'headwater-updates-'));
  const fill = join(import.meta.dirname, 'fillMany.ts');
  execFileSync(process.execPath, [fill, home, String(segments), String(editions)], { stdio: 'inherit' });
  const filled = JSON.parse(readFileSync(join(home, 'filled.json'), 'utf8')) as Filled;
  const file = join(home, 'headwater.db');
  const engine = await startEmbeddedMongo({ file });
  const opened = await openStore({ uri: engine.uri });
  const { store } = opened;
  let made = 0;
  let now = Date.parse('2026-02-01T09:00:00.000Z');
  const world: World = {
    store,
    wording: new Map(),
    site: idleSite,
    now: () => new Date(now).toISOString(),
    newId: () => `id-${++made}`,
  };
  const chief = await store.people.byId('chief');
  if (chief === null) throw new Error('nobody may release');
  const actor: Actor = { kind: 'person', person: chief };
  const sources = Array.from(
    { length: changedSegments },
    (_, place) => filled.texts[Math.floor((place * segments) / changedSegments)] as Text,
  );
  let texts = sources.map((text) => text.source);

  async function round(number: number): Promise<Round> {
    now += 86_400_000;
    const next = sources.map(({ source }) => edited(source, number));
    const edits = sources.map(
      ({ id }, place): Change => ({
        kind: 'segmentEdited',
        segment: id,
        before: texts[place] ?? '',
        after: next[place] ?? '',
      }),
    );
    const set = setOf(`round-${number}`, 'content', edits);
    await store.changeSets.save(set);
    const newest = await store.releases.newest();
    const cpu = process.cpuUsage();
    const start = performance.now();
    await makeRelease(world, actor, { sets: [set.id], summary: 'what changed', previous: newest?.number ?? null });
    const releaseMs = performance.now() - start;
    const used = process.cpuUsage(cpu);
    const residentMiB = Math.round(process.memoryUsage().rss / 2 ** 20);
    texts = next;
    let stale = 0;
    let notices = 0;
    for (let place = 0; place < editions; place++) {
      const counts = await store.editions.counts(tagOf(place));
      stale += counts?.counts.stale ?? 0;
      notices += (await store.notices.ofPerson(`coordinator-${place}`, 100)).length;
    }
    assert.equal(stale, editions * sources.length, 'every edition is told of every unit');
    const openMs: number[] = [];
    let items = 0;
    for (let place = 0; place < Math.min(20, editions); place++) {
      const edition = await store.editions.byTag(tagOf(place));
      if (edition === null) throw new Error('the edition is gone');
      const opening = performance.now();
      const open = await openUpdate(store, edition, world.now());
      openMs.push(performance.now() - opening);
      items = open?.plan.items.length ?? 0;
    }
    return { releaseMs, cpuMs: (used.user + used.system) / 1000, residentMiB, notices, stale, openMs, items };
  }
  return {
    ...filled,
    segments,
    databaseMiB: Math.round(statSync(file).size / 2 ** 20),
    changed: sources.map(({ id }) => id),
    round,
    openPage: (times) => openUpdatePage(world, opened.connection, { tag: tagOf(0), person: 'coordinator-0', times }),
    async close() {
      await opened.close();
      await engine.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** A change of meaning in real words: a sentence more at the end, another one each time. */
export const edited = (text: string, number: number): string =>
  `${text} Tell an adult you trust, and then tell one more: that makes ${number + 2}.`;
