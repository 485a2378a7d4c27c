/**
 * The translation memory with 100,000 units: what building it costs, how much it holds, and how long one question takes.
 * The texts are made from the sentences of the real content, so words and lengths are as they are; four editions have made
 * something of most of them. `--units N`, `--questions N`, `--rounds N`.
 */
import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { readSeed } from '../src/commands/seed/readSeed.ts';
import { type MemoryEntry, MemoryIndex } from '../src/domain/memory/memoryIndex.ts';
import { Alphabet, likeness } from '../src/domain/memory/similarity.ts';
import { readContentFolder } from '../src/files/contentFolder.ts';
import { createEvidence, median, numberOption, randomFrom, spreadOf } from '../test/prove/evidence.ts';

const units = numberOption('units', 100_000);
const questions = numberOption('questions', 300);
const rounds = numberOption('rounds', 7);
const seed = 7;
const limit = 20;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const heap = (): number => {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

const random = randomFrom(seed);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

const content = readSeed(await readContentFolder(join(import.meta.dirname, '../content')));
const real = [
  ...new Set(
    content.releases.flatMap(({ lessonPackage }) => Object.values(lessonPackage.segments).map(({ text }) => text)),
  ),
];
const vocabulary = real.flatMap((text) => text.split(/\s+/));

/** A text with some of its words exchanged for words of other texts. */
function reworded(text: string, share: number): string {
  return text
    .split(' ')
    .map((word) => (random() < share ? pick(vocabulary) : word))
    .join(' ');
}
/** The first half of one text and the second of another, with a third of its words exchanged. */
function fresh(): string {
  const half = (text: string, second: boolean) => {
    const words = text.split(' ');
    const middle = Math.ceil(words.length / 2);
    return (second ? words.slice(middle) : words.slice(0, middle)).join(' ');
  };
  return reworded(`${half(pick(real), false)} ${half(pick(real), true)}`, 0.33);
}

const sources = [...real];
while (sources.length < units) sources.push(fresh());
const entries = sources.slice(0, units).map(
  (source, place): MemoryEntry => ({
    edition: ['tr-TR', 'tr-CY', 'tr-DE', 'tr-TR-x-ngo'][place % 4] ?? '',
    segment: `S${place}`,
    revision: 1,
    source,
    target: [...source].reverse().join(''),
    state: place % 3 === 0 ? 'reviewed' : 'translated',
    at: `2026-01-01T00:00:00.${String(place % 1000).padStart(3, '0')}Z`,
    place: 'working',
  }),
);

/** A fifth as it stands, two fifths with a few words changed, a fifth new, a fifth like nothing. */
function question(place: number): string {
  const kind = place % 5;
  const one = pick(entries).source;
  if (kind === 0) return one;
  if (kind < 3) return reworded(one, 0.12);
  if (kind === 3) return fresh();
  return Array.from({ length: 18 }, () => pick(vocabulary)).join(' ');
}

const evidence = createEvidence('memory');
const empty = heap();
const began = performance.now();
const index = new MemoryIndex();
for (const entry of entries) assert.ok(index.put(entry));
const buildMs = performance.now() - began;
const grown = heap() - empty;

const ask = (source: string) => index.lookup({ source, edition: 'tr-TR', limit: 3 });
for (let place = 0; place < 50; place++) ask(question(place));
const all: number[] = [];
const p95s: number[] = [];
let withMatch = 0;
for (let round = 0; round < rounds; round++) {
  const times: number[] = [];
  for (let place = 0; place < questions; place++) {
    const source = question(place);
    const from = performance.now();
    const found = ask(source);
    times.push(performance.now() - from);
    if (place % 5 === 0) assert.equal(found[0]?.percent, 100, 'what is there is found');
    if (found.length > 0) withMatch++;
  }
  times.sort((one, other) => one - other);
  p95s.push(times[Math.floor(times.length * 0.95)] ?? 0);
  all.push(...times);
}
all.sort((one, other) => one - other);

// How often the best match is the one that comparing with all texts finds.
const alphabet = new Alphabet();
const comparable = entries.map(({ source }) => alphabet.comparable(source));
const bands = { 'from 90': [0, 0], 'from 75': [0, 0], 'from 60': [0, 0] } as Record<string, [number, number]>;
for (let place = 0; place < 200; place++) {
  const source = question(1 + (place % 3));
  const asked = alphabet.comparable(source);
  let best = 0;
  for (const text of comparable) best = Math.max(best, likeness(asked, text));
  if (best < 60) continue;
  const band = bands[best >= 90 ? 'from 90' : best >= 75 ? 'from 75' : 'from 60'];
  if (band === undefined) continue;
  band[1]++;
  if (ask(source)[0]?.percent === best) band[0]++;
}
const putTimes = Array.from({ length: 200 }, (_, place) => {
  const from = performance.now();
  index.put({ ...(entries[place] as MemoryEntry), source: fresh() });
  return performance.now() - from;
});

const p95 = median(p95s);
const violations = [
  ...(p95 < limit ? [] : [`a question takes ${p95.toFixed(1)} ms at the 95th percentile`]),
  ...Object.entries(bands).flatMap(([band, [found, of]]) =>
    band !== 'from 60' && found < of * 0.97 ? [`${band}: best match found for ${found} of ${of}`] : [],
  ),
];
const counts = {
  units: index.size,
  differentSources: new Set(comparable).size,
  questions: all.length,
  questionsWithMatch: withMatch,
  buildMs: Math.round(buildMs),
  lookupMs: {
    median: Number(median(all).toFixed(2)),
    p95: spreadOf(p95s, 2),
    p99: Number((all[Math.floor(all.length * 0.99)] ?? 0).toFixed(2)),
    most: Number((all.at(-1) ?? 0).toFixed(2)),
  },
  putMs: spreadOf(putTimes, 3),
  bytes: { measured: grown, estimated: index.bytes },
  bestFound: Object.fromEntries(Object.entries(bands).map(([band, [found, of]]) => [band, { found, of }])),
};
console.log(JSON.stringify(counts, null, 2));
const file = evidence.write({
  verdict: violations.length === 0 ? 'passed' : 'failed',
  seed,
  counts,
  faultsFired: null,
  violations,
});
console.log(`${violations.length === 0 ? 'passed' : violations.join('\n')}\n${file}`);
if (violations.length > 0) process.exitCode = 1;
