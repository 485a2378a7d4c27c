import { readFile } from 'node:fs/promises';
import { setTimeout as rest, setImmediate as turn } from 'node:timers/promises';
import type { Site, Store } from '../commands/ports.ts';
import type { EditionTag, PublishedLesson } from '../domain/edition/edition.ts';
import type { Hash } from '../domain/release/release.ts';
import { dayOf, type Instant } from '../domain/time.ts';
import { rankOf, stageOf } from '../formats/files/lessonFile.ts';
import { tasksOf, type Writers } from '../formats/files/writers.ts';
import { entriesOf } from './buildEdition.ts';
import { createBuiltFiles, lessonPiece, type Piece } from './builtFiles.ts';
import { codeRows, type PrintedLesson, printedLesson } from './codes.ts';
import { factsOfEdition } from './editionFacts.ts';
import { createFileRounds } from './fileRounds.ts';
import { type FileStates, findFiles } from './fileStates.ts';
import type { Words } from './languages.ts';
import { type LoadedEdition, loadEdition } from './loadEdition.ts';
import { createObjects, writeWhole } from './objects.ts';
import {
  createPager,
  imprintOf,
  type PagedLesson,
  pagedLessons,
  printableBase,
  type RenderLesson,
} from './pagedLesson.ts';
import type { EditionPointer, SiteEntry } from './pointer.ts';
import { createRenderer } from './render.ts';
import { keepSearchIndex } from './searchLessons.ts';
import { pointerFile, writeIndex } from './siteIndex.ts';

export type SiteLog = { warn(message: string, details: object): void };

export type SiteDeps = {
  readonly store: Store;
  /** `DATA_DIR/public` */
  readonly folder: string;
  readonly renderLesson: RenderLesson;
  readonly writers: Writers;
  readonly translate: Words;
  /** For the address and the square on paper; null or a loopback address prints the code alone. */
  readonly baseUrl: string | null;
  readonly now: () => Instant;
  readonly log: SiteLog;
  /** How long a publication waits for the class packs before it goes out without them, in ms. */
  readonly headStart?: number;
  /** Files made at once. */
  readonly atOnce?: number;
};

export type ProjectedSite = Site & {
  /** The file at an address that the pages name but that is not there yet: built now, or null in so many ms. */
  readonly fileNow: (tag: EditionTag, path: string, milliseconds: number) => Promise<SiteEntry | null>;
  /** Resolves when no file is being built any more. */
  readonly settled: () => Promise<void>;
  /** Begins no more files and resolves when the last one has ended; the next start goes on. */
  readonly close: () => Promise<void>;
};

/**
 * The projector. Objects first, then one pointer: killed anywhere, readers see the old or the new. Pages never wait
 * for their files: those are built in the background and attached when they are there.
 */
export function createSite(deps: SiteDeps): ProjectedSite {
  const { store, folder, translate, renderLesson, writers, headStart = 5_000, atOnce = 2 } = deps;
  const objects = createObjects(folder);
  const files = createBuiltFiles(folder, objects);
  const renderer = createRenderer(translate);
  const base = printableBase(deps.baseUrl);
  const pageOf = createPager(renderLesson);
  const printed = new Map<Hash, PrintedLesson>();
  const running = new Map<EditionTag, Promise<boolean>>();
  const rounds = createFileRounds({
    files,
    atOnce,
    show: async (tag) => {
      await show(tag);
    },
    warn: deps.log.warn,
  });

  const pictureOf = async (hash: Hash) => {
    const found = await store.archive.get(hash);
    if (found === null) deps.log.warn('picture not in the archive', { hash });
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

  async function writePointer(loaded: LoadedEdition, lessons: readonly PagedLesson[], known: FileStates) {
    const facts = factsOfEdition(loaded, lessons, known);
    const entries = await entriesOf(loaded, lessons, facts, known, {
      objects,
      renderer,
      words: translate,
      base,
      pictureOf,
    });
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
      codes: await objects.json(await codeRows(loaded, printedOf)),
      ...(shown ? { search: await keepSearchIndex(objects, loaded.edition.language, lessons, before?.search) } : {}),
    };
    const text = JSON.stringify(pointer);
    if (there === text) return false;
    await writeWhole(file, text);
    return true;
  }

  /** Brings the pages to what the store says now, with the files that are there; returns whether anything changed. */
  async function showNow(tag: EditionTag): Promise<boolean> {
    const loaded = await loadEdition(store, tag, dayOf(deps.now()));
    if (!loaded) return false;
    const lessons = await pagedLessons(loaded, pageOf, base);
    const found = await findFiles(loaded, lessons, base, writers, files, rounds.failed(tag));
    const changed = await writePointer(loaded, lessons, found.states);
    rounds.keep(tag, found);
    await writeIndex(folder, loaded.newest.releases);
    return changed;
  }

  /** One at a time for each edition. Files are built outside of it, so that a recall never waits for them. */
  function show(tag: EditionTag): Promise<boolean> {
    const before: Promise<unknown> = running.get(tag) ?? Promise.resolve();
    const next = before.catch(() => null).then(() => showNow(tag));
    running.set(tag, next);
    return next;
  }

  async function project(tag: EditionTag): Promise<boolean> {
    const changed = await show(tag);
    rounds.begin(tag);
    return changed;
  }

  return {
    project,
    async prepare(edition, publication, lessons, onFile) {
      const wanted: { readonly rank: number; readonly piece: Piece }[] = [];
      for (const entry of publication.lessons) {
        const published = lessons.get(entry.hash) ?? (await store.publications.lesson(entry.hash));
        if (!published) continue;
        await turn();
        const page = pageOf(entry.hash, published, imprintOf(edition, publication, entry, base));
        const first = tasksOf(writers, page).filter(({ file }) => stageOf(file, edition.country) === 0);
        for (const task of first) {
          wanted.push({ rank: rankOf(task.file, edition.country), piece: lessonPiece(entry.hash, page, task) });
        }
      }
      let done = 0;
      let over = false;
      onFile(0, wanted.length);
      wanted.sort((one, other) => one.rank - other.rank);
      const all = wanted.map(async ({ piece }) => {
        await rounds.make(piece);
        if (!over) onFile(++done, wanted.length);
      });
      await Promise.race([Promise.all(all), rest(headStart, undefined, { ref: false })]);
      over = true;
    },
    files: rounds.progress,
    fileNow: rounds.fileNow,
    settled: rounds.settled,
    close: rounds.close,
    async projectAll() {
      let changed = 0;
      for (const { tag } of await store.editions.all()) if (await project(tag)) changed++;
      await writeIndex(folder, await sortedReleases(store));
      return changed;
    },
  };
}

const titleOf = (published: PublishedLesson): string => {
  const head = published.lesson.sections.find(({ kind }) => kind === 'head')?.placements ?? [];
  const heading = head.map(({ segment }) => published.segments[segment]).find((segment) => segment?.kind === 'heading');
  return heading?.text.replace(/[*_]/g, '') ?? published.lesson.id;
};

const sortedReleases = async (store: Store) =>
  [...(await store.releases.all())].sort((one, other) =>
    one.number.localeCompare(other.number, 'en', { numeric: true }),
  );
