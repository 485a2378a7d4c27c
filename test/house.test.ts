import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { test } from 'node:test';

const root = resolve(import.meta.dirname, '..');
const house = join(root, 'src');

/** Which rooms a room may import from (design, section 3). A room may always import from itself. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  formats: ['domain'],
  commands: ['breathe.ts', 'domain', 'formats'],
  store: ['domain', 'formats', 'commands/ports.ts', 'commands/ports'],
  files: ['domain', 'formats', 'commands/ports.ts', 'commands/ports'],
  site: ['breathe.ts', 'domain', 'formats', 'commands/ports.ts', 'commands/ports'],
  delivery: ['domain', 'formats', 'commands/ports.ts'],
  'embedded-mongo': [],
  web: ['breathe.ts', 'commands', 'domain', 'formats/page', 'formats/content', 'jobs'],
  jobs: ['commands', 'domain'],
  cli: [
    'heap.ts',
    'commands',
    'domain',
    'formats',
    'files/contentFolder.ts',
    'files/drawings.ts',
    'main.ts',
    'config.ts',
    'database.ts',
    'databaseCheck.ts',
    'databaseMove.ts',
    'publicServer.ts',
  ],
  'breathe.ts': [],
  'config.ts': [],
  'heap.ts': [],
  'listen.ts': ['config.ts'],
  // Readers' thread: it may not know the desk or the store.
  gate: ['config.ts', 'listen.ts', 'publicServer.ts', 'site'],
  // The public site without the desk: what it may not import, it cannot need.
  'publicServer.ts': ['config.ts', 'listen.ts', 'site', 'web/i18n.ts'],
  'installation.ts': ['config.ts'],
  'database.ts': ['commands/ports.ts', 'config.ts', 'embedded-mongo/index.ts', 'store'],
  // Checks and moves speak to the database below the store.
  'databaseCensus.ts': ['embedded-mongo/index.ts'],
  'databaseCheck.ts': ['commands/ports.ts', 'config.ts', 'databaseCensus.ts', 'embedded-mongo/index.ts', 'store'],
  'databaseExact.ts': [],
  'databaseIndexes.ts': ['databaseExact.ts'],
  'databaseMove.ts': ['databaseCensus.ts', 'databaseExact.ts', 'databaseIndexes.ts', 'embedded-mongo/index.ts'],
  'openWriters.ts': ['files', 'formats', 'site/bundleWriters.ts'],
  'main.ts': ['*'],
};

/** Packages that the domain may use: pure ones. */
const pure = new Set(['diff', 'fastest-levenshtein', 'node-diff3', 'node:crypto']);

const files = readdirSync(house, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.replaceAll('\\', '/'));

const roomOf = (name: string): string => name.split('/')[0] ?? name;

function importsOf(name: string): readonly string[] {
  const text = readFileSync(join(house, name), 'utf8');
  return [...text.matchAll(/(?:^|\n)\s*(?:import|export)\b[^;'"]*?from\s*'([^']+)'|import\('([^']+)'\)/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
}

const target = (name: string, specifier: string): string =>
  relative(house, resolve(join(house, dirname(name)), specifier)).replaceAll('\\', '/');

test('rooms import only from the rooms that they may', () => {
  const wrong: string[] = [];
  for (const name of files) {
    const room = roomOf(name);
    const may = allowed[room];
    assert.ok(may !== undefined, `src/${name} is in no room of the house`);
    for (const specifier of importsOf(name)) {
      if (!specifier.startsWith('.')) continue;
      const to = target(name, specifier);
      const fine =
        roomOf(to) === room || may.includes('*') || may.some((door) => to === door || to.startsWith(`${door}/`));
      if (!fine) wrong.push(`src/${name} imports ${to}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('the domain is pure: no clock, no randomness, no outside world', () => {
  const wrong: string[] = [];
  for (const name of files.filter((file) => roomOf(file) === 'domain')) {
    for (const specifier of importsOf(name)) {
      if (!specifier.startsWith('.') && !pure.has(specifier)) wrong.push(`src/${name} imports ${specifier}`);
    }
    const text = readFileSync(join(house, name), 'utf8');
    for (const word of ['Date.now(', 'new Date()', 'Math.random(', 'randomUUID(', 'randomBytes(', 'process.env']) {
      if (text.includes(word)) wrong.push(`src/${name} uses ${word}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('only the store imports mongoose, and only the web imports express', () => {
  const wrong: string[] = [];
  for (const name of files) {
    const packages = importsOf(name);
    if (packages.includes('mongoose') && roomOf(name) !== 'store') wrong.push(`src/${name} imports mongoose`);
    if (packages.includes('express') && !['web', 'site'].includes(roomOf(name)))
      wrong.push(`src/${name} imports express`);
  }
  assert.deepEqual(wrong, []);
});

test('no file or folder has a name that says nothing', () => {
  const empty = /(^|\/)(utils?|helpers?|common|services?|managers?|misc)(\/|\.ts$)/i;
  assert.deepEqual(
    files.filter((name) => empty.test(name)),
    [],
  );
});
