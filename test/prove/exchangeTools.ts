import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExchangeFormat } from '../../src/domain/exchange/exchangeFile.ts';

/** Programs of Debian: gettext, translate-toolkit, libxml2-utils, python3. */
export const programs = [
  'msgfmt',
  'msgcat',
  'msgattrib',
  'msgconv',
  'msggrep',
  'xliff2po',
  'po2xliff',
  'podebug',
  'pofilter',
  'posegment',
  'xmllint',
  'python3',
] as const;

export function missingPrograms(): readonly string[] {
  return programs.filter((program) => {
    try {
      execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
      return false;
    } catch {
      return true;
    }
  });
}

/** The toolkit's own store, as web translation sites use it: every target that is there gets a word behind it. */
const script = `
import sys
from translate.storage.factory import getobject
store = getobject(sys.argv[1])
for unit in store.units:
    if unit.isheader() or not unit.target: continue
    unit.target = str(unit.target) + ' \u2713'
    if sys.argv[1].endswith('.po'): unit.markfuzzy(False)
store.savefile(sys.argv[2])
`;

export type Expectation =
  /** Nothing to take; lines may be told (a mark that changed). */
  | 'nothing'
  /** Every line that has a text. */
  | 'texts'
  /** Every line. */
  | 'all'
  | 'refused';
export type ToolRun = {
  readonly name: string;
  readonly from: ExchangeFormat;
  readonly expect: Expectation;
  readonly run: (source: string, folder: string) => string;
};

const ending = (format: ExchangeFormat): string => (format === 'po' ? 'po' : format === 'csv' ? 'csv' : 'xlf');
const call = (program: string, ...words: readonly string[]): void => {
  execFileSync(program, words, { stdio: ['ignore', 'ignore', 'pipe'] });
};

/** A tool that reads one file and writes another. */
const tool = (
  name: string,
  from: ExchangeFormat,
  expect: Expectation,
  words: (source: string, target: string) => readonly string[],
): ToolRun => ({
  name,
  from,
  expect,
  run: (source, folder) => {
    const target = join(folder, `out.${ending(from)}`);
    const [program = '', ...rest] = words(source, target);
    call(program, ...rest);
    return target;
  },
});

/** XLIFF by way of PO: every translated entry gets a word behind it on the way. */
function byWayOfPo(source: string, folder: string): string {
  const [po, edited, back] = ['way.po', 'edited.po', 'back.xlf'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  call('xliff2po', '--progress=none', '-i', source, '-o', po);
  call('python3', '-c', script, po, edited);
  call('po2xliff', '--progress=none', '-t', source, '-i', edited, '-o', back);
  return back;
}

export const toolRuns: readonly ToolRun[] = [
  tool('msgcat', 'po', 'nothing', (source, target) => ['msgcat', source, '-o', target]),
  tool('msgcat --width=20', 'po', 'nothing', (source, target) => ['msgcat', '--width=20', source, '-o', target]),
  tool('msgcat --no-wrap --sort-output', 'po', 'nothing', (source, target) => [
    'msgcat',
    '--no-wrap',
    '--sort-output',
    source,
    '-o',
    target,
  ]),
  tool('msgcat --escape', 'po', 'nothing', (source, target) => [
    'msgcat',
    '--no-wrap',
    '--add-location=never',
    source,
    '-o',
    target,
  ]),
  tool('msgattrib --clear-fuzzy', 'po', 'nothing', (source, target) => [
    'msgattrib',
    '--clear-fuzzy',
    source,
    '-o',
    target,
  ]),
  tool('msgattrib --set-fuzzy', 'po', 'nothing', (source, target) => [
    'msgattrib',
    '--set-fuzzy',
    source,
    '-o',
    target,
  ]),
  tool('msgattrib --translated', 'po', 'nothing', (source, target) => [
    'msgattrib',
    '--translated',
    source,
    '-o',
    target,
  ]),
  tool('msggrep -K', 'po', 'nothing', (source, target) => ['msggrep', '-K', '-e', 'e', source, '-o', target]),
  tool('msgconv to UTF-16', 'po', 'refused', (source, target) => {
    writeFileSync(target, Buffer.from(`\ufeff${readFileSync(source, 'utf8')}`, 'utf16le'));
    return ['true'];
  }),
  tool('pofilter', 'po', 'nothing', (source, target) => ['pofilter', '--progress=none', '-i', source, '-o', target]),
  tool('pofilter', 'xliff1', 'nothing', (source, target) => [
    'pofilter',
    '--progress=none',
    '-i',
    source,
    '-o',
    target,
  ]),
  tool('posegment', 'po', 'nothing', (source, target) => ['posegment', '--progress=none', '-i', source, '-o', target]),
  tool('podebug', 'po', 'all', (source, target) => [
    'podebug',
    '--progress=none',
    '--rewrite=xxx',
    '-i',
    source,
    '-o',
    target,
  ]),
  tool('podebug', 'xliff1', 'all', (source, target) => [
    'podebug',
    '--progress=none',
    '--rewrite=xxx',
    '-i',
    source,
    '-o',
    target,
  ]),
  tool('translate.storage', 'po', 'texts', (source, target) => ['python3', '-c', script, source, target]),
  tool('translate.storage', 'xliff1', 'texts', (source, target) => ['python3', '-c', script, source, target]),
  tool('xmllint --format', 'xliff2', 'nothing', (source, target) => ['xmllint', '--format', source, '-o', target]),
  tool('xmllint --c14n', 'xliff2', 'nothing', (source, target) => [
    'sh',
    '-c',
    `xmllint --c14n "${source}" > "${target}"`,
  ]),
  tool('xmllint --format', 'xliff1', 'nothing', (source, target) => ['xmllint', '--format', source, '-o', target]),
  {
    name: 'po2xliff, xliff2po',
    from: 'po',
    expect: 'nothing',
    run: (source, folder) => {
      const [way, back] = [join(folder, 'way.xlf'), join(folder, 'back.po')];
      call('po2xliff', '--progress=none', '-i', source, '-o', way);
      call('xliff2po', '--progress=none', '-i', way, '-o', back);
      return back;
    },
  },
  {
    name: 'po2xliff',
    from: 'po',
    expect: 'nothing',
    run: (source, folder) => {
      const way = join(folder, 'way.xlf');
      call('po2xliff', '--progress=none', '-i', source, '-o', way);
      return way;
    },
  },
  { name: 'xliff2po, edited, po2xliff', from: 'xliff1', expect: 'texts', run: byWayOfPo },
];

/** What a validator says against a file; null when it is valid. */
export function complaint(program: string, ...words: readonly string[]): string | null {
  try {
    execFileSync(program, words, { stdio: ['ignore', 'ignore', 'pipe'] });
    return null;
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    return said.split('\n')[0] ?? 'invalid';
  }
}
