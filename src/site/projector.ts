import { readFile } from 'node:fs/promises';
import type { Site, Store } from '../commands/ports.ts';
import type { EditionTag, PublishedLesson } from '../domain/edition/edition.ts';
import type { Hash } from '../domain/release/release.ts';
import { dayOf, type Instant } from '../domain/time.ts';
import type { LessonPage } from '../formats/page/lessonPage.ts';
import { entriesOf } from './buildEdition.ts';
import { codeRows, type PrintedLesson, printedLesson } from './codes.ts';
import { factsOfEdition } from './editionFacts.ts';
import type { Words } from './languages.ts';
import { type LoadedEdition, loadEdition } from './loadEdition.ts';
import { createObjects, writeWhole } from './objects.ts';
import {
  imprintOf,
  type KnownFile,
  type PagedLesson,
  pagedLessons,
  printableBase,
  type RenderLesson,
} from './pagedLesson.ts';
import { type BuiltFile, createPdfFiles, fileNameOf, filesOf, type PdfBuilder, type PdfFile } from './pdfFiles.ts';
import type { EditionPointer } from './pointer.ts';
import { createRenderer } from './render.ts';
import { keepSearchIndex } from './searchLessons.ts';
import { pointerFile, writeIndex } from './siteIndex.ts';

export type SiteLog = { warn(message: string, details: object): void };

export type SiteDeps = {
  readonly store: Store;
  /** `DATA_DIR/public` */
  readonly folder: string;
  readonly renderLesson: RenderLesson;
  readonly pdf: PdfBuilder;
  readonly translate: Words;
  /** For the address and the square on paper; null or a loopback address prints the code alone. */
  readonly baseUrl: string | null;
  readonly now: () => Instant;
  readonly log: SiteLog;
};

/**
 * The projector. Objects first, then one pointer: killed anywhere, readers see the old or the new. Pages never wait
 * for their PDFs: a corrected number is online before the first file is built again.
 */
export function createSite(deps: SiteDeps): Site {
  const { store, folder, translate, renderLesson } = deps;
  const objects = createObjects(folder);
  const files = createPdfFiles(folder, objects, deps.pdf);
  const renderer = createRenderer(translate);
  const base = printableBase(deps.baseUrl);
  const printed = new Map<Hash, PrintedLesson>();
  const running = new Map<EditionTag, Promise<Shown>>();

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

  async function writePointer(loaded: LoadedEdition, lessons: readonly PagedLesson[], known: KnownFile) {
    const facts = factsOfEdition(loaded, lessons, known);
    const entries = await entriesOf(loaded, lessons, facts, known, {
      objects,
      renderer,
      words: translate,
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

  /** What is built of the files of lessons that can be read. */
  async function knownFiles(lessons: readonly PagedLesson[]) {
    const found = new Map<string, BuiltFile>();
    const missing: Wanted[] = [];
    for (const { entry, page } of lessons.filter(({ gone }) => gone === null)) {
      for (const file of filesOf(page)) {
        const built = await files.known(entry.hash, page, file);
        if (built) found.set(`${page.lesson}/${fileNameOf(file)}`, built);
        else missing.push({ hash: entry.hash, page, file });
      }
    }
    const known: KnownFile = (lesson, file) => found.get(`${lesson.page.lesson}/${fileNameOf(file)}`) ?? null;
    return { known, missing };
  }

  /** Brings the pages to what the store says now, with the files that are there; tells which are not. */
  async function showNow(tag: EditionTag): Promise<Shown> {
    const loaded = await loadEdition(store, tag, dayOf(deps.now()));
    if (!loaded) return { changed: false, missing: [] };
    const lessons = pagedLessons(loaded, renderLesson, base);
    const { known, missing } = await knownFiles(lessons);
    const changed = await writePointer(loaded, lessons, known);
    await writeIndex(folder, loaded.newest.releases);
    return { changed, missing };
  }

  /** One at a time for each edition. Files are built outside of it, so that a recall never waits for them. */
  function show(tag: EditionTag): Promise<Shown> {
    const before: Promise<unknown> = running.get(tag) ?? Promise.resolve();
    const next = before.catch(() => null).then(() => showNow(tag));
    running.set(tag, next);
    return next;
  }

  async function project(tag: EditionTag): Promise<boolean> {
    const first = await show(tag);
    if (first.missing.length === 0) return first.changed;
    const made = await Promise.all(
      first.missing.map(({ hash, page, file }) =>
        files.make(hash, page, file).then(
          () => true,
          (problem: unknown) => {
            deps.log.warn('file not built', { tag, file: fileNameOf(file), problem: String(problem) });
            return false;
          },
        ),
      ),
    );
    const second = made.includes(true) ? await show(tag) : first;
    return first.changed || second.changed;
  }

  return {
    project,
    async prepare(edition, publication, lessons, onFile) {
      const wanted: Wanted[] = [];
      for (const entry of publication.lessons) {
        const published = lessons.get(entry.hash) ?? (await store.publications.lesson(entry.hash));
        if (!published) continue;
        const page = renderLesson(published, imprintOf(edition, publication, entry, base));
        wanted.push(...filesOf(page).map((file) => ({ hash: entry.hash, page, file })));
      }
      let done = 0;
      onFile(0, wanted.length);
      await Promise.all(
        wanted.map(async ({ hash, page, file }) => {
          await files.make(hash, page, file);
          onFile(++done, wanted.length);
        }),
      );
    },
    async projectAll() {
      let changed = 0;
      for (const { tag } of await store.editions.all()) if (await project(tag)) changed++;
      await writeIndex(folder, await sortedReleases(store));
      return changed;
    },
  };
}

type Wanted = { readonly hash: Hash; readonly page: LessonPage; readonly file: PdfFile };
type Shown = { readonly changed: boolean; readonly missing: readonly Wanted[] };

const titleOf = (published: PublishedLesson): string => {
  const head = published.lesson.sections.find(({ kind }) => kind === 'head')?.placements ?? [];
  const heading = head.map(({ segment }) => published.segments[segment]).find((segment) => segment?.kind === 'heading');
  return heading?.text.replace(/[*_]/g, '') ?? published.lesson.id;
};

const sortedReleases = async (store: Store) =>
  [...(await store.releases.all())].sort((one, other) =>
    one.number.localeCompare(other.number, 'en', { numeric: true }),
  );
