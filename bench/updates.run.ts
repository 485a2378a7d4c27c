/**
 * A release that changes 300 of 6,000 segments (5 %) for 400 editions that have translated everything: counts planned,
 * stored and notices queued for all of them, and the items of one; beside it what gettext's `msgmerge` takes for one of
 * them. Then the same number of changes in a package twice as large. All in one run, in turns.
 */

import { join } from 'node:path';
import { startChild } from '../test/prove/child.ts';
import { createEvidence, median, numberOption, spreadOf } from '../test/prove/evidence.ts';
import { msgmerge, msgmergeVersion, type PoEntry } from '../test/prove/replay/msgmerge.ts';
import type { Asked } from './releaseChild.ts';
import { edited, type ReleaseToMany, type Round } from './releaseToMany.ts';
import type { Openings } from './updatePage.ts';

const editions = numberOption('editions', 400);
const rounds = numberOption('rounds', 7);
const evidence = createEvidence('updates');
const tool = msgmergeVersion();

/** `--single`: without the doubled package, which asks for twice the disk and the time. */
const single = process.argv.includes('--single');
const stores = [];
for (const segments of single ? [6000] : [6000, 12_000]) {
  const store = await childWith(segments);
  console.log(
    `${store.filled.units} units of ${segments} segments stored in ${store.filled.insertSeconds} s, ${store.filled.databaseMiB} MiB`,
  );
  stores.push(store);
}
const [small, large] = stores;
if (small === undefined) throw new Error('nothing to measure');

const before: readonly PoEntry[] = small.filled.texts;
const changed = new Set(small.filled.changed);
const after = before.map((entry) => (changed.has(entry.id) ? { ...entry, source: edited(entry.source, 0) } : entry));

// What is remembered on the first time is filled before anything is measured.
for (const store of stores) await store.round(0);
const ours: Round[] = [];
const doubled: Round[] = [];
const fuzzyMs: number[] = [];
const sameMs: number[] = [];
let marked = { fuzzy: 0, untranslated: 0 };
for (let round = 1; round <= rounds; round++) {
  ours.push(await small.round(round));
  if (large !== undefined) doubled.push(await large.round(round));
  // Half a minute each: three of them say enough.
  if (round <= 3) {
    const withFuzzy = msgmerge(before, after, true);
    fuzzyMs.push(withFuzzy.milliseconds);
    marked = { ...marked, fuzzy: withFuzzy.fuzzy };
  }
  const without = msgmerge(before, after, false);
  sameMs.push(without.milliseconds);
  marked = { ...marked, untranslated: without.untranslated };
  console.log(
    `${round} of ${rounds}: ${Math.round(ours.at(-1)?.releaseMs ?? 0)} ms for ${editions} editions, ` +
      `msgmerge ${Math.round(fuzzyMs.at(-1) ?? 0)} ms and ${Math.round(without.milliseconds)} ms for one`,
  );
}
const page = await small.openPage(30);
for (const store of stores) await store.close();
const most = Math.max(...ours.map((round) => round.residentMiB));

const perEdition = median(ours.map((round) => round.releaseMs)) / editions;
const faster = Math.min(median(fuzzyMs), median(sameMs));
const ratio = Number((faster / perEdition).toFixed(1));
const growth =
  large === undefined
    ? null
    : Number((median(doubled.map((each) => each.cpuMs)) / median(ours.map((each) => each.cpuMs))).toFixed(3));
const opened = ours.flatMap((round) => round.openMs);
const p95 = (times: readonly number[]): number =>
  Number(([...times].sort((one, other) => one - other)[Math.ceil(times.length * 0.95) - 1] ?? Number.NaN).toFixed(1));
const pageLate = p95(page.ms);

const violations: string[] = [];
if (ratio < 50) violations.push(`an edition costs a ${ratio}th of the faster msgmerge, not a 50th`);
if (growth !== null && growth > 1.1) violations.push(`a package twice as large costs ${growth} times`);
if (pageLate > 200) violations.push(`the page of an update opens in ${pageLate} ms`);
if (most >= 500) violations.push(`${most} MiB of memory`);
const verdict = violations.length === 0 ? 'passed' : 'failed';
const counts = {
  rounds,
  editions,
  tool,
  units: small.filled.units,
  changedSegments: small.filled.changed.length,
  staleCounted: ours[0]?.stale ?? 0,
  noticesAfterLastRound: ours.at(-1)?.notices ?? 0,
  releaseForAllMs: spreadOf(
    ours.map((each) => each.releaseMs),
    0,
  ),
  releaseForAllCpuMs: spreadOf(
    ours.map((each) => each.cpuMs),
    0,
  ),
  perEditionMs: Number(perEdition.toFixed(2)),
  msgmergePerEditionMs: { fuzzy: spreadOf(fuzzyMs, 0), withoutFuzzy: spreadOf(sameMs, 0) },
  msgmergeMarked: marked,
  timesFaster: ratio,
  doubledPackage:
    large === undefined
      ? null
      : {
          units: large.filled.units,
          releaseForAllMs: spreadOf(
            doubled.map((each) => each.releaseMs),
            0,
          ),
          releaseForAllCpuMs: spreadOf(
            doubled.map((each) => each.cpuMs),
            0,
          ),
          growthInProcessorTime: growth,
        },
  itemsOfOneEdition: { items: ours[0]?.items ?? 0, ms: spreadOf(opened), p95Ms: p95(opened) },
  pageOfOneEdition: { openings: page.ms.length, kilobytes: page.kilobytes, ms: spreadOf(page.ms), p95Ms: pageLate },
  residentMiB: { most, afterReleases: ours.map((each) => each.residentMiB) },
  whatEachDoesNot:
    'Ours, for a release: counts, notices and mails for every edition are written in one transaction; the items are computed ' +
    'when an edition opens its update, and no text is compared that did not change. msgmerge reads and writes the whole ' +
    'file of one edition, changed or not; it stores no counts, tells nobody, knows no severity, no earlier meaning, no ' +
    'decision and no adaptation; with fuzzy matching it also looks for similar texts, which ours does only when an item is opened.',
};
console.log(JSON.stringify(counts, null, 2));
console.log(`${verdict}: ${evidence.write({ verdict, seed: null, faultsFired: null, counts, violations })}`);
process.exitCode = verdict === 'passed' ? 0 : 1;

type FilledStore = Omit<ReleaseToMany, 'round' | 'openPage' | 'close'>;

/** A store of this size in a process of its own. */
async function childWith(segments: number) {
  const child = startChild(join(import.meta.dirname, 'releaseChild.ts'), [String(segments), String(editions)]);
  const filled = (await child.hear('filled')).data as FilledStore;
  const ask = (asked: Asked) => child.tell(asked);
  return {
    filled,
    round: async (number: number): Promise<Round> => {
      ask({ kind: 'round', number });
      return (await child.hear(`round ${number}`)).data as Round;
    },
    openPage: async (number: number): Promise<Openings> => {
      ask({ kind: 'open', number });
      return (await child.hear(`open ${number}`)).data as Openings;
    },
    close: async (): Promise<void> => {
      ask({ kind: 'close' });
      await child.ended;
    },
  };
}
