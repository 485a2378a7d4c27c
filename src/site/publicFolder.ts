import { createReadStream, openSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { createLessonSearch, type LessonIndex, type LessonSearch } from '../formats/search/lessonIndex.ts';
import type { BaselineHistory, CodeRow, EditionPointer, SiteIndex } from './pointer.ts';
import { baselineFile, indexFile, pointerFile, tagsFile } from './siteIndex.ts';

/** A small file that is looked at again at most every quarter of a second. */
type Watched<T> = { readonly value: T | null; readonly stamp: string; readonly looked: number };

const lookEvery = 250;
/** Editions whose search is kept in memory. */
const mostSearches = 24;
/** Bytes of objects kept in memory. */
const mostBytes = 64 * 2 ** 20;

/** The public folder as the server reads it: pointers by their change time, objects by their name. */
export function createPublicFolder(root: string, clock: () => number = () => performance.now()) {
  const watched = new Map<string, Watched<unknown>>();
  const objects = new Map<string, Buffer>();
  let held = 0;

  function watch<T>(file: string, read: (text: string) => T): Watched<T> {
    const known = watched.get(file) as Watched<T> | undefined;
    const now = clock();
    if (known && now - known.looked < lookEvery) return known;
    const stat = statSync(file, { throwIfNoEntry: false, bigint: true });
    const stamp = stat ? `${stat.mtimeNs} ${stat.ino} ${stat.size}` : '';
    if (known && known.stamp === stamp) {
      const fresh = { ...known, looked: now };
      watched.set(file, fresh);
      return fresh;
    }
    const value = stat ? read(readFileSync(file, 'utf8')) : null;
    const fresh = { value, stamp, looked: now };
    // Only what exists is remembered, so that made-up names do not fill the memory.
    if (stat) watched.set(file, fresh);
    else watched.delete(file);
    return fresh;
  }

  /** An object's bytes. Throws when the file is gone: a pointer never names what was not written first. */
  function object(name: string): Buffer {
    const known = objects.get(name);
    if (known) return known;
    const bytes = readFileSync(join(root, name));
    held += bytes.length;
    objects.set(name, bytes);
    for (const [oldest, old] of objects) {
      if (held <= mostBytes || oldest === name) break;
      objects.delete(oldest);
      held -= old.length;
    }
    return bytes;
  }

  /** A part of an object that is too large to be kept, from disk. Throws when the file is gone. */
  function part(name: string, start: number, end: number): Readable {
    return createReadStream('', { fd: openSync(join(root, name), 'r'), start, end });
  }

  const codes = new Map<string, ReadonlyMap<string, CodeRow>>();
  const searches = new Map<string, LessonSearch>();

  return {
    object,
    part,
    /** `stamp` changes with the pointer. */
    edition: (tag: string): Watched<EditionPointer> =>
      watch(pointerFile(root, tag), (text) => JSON.parse(text) as EditionPointer),
    index: (): Watched<SiteIndex> => watch(indexFile(root), (text) => JSON.parse(text) as SiteIndex),
    baseline: (): Watched<BaselineHistory> => watch(baselineFile(root), (text) => JSON.parse(text) as BaselineHistory),
    /** Every code of an edition; read from disk once for each state of it. */
    codesOf(pointer: EditionPointer): ReadonlyMap<string, CodeRow> {
      const known = codes.get(pointer.codes);
      if (known) return known;
      const rows = JSON.parse(object(pointer.codes).toString('utf8')) as readonly CodeRow[];
      const byCode = new Map(rows.map((row) => [row.code, row]));
      if (codes.size > 500) codes.clear();
      codes.set(pointer.codes, byCode);
      return byCode;
    },
    /** The search of an edition, loaded when it is first asked; null where the folder has none. */
    searchOf({ search }: EditionPointer): LessonSearch | null {
      if (search === undefined) return null;
      // Read past the memory of objects: the index is kept as it is searched, not as it is written.
      const name = search.object;
      const known = searches.get(name);
      const ready = known ?? createLessonSearch(JSON.parse(readFileSync(join(root, name), 'utf8')) as LessonIndex);
      searches.delete(name);
      searches.set(name, ready);
      const oldest = searches.keys().next();
      if (searches.size > mostSearches && !oldest.done) searches.delete(oldest.value);
      return ready;
    },
    /** Tags of every edition that ever had a page, withdrawn ones too. */
    tags: (): readonly string[] => watch(tagsFile(root), (text) => JSON.parse(text) as readonly string[]).value ?? [],
  };
}

export type PublicFolder = ReturnType<typeof createPublicFolder>;
