import { readFile } from 'node:fs/promises';
import type { Store } from '../commands/ports.ts';
import type { PublishedLesson } from '../domain/edition/publication.ts';
import type { Hash } from '../domain/release/release.ts';
import { entriesOf } from './buildEdition.ts';
import { codeRows, type PrintedLesson, printedLesson } from './codes.ts';
import { factsOfEdition } from './editionFacts.ts';
import type { FileStates } from './fileStates.ts';
import type { Words } from './languages.ts';
import type { LoadedEdition } from './loadEdition.ts';
import { type Objects, writeWhole } from './objects.ts';
import type { PagedLesson } from './pagedLesson.ts';
import type { EditionPointer } from './pointer.ts';
import { createRenderer } from './render.ts';
import { keepSearchIndex } from './searchLessons.ts';
import { pointerFile } from './siteIndex.ts';

export type PointerWriterDeps = {
  readonly store: Store;
  readonly folder: string;
  readonly objects: Objects;
  readonly translate: Words;
  /** What addresses on paper begin with, or null. */
  readonly base: string | null;
  readonly warn: (message: string, details: object) => void;
};

/** Writes the pages of an edition as objects, and then the pointer that names them; tells whether it changed. */
export function createPointerWriter({ store, folder, objects, translate, base, warn }: PointerWriterDeps) {
  const renderer = createRenderer(translate);
  const printed = new Map<Hash, PrintedLesson>();

  const pictureOf = async (hash: Hash) => {
    const found = await store.archive.get(hash);
    if (found === null) warn('picture not in the archive', { hash });
    return found?.bytes ?? null;
  };

  async function printedOf(hash: Hash): Promise<PrintedLesson | null> {
    const known = printed.get(hash);
    if (known) return known;
    const published = await store.publications.lesson(hash);
    if (!published) return null;
    const summary = printedLesson(published, titleOf(published));
    printed.set(hash, summary);
    return summary;
  }

  return async (loaded: LoadedEdition, lessons: readonly PagedLesson[], known: FileStates): Promise<boolean> => {
    const facts = factsOfEdition(loaded, lessons, known);
    const parts = { objects, renderer, words: translate, base, pictureOf };
    const entries = await entriesOf(loaded, lessons, facts, known, parts);
    const shown = loaded.edition.publication !== null && !loaded.edition.withdrawn;
    const file = pointerFile(folder, loaded.edition.tag);
    const there = await readFile(file, 'utf8').catch(() => null);
    const before = there === null ? null : (JSON.parse(there) as EditionPointer);
    const pointer: EditionPointer = {
      format: 1,
      edition: loaded.edition.tag,
      publication: shown ? loaded.publication.number : null,
      root: shown ? loaded.publication.root : null,
      entries,
      facts,
      codes: await objects.json(await codeRows(loaded, lessons, printedOf)),
      recalls: loaded.recalls.map(({ id }) => id),
      ...(shown ? { search: await keepSearchIndex(objects, loaded.edition.language, lessons, before?.search) } : {}),
    };
    const text = JSON.stringify(pointer);
    if (there === text) return false;
    await writeWhole(file, text);
    return true;
  };
}

const titleOf = (published: PublishedLesson): string => {
  const head = published.lesson.sections.find(({ kind }) => kind === 'head')?.placements ?? [];
  const heading = head.map(({ segment }) => published.segments[segment]).find((segment) => segment?.kind === 'heading');
  return heading?.text.replace(/[*_]/g, '') ?? published.lesson.id;
};
