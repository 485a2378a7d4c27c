import { setTimeout as rest } from 'node:timers/promises';
import { breathe } from '../breathe.ts';
import type { FileFailure, Site, Store } from '../commands/ports.ts';
import type { EditionTag } from '../domain/edition/edition.ts';
import { dayOf, type Instant } from '../domain/time.ts';
import { rankOf, stageOf } from '../formats/files/lessonFile.ts';
import { tasksOf, type Writers } from '../formats/files/writers.ts';
import { createBuiltFiles, lessonPiece, type Piece } from './builtFiles.ts';
import { createFileRounds } from './fileRounds.ts';
import { findFiles } from './fileStates.ts';
import type { Words } from './languages.ts';
import { createLate, type LateDeps } from './late.ts';
import { loadEdition } from './loadEdition.ts';
import { createObjects } from './objects.ts';
import { createPager, imprintOf, pagedLessons, printableBase, type RenderLesson } from './pagedLesson.ts';
import type { SiteEntry } from './pointer.ts';
import { createPointerWriter } from './pointerWriter.ts';
import { recallsShown, writeIndex } from './siteIndex.ts';

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
  /** Told once a round of files that could not be made. */
  readonly failedFiles?: (tag: EditionTag, failures: readonly FileFailure[]) => Promise<void>;
  /** Resolves when a publication has waited long enough for the class packs and goes out without them: after 5 s. */
  readonly headStart?: () => Promise<unknown>;
  /** Files made at once. */
  readonly atOnce?: number;
  /** How long after each failure a projection is tried again, in ms. */
  readonly tryAgain?: LateDeps['waits'];
};

export type ProjectedSite = Site & {
  /** The file at an address that the pages name but that is not there yet: built now, or null in so many ms. */
  readonly fileNow: (tag: EditionTag, path: string, milliseconds: number) => Promise<SiteEntry | null>;
  /** Resolves when no file is being built any more. */
  readonly settled: () => Promise<void>;
  /** Begins no more files and resolves when the last one has ended; the next start goes on. */
  readonly close: () => Promise<void>;
};

const fiveSeconds = (): Promise<unknown> => rest(5_000, undefined, { ref: false });

/**
 * The projector. Objects first, then one pointer: killed anywhere, readers see the old or the new. Pages never wait
 * for their files: those are built in the background and attached when they are there.
 */
export function createSite(deps: SiteDeps): ProjectedSite {
  const { store, folder, translate, renderLesson, writers, headStart = fiveSeconds, atOnce = 2 } = deps;
  const objects = createObjects(folder);
  const files = createBuiltFiles(folder, objects);
  const base = printableBase(deps.baseUrl);
  const writePointer = createPointerWriter({ store, folder, objects, translate, base, warn: deps.log.warn });
  const pageOf = createPager(renderLesson);
  const running = new Map<EditionTag, Promise<boolean>>();
  const rounds = createFileRounds({
    files,
    atOnce,
    show: async (tag) => {
      await attempt(tag, show);
    },
    warn: deps.log.warn,
    ...(deps.failedFiles === undefined ? {} : { failedFiles: deps.failedFiles }),
  });
  const late = createLate({
    again: (tag) => (tag === null ? projectAll() : project(tag)),
    now: deps.now,
    warn: deps.log.warn,
    ...(deps.tryAgain === undefined ? {} : { waits: deps.tryAgain }),
  });

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

  /** What is decided stays decided when the folder cannot be written: it is remembered and tried again. */
  async function attempt(tag: EditionTag, work: (tag: EditionTag) => Promise<boolean>): Promise<boolean | null> {
    try {
      const changed = await work(tag);
      late.done(tag);
      return changed;
    } catch (problem) {
      late.failed(tag, problem);
      return null;
    }
  }

  async function project(tag: EditionTag): Promise<boolean> {
    const changed = await attempt(tag, show);
    if (changed !== null) rounds.begin(tag);
    return changed ?? false;
  }

  async function projectAll(): Promise<number> {
    let changed = 0;
    try {
      for (const { tag } of await store.editions.all()) if (await project(tag)) changed++;
      await writeIndex(folder, await sortedReleases(store));
      late.done(null);
    } catch (problem) {
      late.failed(null, problem);
    }
    return changed;
  }

  return {
    project,
    async prepare(edition, publication, lessons, onFile) {
      const wanted: { readonly rank: number; readonly piece: Piece }[] = [];
      for (const entry of publication.lessons) {
        const published = lessons.get(entry.hash) ?? (await store.publications.lesson(entry.hash));
        if (!published) continue;
        await breathe();
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
      await Promise.race([Promise.all(all), headStart()]);
      over = true;
    },
    files: rounds.progress,
    retryFiles: rounds.retry,
    fileNow: rounds.fileNow,
    settled: rounds.settled,
    close: async () => {
      late.close();
      await rounds.close();
    },
    projectAll,
    reach: async () => ({ recalls: await recallsShown(folder), late: late.all() }),
  };
}

const sortedReleases = async (store: Store) =>
  [...(await store.releases.all())].sort((one, other) =>
    one.number.localeCompare(other.number, 'en', { numeric: true }),
  );
