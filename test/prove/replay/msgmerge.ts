import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { po } from 'gettext-parser';

/** One entry: the segment's id as its context. */
export type PoEntry = { readonly id: string; readonly source: string; readonly target: string };

/** What `msgmerge` makes of the same units. */
export type Merged = {
  readonly translated: number;
  readonly fuzzy: number;
  readonly untranslated: number;
  readonly obsolete: number;
  readonly milliseconds: number;
};

/** A PO file with segment ids as contexts; bytes of UTF-8. */
export function poFile(entries: readonly PoEntry[]): Buffer {
  const contexts = Object.fromEntries(
    entries.map(({ id, source, target }) => [id, { [source]: { msgctxt: id, msgid: source, msgstr: [target] } }]),
  );
  const headers = { 'content-type': 'text/plain; charset=utf-8', language: 'tr', 'mime-version': '1.0' };
  return po.compile({
    charset: 'utf-8',
    headers,
    translations: { '': { '': { msgid: '', msgstr: [''] } }, ...contexts },
  });
}

/** The version line of Debian's gettext; throws when it is not installed. */
export function msgmergeVersion(): string {
  return execFileSync('msgmerge', ['--version'], { encoding: 'utf8' }).split('\n')[0] ?? '';
}

/** Merges the entries of an edition with the sources of a later release. */
export function msgmerge(ours: readonly PoEntry[], sources: readonly PoEntry[], fuzzy: boolean): Merged {
  const home = mkdtempSync(join(tmpdir(), 'headwater-msgmerge-'));
  const file = (name: string) => join(home, name);
  writeFileSync(file('ours.po'), poFile(ours));
  writeFileSync(file('theirs.pot'), poFile(sources.map((entry) => ({ ...entry, target: '' }))));
  const options = fuzzy ? ['--previous'] : ['--no-fuzzy-matching'];
  const began = performance.now();
  execFileSync('msgmerge', ['--quiet', ...options, '-o', file('out.po'), file('ours.po'), file('theirs.pot')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const milliseconds = performance.now() - began;
  const counts = countsIn(readFileSync(file('out.po')));
  rmSync(home, { recursive: true, force: true });
  return { ...counts, milliseconds };
}

function countsIn(bytes: Buffer): Omit<Merged, 'milliseconds'> {
  const parsed = po.parse(bytes);
  const entries = Object.values(parsed.translations).flatMap((context) =>
    Object.values(context).filter((entry) => entry.msgid !== ''),
  );
  const isFuzzy = (entry: (typeof entries)[number]) => entry.comments?.flag?.includes('fuzzy') ?? false;
  const fuzzy = entries.filter(isFuzzy).length;
  const untranslated = entries.filter((entry) => entry.msgstr.every((text) => text === '')).length;
  const obsolete = Object.values(parsed.obsolete ?? {}).flatMap((context) => Object.values(context)).length;
  return { translated: entries.length - fuzzy - untranslated, fuzzy, untranslated, obsolete };
}
