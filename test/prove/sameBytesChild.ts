/**
 * The whole product on an empty folder, until every file of the editions is there: says what its machine is like, and
 * what it made, each by its name and the hash of its bytes.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readConfig } from '../../src/config.ts';
import { bytesHash } from '../../src/domain/release/canonical.ts';
import { createBeside } from '../../src/files/beside/beside.ts';
import { start } from '../../src/main.ts';
import type { EditionPointer } from '../../src/site/pointer.ts';
import { say } from './child.ts';
import { naiveHashes } from './naiveWriters.ts';
import { provenNow } from './river.ts';

/** Something made: where its bytes lie below the public folder, null where they came from the server. */
export type Made = { readonly name: string; readonly sha256: string; readonly place: string | null };

/** What a machine said of itself. */
export type Machine = {
  readonly zone: string;
  readonly locale: string;
  readonly day: string;
  readonly folder: string;
  readonly temporary: string;
};

const [dataFolder = '', contentFolder = '', ...tags] = process.argv.slice(2);
const { timeZone, locale } = Intl.DateTimeFormat().resolvedOptions();
const machine: Machine = {
  ...{ zone: timeZone, locale, day: new Date().toISOString().slice(0, 10) },
  ...{ folder: process.cwd(), temporary: tmpdir() },
};
say('machine', machine);

/**
 * In the process in which books and Word files are written, too. It is given no environment: zone, language, temporary folder and
 * clock are the machine's own there, whatever this one was told.
 */
const differsThere = ['the moment at which it was made', 'the folder from which it was made'];
const beside = createBeside();
const naiveThere = beside.of<typeof naiveHashes>(new URL('./naiveWriters.ts', import.meta.url), 'naiveHashes');
const there = await naiveThere();
await beside.close();
say('naive', {
  ...naiveHashes(),
  ...Object.fromEntries(differsThere.map((what) => [`${what}, in the process beside`, there[what] ?? ''])),
});

const config = readConfig({ DATA_DIR: dataFolder, PORT: '0', BASE_URL: 'https://headwater.example' });
const running = await start(config, { now: () => provenNow, contentFolder, print: () => {}, logLevel: 'warn' });
await running.ready;

const pointerOf = (tag: string): EditionPointer =>
  JSON.parse(readFileSync(join(config.publicFolder, 'editions', `${tag}.json`), 'utf8')) as EditionPointer;
const left = (): readonly string[] =>
  tags.flatMap((tag) =>
    Object.entries(pointerOf(tag).entries).flatMap(([address, { code }]) => (code === 503 ? [address] : [])),
  );

const patience = Date.now() + 1_800_000;
while (left().length > 0) {
  if (Date.now() > patience) throw new Error(`These files were not made: ${left().slice(0, 10).join(', ')}`);
  await pause(500);
}

const onDisk = (name: string, place: string): Made => ({
  ...{ name, place },
  sha256: bytesHash(readFileSync(join(config.publicFolder, place))),
});

function madeOf(tag: string): readonly Made[] {
  const { entries, codes, search } = pointerOf(tag);
  return [
    ...Object.entries(entries).map(([address, { object, fileName }]) =>
      onDisk(fileName === undefined ? address : `${address} as ${fileName}`, object),
    ),
    onDisk(`${tag}: codes`, codes),
    ...(search === undefined ? [] : [onDisk(`${tag}: search index`, search.object)]),
    onDisk(`${tag}: everything that its readers are answered`, join('editions', `${tag}.json`)),
  ];
}

/** Pages that are drawn when somebody asks. */
async function drawn(): Promise<readonly Made[]> {
  const languages = ['en', 'tr', 'ar'];
  const lessons = new Set(tags.flatMap((tag) => pointerOf(tag).facts.rows.map(({ lesson }) => `/lessons/${lesson}`)));
  const paths = ['/', '/coverage', '/baseline/changes', '/verify', ...lessons];
  const asked = [
    ...paths.flatMap((path) => languages.map((language) => `${path}?language=${language}`)),
    '/baseline/changes.atom',
    ...tags.map((tag) => `/${tag}?screens=none`),
  ];
  const made: Made[] = [];
  for (const address of asked) {
    const answer = await fetch(running.address + address);
    made.push({
      name: `${address} (${answer.status})`,
      place: null,
      sha256: bytesHash(new Uint8Array(await answer.arrayBuffer())),
    });
  }
  return made;
}

const whole = ['index.json', 'baseline.json', 'tags.json'].map((name) => onDisk(name, name));
const made = [...tags.flatMap(madeOf), ...whole, ...(await drawn())];
// In a file: what is said goes through a pipe, which takes no line of that length at once.
writeFileSync(join(dataFolder, 'made.json'), JSON.stringify(made));
say('made');
await running.close();
process.disconnect?.();
