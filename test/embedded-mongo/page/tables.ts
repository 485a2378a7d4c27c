import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Db } from 'mongodb';
import { commands } from '../../../src/embedded-mongo/command/commands.ts';
import { errorCodeNames } from '../../../src/embedded-mongo/errors.ts';
import { type Kind, operatorNames } from './names.ts';
import { type Answered, probeCommands, probeOperators, probeOptions } from './probe.ts';

const root = join(import.meta.dirname, '../../..');
export const pageFile = join(root, 'docs/embedded-engine.md');

const ticks = (names: readonly string[]): string =>
  names.length === 0 ? 'none' : names.map((name) => `\`${name}\``).join(' ');
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** All that the contract's cases say, to be looked through for names. */
function contractText(): string {
  const files = globSync('test/embedded-mongo/contract/**/*.test.ts', { cwd: root });
  return files.map((name) => readFileSync(join(root, name), 'utf8')).join('\n');
}

/** How a driver's methods name the commands that they send, where the two differ. */
const methods: Readonly<Record<string, RegExp>> = {
  insert: /\.insert(?:One|Many)\(/,
  update: /\.update(?:One|Many)\(/,
  delete: /\.delete(?:One|Many)\(/,
  find: /\.find(?:One)?\(/,
  findAndModify: /\.findOneAnd(?:Update|Replace|Delete)\(/,
  count: /\.estimatedDocumentCount\(|\bcount: '/,
  create: /\.createCollection\(/,
  drop: /\.drop\(|\.dropCollection\(/,
  createIndexes: /\.createIndex(?:es)?\(/,
  dropIndexes: /\.dropIndex(?:es)?\(/,
  listIndexes: /\.indexes\(|\.listIndexes\(/,
  endSessions: /\.close\(/,
};

function withoutCase(kind: 'commands' | Kind, names: readonly string[], text: string): readonly string[] {
  if (kind !== 'commands') return names.filter((name) => !new RegExp(`\\${name}(?![A-Za-z])`).test(text));
  return names.filter((name) => {
    const called = methods[name] ?? new RegExp(`\\.${name}\\(`);
    return !called.test(text) && !new RegExp(`\\b${name}\\b['"]?: |['"]${name}['"]`).test(text);
  });
}

function answeredRows({ offered, refused, unknown }: Answered): readonly (readonly string[])[] {
  return [
    ['offered', ticks(offered)],
    ['refused: NotImplemented (238)', ticks(refused)],
    ['answered like a name that nobody knows', ticks(unknown)],
  ];
}

/** The tables of the page, by the name of their place, as the engine answers now. */
export async function engineTables(db: Db): Promise<Readonly<Record<string, string>>> {
  const text = contractText();
  const answered: Partial<Record<'commands' | Kind, Answered>> = { commands: await probeCommands(db) };
  for (const kind of Object.keys(operatorNames) as Kind[]) answered[kind] = await probeOperators(db, kind);
  const options = await probeOptions(db);
  const tables: Record<string, string> = {
    commands: table(
      ['command', 'its fields', 'in a transaction'],
      Object.entries(commands)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, { fields, inTransaction }]) => [`\`${name}\``, ticks(fields), inTransaction ? 'yes' : 'no']),
    ),
    'refused commands': table(['', 'commands'], answeredRows(answered.commands as Answered).slice(1)),
    options: table(
      ['', 'taken', 'refused'],
      [
        ['kind of index', ticks(options.kinds.offered), ticks(options.kinds.refused)],
        ['option of an index', ticks(options.index.offered), ticks(options.index.refused)],
        ['option of a collection', ticks(options.collection.offered), ticks(options.collection.refused)],
        ['option of a collation', ticks(options.collation.offered), ticks(options.collation.refused)],
      ],
    ),
    errors: table(
      ['code', 'name'],
      Object.entries(errorCodeNames).map(([code, name]) => [code, `\`${name}\``]),
    ),
    'without a case': table(
      ['', 'offered, and named by no case of the contract'],
      Object.entries(answered).map(([kind, { offered }]) => [
        kind,
        ticks(withoutCase(kind as 'commands' | Kind, offered, text)),
      ]),
    ),
  };
  for (const kind of Object.keys(operatorNames) as Kind[])
    tables[kind] = table(['', kind], answeredRows(answered[kind] as Answered));
  return tables;
}

const placed = (name: string): RegExp => new RegExp(`(<!-- engine: ${name} -->\n)[^]*?(<!-- end -->)`);

/** The table that stands on the page at this place; undefined where there is no such place. */
export function tableOnPage(page: string, name: string): string | undefined {
  return placed(name).exec(page)?.[0].split('\n').slice(1, -1).join('\n').trim();
}

/** The page with these tables in their places. */
export function withTables(page: string, tables: Readonly<Record<string, string>>): string {
  return Object.entries(tables).reduce(
    (text, [name, content]) =>
      text.replace(placed(name), (_, begin: string, end: string) => `${begin}\n${content}\n\n${end}`),
    page,
  );
}
