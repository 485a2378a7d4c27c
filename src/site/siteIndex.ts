import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { EditionTag } from '../domain/edition/edition.ts';
import type { Release } from '../domain/release/release.ts';
import { writeWhole } from './objects.ts';
import type { BaselineHistory, EditionPointer, IndexEdition, SiteIndex } from './pointer.ts';
import { noteOf, releasedSets } from './setNotes.ts';

export const pointerFile = (root: string, tag: string): string => join(root, 'editions', `${tag}.json`);
export const indexFile = (root: string): string => join(root, 'index.json');
export const baselineFile = (root: string): string => join(root, 'baseline.json');
/** The editions that ever had a page, withdrawn ones too. */
export const tagsFile = (root: string): string => join(root, 'tags.json');

/** The pointers on disk, and a stamp that changes with any of them. */
async function pointersIn(
  root: string,
): Promise<{ readonly stamp: string; readonly pointers: readonly EditionPointer[] }> {
  const folder = join(root, 'editions');
  const names = (await readdir(folder).catch(() => [])).filter((name) => /^[^.].*\.json$/.test(name)).sort();
  const stamps = await Promise.all(names.map(async (name) => `${name} ${(await stat(join(folder, name))).mtimeMs}`));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return { stamp: stamps.join('\n'), pointers: texts.map((text) => JSON.parse(text) as EditionPointer) };
}

function indexEdition({ facts, recalls = [] }: EditionPointer): IndexEdition {
  const { tag, language, country, demonstration, publication, standing } = facts;
  return {
    tag,
    language,
    country,
    demonstration,
    publication: publication.number,
    on: publication.on,
    release: standing.release,
    standing: standing.kind,
    behind: standing.behind,
    waiting: standing.sets.filter(({ severity }) => severity === 'safety').map(({ id, release }) => ({ id, release })),
    recalls,
  };
}

/** The recalls that the published pages obey, by edition: what is on disk, not what was meant. Empty when it cannot be read. */
export async function recallsShown(root: string): Promise<ReadonlyMap<EditionTag, readonly string[]>> {
  const text = await readFile(indexFile(root), 'utf8').catch(() => null);
  const { editions } = text === null ? { editions: [] } : (JSON.parse(text) as SiteIndex);
  return new Map(editions.map(({ tag, recalls = [] }) => [tag, recalls]));
}

/** Writes `baseline.json`: every release with its sets. */
async function writeBaseline(root: string, releases: readonly Release[]): Promise<boolean> {
  const history: BaselineHistory = {
    format: 1,
    releases: releases.map((release) => ({
      number: release.number,
      on: release.on,
      severity: release.severity,
      summary: release.summary,
      root: release.root,
      sets: release.sets.map((set) => noteOf(set, release)),
    })),
  };
  const text = JSON.stringify(history);
  if (text === (await readFile(baselineFile(root), 'utf8').catch(() => null))) return false;
  await writeWhole(baselineFile(root), text);
  return true;
}

/**
 * Writes `index.json` from the pointers on disk, so that it can never say what no pointer says. Another process may
 * have moved a pointer meanwhile: then it is written again.
 */
export async function writeIndex(root: string, releases: readonly Release[]): Promise<boolean> {
  let changed = await writeBaseline(root, releases);
  for (let tries = 0; tries < 5; tries++) {
    const { stamp, pointers } = await pointersIn(root);
    const index: SiteIndex = {
      format: 1,
      releases: releases.map(({ number, on, severity, summary }) => ({ number, on, severity, summary })),
      latestSafety: releasedSets(releases).findLast(({ note }) => note.severity === 'safety')?.note ?? null,
      editions: pointers.filter(({ publication }) => publication !== null).map(indexEdition),
    };
    const text = JSON.stringify(index);
    const there = await readFile(indexFile(root), 'utf8').catch(() => null);
    if (text !== there) {
      await writeWhole(indexFile(root), text);
      changed = true;
    }
    const tags = JSON.stringify(pointers.map(({ edition }) => edition));
    if (tags !== (await readFile(tagsFile(root), 'utf8').catch(() => null))) await writeWhole(tagsFile(root), tags);
    if ((await pointersIn(root)).stamp === stamp) return changed;
  }
  return changed;
}
