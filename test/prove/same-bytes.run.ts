/**
 * Every edition in every format, made on machines that differ in time zone, language, clock, folders and threads: the same
 * bytes, file by file, and the same pages.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startChild } from './child.ts';
import { createEvidence, numberOption } from './evidence.ts';
import type { Machine, Made } from './sameBytesChild.ts';
import { differences, type Lot } from './sameBytesCompare.ts';

const root = resolve(import.meta.dirname, '../..');
const clock = pathToFileURL(join(import.meta.dirname, 'wrongClock.ts')).href;

/** How the machines differ; `days`: how far their clock is off. */
const machines = [
  { name: 'Kiritimati', zone: 'Pacific/Kiritimati', language: 'tr_TR.UTF-8', days: 400, threads: 1 },
  { name: 'St John’s', zone: 'America/St_Johns', language: 'ar_EG.UTF-8', days: -37, threads: 8 },
  { name: 'Greenwich', zone: 'UTC', language: 'C', days: 0, threads: 4 },
].slice(0, Math.max(2, numberOption('machines', 3)));

const wanted = process.argv
  .find((word) => word.startsWith('--editions='))
  ?.slice('--editions='.length)
  .split(',');
const editions = readdirSync(join(root, 'content/editions'))
  .sort()
  .filter((tag) => wanted?.includes(tag) ?? true);

const evidence = createEvidence('same-bytes');
const work = mkdtempSync(join(tmpdir(), 'headwater-same-bytes-'));
const violations: string[] = [];

/** A copy of the content with the wanted editions, so that each machine has it in a place of its own. */
function copyContent(folder: string): string {
  const place = join(folder, 'content');
  cpSync(join(root, 'content'), place, { recursive: true });
  for (const tag of readdirSync(join(place, 'editions'))) {
    if (!editions.includes(tag)) rmSync(join(place, 'editions', tag), { recursive: true });
  }
  return place;
}

type Run = {
  readonly lot: Lot;
  readonly machine: Machine;
  readonly naive: Readonly<Record<string, string>>;
  readonly seconds: number;
};

async function makeOn({ name, zone, language, days, threads }: (typeof machines)[number]): Promise<Run> {
  const began = performance.now();
  const folder = join(work, name);
  const [data, temporary, current] = ['data', 'temporary', 'current'].map((each) => join(folder, each)) as [
    string,
    string,
    string,
  ];
  for (const each of [data, temporary, current]) mkdirSync(each, { recursive: true });
  const child = startChild(
    join(import.meta.dirname, 'sameBytesChild.ts'),
    [data, copyContent(folder), ...editions],
    [],
    {
      cwd: current,
      env: {
        ...{
          TZ: zone,
          LANG: language,
          LC_ALL: language,
          LANGUAGE: language.slice(0, 2),
          HOME: current,
          TMPDIR: temporary,
        },
        // Its threads and the processes that it starts are to have the same clock.
        ...{ NODE_OPTIONS: `--import=${clock}`, PROVE_CLOCK_DAYS: String(days), UV_THREADPOOL_SIZE: String(threads) },
      },
    },
  );
  const machine = (await child.hear('machine')).data as Machine;
  const naive = (await child.hear('naive')).data as Readonly<Record<string, string>>;
  await child.hear('made');
  const made: readonly Made[] = JSON.parse(readFileSync(join(data, 'made.json'), 'utf8'));
  await child.ended;
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(
    `${name}: ${made.length} files and pages in ${seconds} s (${machine.zone}, ${machine.locale}, ${machine.day})`,
  );
  return { lot: { machine: name, publicFolder: join(data, 'public'), made }, machine, naive, seconds };
}

/** Naive writers whose bytes were the same on two machines, and changes to a lot that the comparison did not see. */
function unseenFaults(one: Run, other: Run): { readonly fired: number; readonly unseen: readonly string[] } {
  const lotOf = ({ lot, naive }: Run): Lot => ({
    ...lot,
    made: Object.entries(naive).map(([name, sha256]) => ({ name, sha256, place: null })),
  });
  const told = differences(lotOf(one), lotOf(other));
  const naive = Object.keys(one.naive).filter((name) => !told.some((line) => line.startsWith(`${name} differs`)));
  const [first, ...rest] = one.lot.made;
  const byHand: Readonly<Record<string, readonly Made[]>> = {
    'a file that is not there': rest,
    'a file too many': [...one.lot.made, { name: '/added', sha256: '', place: null }],
    'a file with other bytes': first === undefined ? [] : [{ ...first, sha256: '0'.repeat(64), place: null }, ...rest],
  };
  const missed = Object.entries(byHand).filter(([, made]) => differences(one.lot, { ...one.lot, made }).length !== 1);
  return {
    fired: Object.keys(one.naive).length + Object.keys(byHand).length,
    unseen: [
      ...naive.map((name) => `between ${one.lot.machine} and ${other.lot.machine}: ${name}`),
      ...missed.map(([what]) => what),
    ],
  };
}

const kindOf = ({ place }: Made): string => (place === null ? 'drawn page' : extname(place).slice(1));

try {
  const runs: Run[] = [];
  for (const machine of machines) runs.push(await makeOn(machine));
  const [first, ...others] = runs;
  if (first === undefined) throw new Error('nothing was made');
  let fired = 0;
  for (const other of others) {
    violations.push(...differences(first.lot, other.lot));
    const faults = unseenFaults(first, other);
    fired += faults.fired;
    violations.push(...faults.unseen.map((what) => `not seen: ${what}`));
  }
  const { made } = first.lot;
  if (made.length < editions.length * 100) violations.push(`only ${made.length} files and pages were made`);
  const kinds = [...Map.groupBy(made, kindOf)].map(([kind, of]) => [kind, of.length]);
  const counts = {
    editions,
    compared: made.length,
    kinds: Object.fromEntries(kinds),
    differing: violations.length,
    machines: runs.map(({ machine: { zone, locale, day }, lot }, at) => ({
      ...{
        name: lot.machine,
        zone,
        locale,
        language: machines[at]?.language,
        clock: day,
        threads: machines[at]?.threads,
      },
    })),
    seconds: runs.map(({ seconds }) => seconds),
  };
  const verdict = violations.length === 0 ? 'passed' : 'failed';
  for (const violation of violations.slice(0, 40)) console.log(violation);
  console.log(`${verdict}: ${evidence.write({ verdict, seed: null, faultsFired: fired, counts, violations })}`);
  process.exitCode = verdict === 'passed' ? 0 : 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
