import type { PublishedFile, Verdict } from './judge.ts';

export type Row = {
  readonly edition: string;
  readonly kind: string;
  readonly files: number;
  readonly least: number;
  readonly most: number;
  /** By what was checked, in the order first met: how often it passed, of how many. */
  readonly checks: ReadonlyMap<string, { passed: number; of: number }>;
};

/** `guide.pdf` and `guide.docx` are two kinds of file. */
const kindOf = ({ kind, format }: Pick<Verdict, 'kind' | 'format'>): string => `${kind} ${format.toUpperCase()}`;

/** One row for each edition and kind of file, in the order of the files. */
export function rowsOf(files: readonly PublishedFile[], verdicts: readonly Verdict[]): readonly Row[] {
  const byRow = Map.groupBy(files, (file) => JSON.stringify([file.edition, kindOf(file)]));
  const said = Map.groupBy(verdicts, (verdict) => JSON.stringify([verdict.edition, kindOf(verdict)]));
  return [...byRow].map(([key, of]) => {
    const checks = new Map<string, { passed: number; of: number }>();
    for (const { what, passed } of (said.get(key) ?? []).flatMap((verdict) => verdict.checks)) {
      const count = checks.get(what) ?? { passed: 0, of: 0 };
      checks.set(what, { passed: count.passed + (passed ? 1 : 0), of: count.of + 1 });
    }
    const sizes = of.map(({ bytes }) => bytes);
    const [edition, kind]: [string, string] = JSON.parse(key);
    return { edition, kind, files: of.length, least: Math.min(...sizes), most: Math.max(...sizes), checks };
  });
}

/** What failed, each by its name. */
export function failuresOf(verdicts: readonly Verdict[]): readonly string[] {
  return verdicts.flatMap(({ edition, lesson, name, checks }) =>
    checks
      .filter(({ passed }) => !passed)
      .map(
        ({ what, found }) =>
          `${edition} ${lesson === null ? '' : `${lesson} `}${name}: ${what}: ${found.slice(0, 400)}`,
      ),
  );
}

const plainly = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** The table for people: what was judged, how often each check passed, and every failure by its name. */
export function tableOf(rows: readonly Row[], failures: readonly string[]): string {
  const lines = rows.map(({ edition, kind, files, least, most, checks }) => {
    const told = [...checks].map(
      ([what, { passed, of }]) => `${what}: ${passed === of ? of : `**${passed} of ${of}**`}`,
    );
    return `| ${edition} | ${kind} | ${files} | ${least.toLocaleString('en')} – ${most.toLocaleString('en')} | ${plainly(told.join('; '))} |`;
  });
  return [
    '# Every published file, judged',
    '',
    'By `npm run prove -- files` (`docs/prove.md` says how). A number behind a check says how many files passed it; where',
    'some did not, it says of how many.',
    '',
    '| edition | kind | files | bytes | checks |',
    '|---|---|---:|---|---|',
    ...lines,
    '',
    failures.length === 0 ? 'Nothing failed.' : `## ${failures.length} failures`,
    '',
    ...failures.map((failure) => `- ${plainly(failure)}`),
    ...(failures.length === 0 ? [] : ['']),
  ].join('\n');
}
