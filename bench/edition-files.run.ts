/**
 * A whole edition of 17 lessons in every format, made by the product as `npm start` has it: how long from the moment its
 * pages can be read to the last file, how much memory all its processes hold meanwhile, how long a page ever waits for the
 * event loop. Then one lesson changes, then none. `--edition` is tr-TR.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { smallStart } from '../src/heap.ts';
import type { BuiltFile } from '../src/site/builtFiles.ts';
import { pointerFile } from '../src/site/siteIndex.ts';
import { type Child, startChild } from '../test/prove/child.ts';
import { createEvidence, median } from '../test/prove/evidence.ts';
import type { FilesOrder, FilesReport } from './editionFilesChild.ts';
import { type Megabytes, memoryOf, mostResident, processorSecondsOf } from './processTree.ts';

const tag = 'tr-TR';
const goals = { seconds: 60, megabytes: 600, blockMs: 100 };
const script = join(import.meta.dirname, 'editionFilesChild.ts');

/** The notes of what was built, by the part of the file's name that says what it is. */
function builtIn(folder: string): ReadonlyMap<string, BuiltFile> {
  const place = join(folder, 'public/built');
  const names = existsSync(place) ? readdirSync(place).filter((name) => /^[0-9a-f]+\.json$/.test(name)) : [];
  return new Map(names.map((name) => [name, JSON.parse(readFileSync(join(place, name), 'utf8')) as BuiltFile]));
}

/** `b4 pdf`, `edition zip`: whose file it is, and its format. */
const kindOf = ({ entry }: BuiltFile): string => {
  const name = entry.fileName ?? '';
  const whose = name.startsWith('headwater_') ? 'edition' : name.split('-')[0];
  return `${whose} ${entry.object.split('.').at(-1)}`;
};

function newSince(before: ReadonlyMap<string, BuiltFile>, after: ReadonlyMap<string, BuiltFile>) {
  const fresh = [...after].flatMap(([key, built]) => (before.has(key) ? [] : [built]));
  const counts = Map.groupBy(fresh, kindOf);
  return {
    files: fresh.length,
    bytes: fresh.reduce((sum, { entry }) => sum + entry.bytes, 0),
    byKind: Object.fromEntries([...counts].map(([kind, list]) => [kind, list.length] as const).sort()),
  };
}

function pageMs(address: string): Promise<number> {
  const began = performance.now();
  return new Promise((resolve) => {
    get(address, { agent: false }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(performance.now() - began));
    }).on('error', () => resolve(Number.NaN));
  });
}

/** Looks at the processes and asks for a page again and again, until told to stop. */
function watch(child: Child, address: string) {
  const samples: Megabytes[] = [];
  const pages: number[] = [];
  let over = false;
  const pid = child.process.pid ?? 0;
  const looking = (async () => {
    while (!over) {
      const now = memoryOf(pid);
      if (now.processes > 0) samples.push(now);
      await pause(100);
    }
  })();
  const asking = (async () => {
    while (!over) {
      const took = await pageMs(address);
      if (!Number.isNaN(took)) pages.push(took);
      await pause(20);
    }
  })();
  return async () => {
    over = true;
    await Promise.all([looking, asking]);
    const sorted = [...pages].sort((one, other) => one - other);
    const peak = samples.reduce((most, each) => (each.held > most.held ? each : most), samples[0] as Megabytes);
    const ms = (value: number | undefined): number => Number((value ?? 0).toFixed(1));
    return {
      peak,
      mostResidentTogether: Math.max(...samples.map(({ resident }) => resident)),
      mostOfTheMainProcess: mostResident(pid),
      samples: samples.length,
      page: {
        asked: pages.length,
        medianMs: ms(median(sorted)),
        p99Ms: ms(sorted[Math.floor(sorted.length * 0.99)]),
        mostMs: ms(sorted.at(-1)),
      },
      trace: process.env.BENCH_TRACE ? samples : undefined,
    };
  };
}

/** As `headwater start` begins its process. */
const life = (kind: string): Child =>
  startChild(script, [kind, folder, tag], smallStart.execArgv, { env: smallStart.env });
const tell = (child: Child, order: FilesOrder): void => child.tell(order);

const evidence = createEvidence('edition-files');
const folder = mkdtempSync(join(tmpdir(), 'headwater-edition-files-'));
try {
  const seeding = life('seed');
  if ((await seeding.ended) !== null) throw new Error('the seeding was killed');
  const child = life('build');
  const pointer = pointerFile(join(folder, 'public'), tag);
  const address = (await child.hear('listening')).data as string;
  const seen = watch(child, `${address}/${tag}/lessons/B4`);
  while (!existsSync(pointer)) await pause(10);
  const flipped = performance.now();
  const first = await child.hear('built');
  const seconds = (first.at - flipped) / 1000;
  const processorSeconds = processorSecondsOf(child.process.pid ?? 0);
  const whole = {
    ...(await seen()),
    ...(first.data as FilesReport),
    seconds: Number(seconds.toFixed(1)),
    processorSeconds,
  };
  const start = builtIn(folder);
  const made = newSince(new Map(), start);
  console.log(JSON.stringify({ made, whole }, null, 2));
  await child.hear('waiting');

  async function round(kind: 'change' | 'again' | 'project') {
    const before = builtIn(folder);
    const began = performance.now();
    const looked = watch(child, `${address}/${tag}/lessons/B4`);
    tell(child, { kind });
    const told = await child.hear(kind);
    const took = Number(((told.at - began) / 1000).toFixed(1));
    const { page, peak } = await looked();
    const { delay, failures } = told.data as FilesReport;
    const result = {
      ...newSince(before, builtIn(folder)),
      seconds: took,
      delay,
      failures,
      page,
      megabytes: peak.held,
      peak,
    };
    console.log(JSON.stringify({ [kind]: result }, null, 2));
    return result;
  }
  const changed = await round('change');
  const again = await round('again');
  const projected = await round('project');
  tell(child, { kind: 'close' });
  await child.ended;

  const lessons = new Set(Object.keys(made.byKind).map((kind) => kind.split(' ')[0])).size - 1;
  const onlyB4 = Object.keys(changed.byKind).every((kind) => /^(b4|edition) /.test(kind));
  const onlyEdition = Object.keys(again.byKind).every((kind) => kind.startsWith('edition '));
  const blocked = Math.max(...[whole, changed, again].map(({ delay }) => delay.most));
  const most = Math.max(whole.peak.held, changed.megabytes, again.megabytes);
  const violations = [
    ...(lessons === 17 ? [] : [`${lessons} lessons instead of 17`]),
    ...(whole.failures === 0 ? [] : [`${whole.failures} files could not be made`]),
    ...(seconds < goals.seconds ? [] : [`${seconds.toFixed(1)} s`]),
    ...(most < goals.megabytes ? [] : [`${most} MB`]),
    ...(blocked <= goals.blockMs ? [] : [`the event loop was held for ${blocked} ms`]),
    ...(onlyB4 && changed.files > 4 ? [] : ['a changed lesson made files of others anew']),
    ...(onlyEdition ? [] : ['lessons that nobody changed were made anew']),
    ...(projected.files === 0 ? [] : ['files were made though nothing had changed']),
  ];
  const verdict = violations.length === 0 ? 'passed' : 'failed';
  const folderBytes = [...start.values()].reduce(
    (sum, { entry }) => sum + statSync(join(folder, 'public', entry.object)).size,
    0,
  );
  const counts = { edition: tag, lessons, goals, made: { ...made, folderBytes }, whole, changed, again, projected };
  console.log(`${verdict}: ${evidence.write({ verdict, seed: null, faultsFired: null, counts, violations })}`);
  for (const violation of violations) console.log(violation);
  process.exitCode = verdict === 'passed' ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
