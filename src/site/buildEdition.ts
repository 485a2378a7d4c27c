import { breathe } from '../breathe.ts';
import { bands } from '../domain/package/lessonPackage.ts';
import { bytesHash } from '../domain/release/canonical.ts';
import type { Hash } from '../domain/release/release.ts';
import { editionFileName } from '../formats/files/editionFile.ts';
import { fileNameOf } from '../formats/files/lessonFile.ts';
import { blocksOf } from '../formats/page/blocksOf.ts';
import { addresses } from './addresses.ts';
import { changesOf, waitingOf } from './editionChanges.ts';
import type { FileState, FileStates } from './fileStates.ts';
import { editionFrame } from './frame.ts';
import type { Words } from './languages.ts';
import type { LoadedEdition } from './loadEdition.ts';
import type { Objects } from './objects.ts';
import type { PagedLesson } from './pagedLesson.ts';
import { withWaiting } from './pages/changedView.ts';
import { changesFeed, changesView } from './pages/changesView.ts';
import { editionView } from './pages/editionView.ts';
import { goneView } from './pages/goneView.ts';
import { helpView } from './pages/helpView.ts';
import type { Neighbours } from './pages/lessonContents.ts';
import { lessonView } from './pages/lessonView.ts';
import { bandsWith, planView } from './pages/planView.ts';
import type { EditionFacts, LessonRow, SiteEntry } from './pointer.ts';
import type { Renderer } from './render.ts';
import { segmentsIn, setsTouching } from './setNotes.ts';
import { tellerOf } from './tell.ts';

type Pages = {
  readonly objects: Objects;
  readonly renderer: Renderer;
  readonly words: Words;
  /** `https://headwater.example`, or null: then feeds name addresses relative to the site. */
  readonly base: string | null;
  /** The bytes of an edition's own picture; null where the archive has lost them. */
  readonly pictureOf: (hash: Hash) => Promise<Uint8Array | null>;
};

/** Every address of the edition and the object behind it. A file that is not there yet answers 503 and says so. */
export async function entriesOf(
  loaded: LoadedEdition,
  lessons: readonly PagedLesson[],
  facts: EditionFacts,
  files: FileStates,
  { objects, renderer, words, base, pictureOf }: Pages,
): Promise<Readonly<Record<string, SiteEntry>>> {
  const { tag } = loaded.edition;
  const entries: Record<string, SiteEntry> = {};
  const put = async (address: string, view: string, { frame, data }: ViewOf, code?: number, rules?: string) => {
    entries[address] = await objects.page(renderer.page(view, frame, data, rules), code);
  };
  /** Of a lesson, all files that are not there yet have the same page, or two. */
  const standIns = new Map<string, SiteEntry>();
  const putFile = async (at: string, state: FileState, back: string, frame: ViewOf['frame']) => {
    const key = `${state.kind} ${back}`;
    const known = state.kind === 'built' ? state.built.entry : standIns.get(key);
    if (known !== undefined) {
      entries[at] = known;
      return;
    }
    await put(at, 'making', { frame, data: { back, failed: state.kind === 'failed' } }, 503);
    if (entries[at] !== undefined) standIns.set(key, entries[at]);
  };
  if (loaded.edition.withdrawn || loaded.edition.publication === null) {
    const gone = goneView(loaded, facts.help, 'withdrawn', null);
    await put(addresses.edition(tag), 'gone', gone, 410);
    await put(addresses.help(tag), 'gone', gone, 410);
    await put(addresses.changes(tag), 'gone', gone, 410);
    await put(addresses.feed(tag), 'gone', gone, 410);
    for (const band of bands) await put(addresses.plan(tag, band), 'gone', gone, 410);
  } else {
    await put(addresses.edition(tag), 'edition', editionView(facts, words));
    await put(addresses.help(tag), 'help', helpView(facts));
    const changes = changesOf(loaded, lessons);
    const waiting = waitingOf(loaded, lessons, facts.standing.sets);
    await put(addresses.changes(tag), 'changes', changesView(facts, changes, waiting));
    entries[addresses.feed(tag)] = await objects.feed(changesFeed(facts, changes, words, base));
    for (const band of bandsWith(facts)) await put(addresses.plan(tag, band), 'plan', planView(facts, lessons, band));
    for (const { kind, state } of files.ofEdition) {
      const frame = editionFrame(facts, facts.help, 'lessons');
      await putFile(addresses.editionFile(tag, editionFileName(kind)), state, addresses.edition(tag), frame);
    }
  }
  for (const lesson of lessons) {
    await breathe();
    const address = addresses.lesson(tag, lesson.page.lesson);
    if (lesson.gone) {
      const named = { id: lesson.page.lesson, title: lesson.page.title, loaded: lesson };
      await put(address, 'gone', goneView(loaded, lesson.page.help, lesson.gone, named), 410);
      continue;
    }
    const frame = editionFrame(facts, lesson.page.help, 'lessons');
    await put(address, 'lesson', ...lessonArguments(loaded, lesson, files, frame, neighboursOf(facts, lesson)));
    const shown = await putPictures(entries, tag, lesson, objects, pictureOf);
    const page = entries[address];
    if (shown && page !== undefined) entries[address] = { ...page, pictures: true };
    for (const file of files.filesOf(lesson)) {
      const at = addresses.file(tag, lesson.page.lesson, fileNameOf(file));
      await putFile(at, files.of(lesson, file), address, frame);
    }
  }
  await formerLessons(loaded, entries, facts, put);
  return entries;
}

/** The pictures of a lesson, each under the hash of its bytes; whether there are any. Bytes that differ are not shown. */
async function putPictures(
  entries: Record<string, SiteEntry>,
  tag: string,
  lesson: PagedLesson,
  objects: Objects,
  pictureOf: Pages['pictureOf'],
): Promise<boolean> {
  const pictures = blocksOf(lesson.page).flatMap(({ picture }) => (picture === undefined ? [] : [picture]));
  for (const { web } of pictures) {
    const address = addresses.picture(tag, web);
    if (entries[address] !== undefined) continue;
    const bytes = await pictureOf(web);
    if (bytes === null || bytesHash(bytes) !== web) continue;
    entries[address] = await objects.file(bytes, 'image/webp', 'webp', `pic-${web}.webp`);
  }
  return pictures.length > 0;
}

type ViewOf = { readonly frame: ReturnType<typeof editionFrame>; readonly data: object };

/** The lessons before and after in the same band, of those that can be read. */
function neighboursOf({ tag, rows }: EditionFacts, { page }: PagedLesson): Neighbours {
  const inBand = rows.filter(({ band }) => band === page.band);
  const at = inBand.findIndex(({ lesson }) => lesson === page.lesson);
  const named = (row: LessonRow | undefined) =>
    row ? { lesson: row.lesson, title: row.title, href: addresses.lesson(tag, row.lesson) } : null;
  return { previous: named(inBand[at - 1]), next: named(inBand[at + 1]) };
}

function lessonArguments(
  loaded: LoadedEdition,
  lesson: PagedLesson,
  files: FileStates,
  frame: ReturnType<typeof editionFrame>,
  neighbours: Neighbours,
): [ViewOf, undefined, string] {
  const segments = new Set(segmentsIn(lesson.published.lesson));
  const { releases } = loaded.newest;
  const { data, rules } = lessonView({
    page: lesson.page,
    lesson,
    tell: tellerOf(loaded),
    publication: loaded.publication,
    files: files.filesOf(lesson).map((file) => ({ file, state: files.of(lesson, file) })),
    changes: withWaiting(setsTouching(releases, lesson.page.lesson, segments), lesson.entry, releases),
    neighbours,
  });
  return [{ frame, data }, undefined, rules];
}

/** Lessons that earlier publications had keep their address and say that they are gone. */
async function formerLessons(
  loaded: LoadedEdition,
  entries: Readonly<Record<string, SiteEntry>>,
  facts: EditionFacts,
  put: (address: string, view: string, page: ViewOf, code: number) => Promise<void>,
): Promise<void> {
  const ever = new Set(loaded.publications.flatMap(({ lessons }) => lessons.map(({ lesson }) => lesson)));
  for (const id of ever) {
    const address = addresses.lesson(loaded.edition.tag, id);
    if (entries[address]) continue;
    const kind = loaded.edition.publication === null ? 'withdrawn' : 'leftOut';
    await put(address, 'gone', goneView(loaded, facts.help, kind, { id, title: '', loaded: null }), 410);
  }
}
