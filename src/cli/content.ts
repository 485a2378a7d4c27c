import { join, resolve } from 'node:path';
import { checkContent, type Located, sealOf } from '../commands/content/checkContent.ts';
import { readContentTree } from '../commands/content/contentTree.ts';
import { type TableRow, tableOf } from '../commands/content/tableOf.ts';
import type { Config } from '../config.ts';
import { DomainError } from '../domain/errors.ts';
import { readContentFolder } from '../files/contentFolder.ts';
import { sealDrawings, shelfOf } from '../files/drawings.ts';
import { sentenceOf } from './contentSentences.ts';

const usage = `headwater content <verb> [--in FOLDER] [--lesson ID …]

  check        everything that has to be mended before the content may go out: file, line, segment, what to do
  table        words, segments, policies, reading level and completeness, by session and language
  seal         seals new drawings: from then on a drawing never changes under its name
  export FOLDER  what the data folder holds, as files: baseline, releases, editions, national facts
  import FOLDER  brings an empty data folder to the content of FOLDER; a second time changes nothing

Without --in, the content of this folder is meant. --lesson looks at some sessions of the baseline only.
`;

/** `headwater content …`: 0 when there is nothing to mend. */
export async function content(config: Config, verb: string, words: readonly string[]): Promise<number> {
  const given = (name: string): readonly string[] =>
    words.flatMap((word, index) => (word === name ? (words[index + 1] ?? []) : []));
  const folder = resolve(given('--in')[0] ?? join(import.meta.dirname, '../../content'));
  const lessons = given('--lesson');
  if (verb === 'export' || verb === 'import') {
    const { exportTo, importFrom } = await import('./contentTransfer.ts');
    const [target] = words;
    if (target !== undefined)
      return verb === 'export' ? exportTo(config, resolve(target)) : importFrom(config, resolve(target));
  }
  if (verb === 'seal') {
    const sealed = sealDrawings(folder, sealOf);
    console.log(sealed.length === 0 ? 'No new drawing.' : `Sealed: ${sealed.join(', ')}`);
    return 0;
  }
  if (verb !== 'check' && verb !== 'table') {
    console.log(usage);
    return 1;
  }
  try {
    const tree = readContentTree(await readContentFolder(folder), lessons.length > 0 ? lessons : null);
    if (verb === 'table') return table(tableOf(tree));
    return report(checkContent(tree, shelfOf(folder)));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { file = 'content', line = 1, segment, problem } = error.data as Record<string, string>;
    console.log(
      `${file}:${line}: ${segment ?? ''} ${problem ?? error.code}. Mend the file; nothing else was looked at.`,
    );
    return 1;
  }
}

function report(findings: readonly Located[]): number {
  for (const finding of findings) {
    const { place, segment, lesson } = finding;
    const where = place === null ? 'content' : `${place.file}:${place.line}`;
    console.log(`${where}: ${segment ?? lesson ?? ''} ${sentenceOf(finding)}`);
  }
  console.log(findings.length === 0 ? 'Nothing to mend.' : `${findings.length} to mend.`);
  return findings.length === 0 ? 0 : 1;
}

function table(rows: readonly TableRow[]): number {
  const heads = ['session', 'language', 'words', 'segments', 'core', 'adaptable', 'local', 'reading', 'complete'];
  const lines = rows.map((row) => [
    row.lesson,
    row.language,
    String(row.words),
    String(row.segments),
    String(row.core),
    String(row.adaptable),
    String(row.local),
    row.level === null ? '' : `${row.level.value} ${row.level.scale}`,
    `${row.complete} %`,
  ]);
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...lines.map((line) => (line[column] ?? '').length)),
  );
  const set = (line: readonly string[]): string =>
    line
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  console.log([heads, ...lines].map(set).join('\n'));
  return 0;
}
