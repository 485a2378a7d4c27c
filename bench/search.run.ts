/**
 * Searching an edition of 3,000 lessons, as readers do: through HTTP, one question after the other, each of them new to
 * the server. In three scripts, each on a server of its own. The lessons are made from the real ones, see `manyLessons.ts`.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSeed } from '../src/commands/seed/readSeed.ts';
import { seedStore } from '../src/commands/seed/seedStore.ts';
import { readContentFolder } from '../src/files/contentFolder.ts';
import type { LessonIndex } from '../src/formats/search/lessonIndex.ts';
import { addresses } from '../src/site/addresses.ts';
import { createObjects } from '../src/site/objects.ts';
import type { EditionPointer } from '../src/site/pointer.ts';
import { pointerFile } from '../src/site/siteIndex.ts';
import { createEvidence, numberOption, randomFrom, spreadOf } from '../test/prove/evidence.ts';
import { openRiver } from '../test/prove/river.ts';
import { manyLessons } from './manyLessons.ts';
import { type ServedPage, startPageServer } from './pageServer.ts';
import { type Asked, type AskedHow, questionsTo } from './questions.ts';

const lessons = numberOption('lessons', 3000);
const questions = numberOption('questions', 600);
const rounds = numberOption('rounds', 3);
// The server keeps its last 300 answers: with fewer questions it would only be asked to repeat itself.
if (questions < 400) throw new Error('--questions needs 400 or more');
const seed = numberOption('seed', 5);
const editions = ['en-GB', 'tr-TR', 'ar-EG'];
/** Milliseconds of the 95th percentile, from the question sent to the last byte of its page. */
const goal = 15;

const at = (sorted: readonly number[], share: number): number =>
  Number((sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN).toFixed(1));

function figuresOf(times: readonly number[]) {
  const sorted = [...times].sort((one, other) => one - other);
  return { p50: at(sorted, 0.5), p95: at(sorted, 0.95), p99: at(sorted, 0.99), most: at(sorted, 1) };
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** Milliseconds until the last byte, and how many there were. */
function ask(port: number, path: string): Promise<{ readonly ms: number; readonly bytes: number }> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    let bytes = 0;
    get({ port, host: '127.0.0.1', path, agent, headers: { 'accept-encoding': 'gzip, deflate, br' } }, (answer) => {
      answer.on('data', (part: Buffer) => {
        bytes += part.length;
      });
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve({ ms: performance.now() - began, bytes });
        else reject(new Error(`${path} answers ${answer.statusCode}`));
      });
    }).on('error', reject);
  });
}

/** Makes an edition of many lessons out of the one in the folder; returns questions to it, and its index's size. */
async function enlarge(folder: string, tag: string) {
  const random = randomFrom(seed);
  const file = pointerFile(folder, tag);
  const pointer = JSON.parse(readFileSync(file, 'utf8')) as EditionPointer;
  const index = JSON.parse(readFileSync(join(folder, pointer.search?.object ?? ''), 'utf8')) as LessonIndex;
  const began = performance.now();
  const many = await manyLessons({ rows: pointer.facts.rows, index }, lessons, random);
  const seconds = (performance.now() - began) / 1000;
  const text = JSON.stringify(many.index);
  const object = await createObjects(folder).json(many.index);
  const facts = { ...pointer.facts, rows: many.rows };
  writeFileSync(file, JSON.stringify({ ...pointer, facts, search: { object, source: 'bench' } }));
  // Enough texts to draw from; the rest need not be kept while it is measured.
  const texts = many.texts.filter((_, place) => place % Math.ceil(many.texts.length / 20_000) === 0);
  return {
    asked: questionsTo(addresses.edition(tag), texts, index.language, questions, random),
    indexMiB: Number((Buffer.byteLength(text) / 2 ** 20).toFixed(1)),
    madeInSeconds: Number(seconds.toFixed(1)),
  };
}

async function measure(server: ServedPage, asked: readonly Asked[], first: string) {
  const before = await server.usage();
  const began = performance.now();
  await ask(server.port, first);
  const coldMs = Math.round(performance.now() - began);
  const loaded = await server.usage();
  const times: { readonly how: AskedHow; readonly ms: number }[] = [];
  const perRound: number[] = [];
  let bytes = 0;
  for (let round = -1; round < rounds; round++) {
    const start = await server.usage();
    for (const { how, address } of asked) {
      const answer = await ask(server.port, address);
      bytes = Math.max(bytes, answer.bytes);
      if (round >= 0) times.push({ how, ms: answer.ms });
    }
    if (round >= 0) perRound.push(((await server.usage()).cpuMicros - start.cpuMicros) / 1000 / asked.length);
  }
  const hows = [...new Set(times.map(({ how }) => how))].sort();
  const mib = (bytesOf: number): number => Math.round(bytesOf / 2 ** 20);
  return {
    all: figuresOf(times.map(({ ms }) => ms)),
    byHow: Object.fromEntries(
      hows.map((how) => [how, figuresOf(times.filter((one) => one.how === how).map(({ ms }) => ms))]),
    ),
    cpuMsPerQuestion: spreadOf(perRound),
    firstQuestionMs: coldMs,
    memoryMiB: {
      heap: mib(loaded.heapBytes - before.heapBytes),
      resident: mib(loaded.residentBytes - before.residentBytes),
    },
    largestPageBytes: bytes,
  };
}

const evidence = createEvidence('search');
const home = mkdtempSync(join(tmpdir(), 'headwater-search-'));
try {
  const river = await openRiver(home, { standInFiles: true });
  await seedStore(river.world, readSeed(await readContentFolder(join(import.meta.dirname, '../content'))), () => {});
  await river.world.site.projectAll();
  await river.close();
  const folder = join(home, 'public');
  const results = [];
  for (const edition of editions) {
    const { asked, ...made } = await enlarge(folder, edition);
    const server = await startPageServer({ kind: 'site', folder }, ['--expose-gc']);
    const result = {
      edition,
      lessons,
      questions: asked.length,
      ...made,
      ...(await measure(server, asked, `${addresses.edition(edition)}?q=zzz`)),
    };
    server.stop();
    console.log(JSON.stringify(result, null, 2));
    results.push(result);
  }
  const violations = results
    .filter(({ all }) => all.p95 > goal)
    .map(({ edition, all }) => `${edition}: ${all.p95} ms at the 95th percentile`);
  const verdict = violations.length === 0 ? 'passed' : 'failed';
  const counts = { rounds, goalP95Ms: goal, results };
  console.log(`${verdict}: ${evidence.write({ verdict, seed, faultsFired: null, counts, violations })}`);
  process.exitCode = verdict === 'passed' ? 0 : 1;
} finally {
  agent.destroy();
  rmSync(home, { recursive: true, force: true });
}
