import { breathe } from '../breathe.ts';
import type { EditionTag } from '../domain/edition/edition.ts';
import type { LessonId } from '../domain/package/lessonPackage.ts';
import type { BundleSafety } from '../formats/bundle/bundle.ts';
import {
  type BookFile,
  type EditionBook,
  type EditionFileKind,
  editionFileKinds,
  editionFileName,
} from '../formats/files/editionFile.ts';
import { type FileGroup, type FilesProgress, fileGroups } from '../formats/files/filesProgress.ts';
import {
  fileNameOf,
  groupOf,
  type LessonFile,
  lessonFileGroups,
  rankOf,
  savedName,
  stageOf,
} from '../formats/files/lessonFile.ts';
import { editionWritersOf, tasksOf, type Writers } from '../formats/files/writers.ts';
import { addresses } from './addresses.ts';
import { type BuiltFile, type BuiltFiles, editionPiece, lessonPiece, type Piece, sha256Of } from './builtFiles.ts';
import type { LoadedEdition } from './loadEdition.ts';
import type { PagedLesson } from './pagedLesson.ts';
import { placesOf } from './pages/lessonParts.ts';
import { type Tell, tellerOf } from './tell.ts';

/** A file as readers find it. */
export type FileState =
  | { readonly kind: 'built'; readonly built: BuiltFile }
  | { readonly kind: 'making' }
  | { readonly kind: 'failed' };
export type EditionFileState = { readonly kind: EditionFileKind; readonly state: FileState };

/** What can be had of an edition, and in which state it is. */
export type FileStates = {
  /** The files of a lesson in the order of importance. */
  readonly filesOf: (lesson: PagedLesson) => readonly LessonFile[];
  readonly of: (lesson: PagedLesson, file: LessonFile) => FileState;
  readonly ofEdition: readonly EditionFileState[];
};

/** A file that is not there yet. */
export type MissingFile = {
  readonly path: string;
  readonly lesson: LessonId | null;
  readonly name: string;
  readonly group: FileGroup;
  /** Everything of a stage is built, then attached, then the next stage begins. */
  readonly stage: number;
  readonly rank: number;
  /** Null while it waits for files that stand in it. */
  readonly piece: Piece | null;
};

export type FoundFiles = {
  readonly states: FileStates;
  readonly missing: readonly MissingFile[];
  readonly groups: FilesProgress['groups'];
};

const editionStage = 3;
const making: FileState = { kind: 'making' };

/** Files of nothing: of a preview, or of an edition that was withdrawn. */
export const noFiles: FileStates = { filesOf: () => [], of: () => making, ofEdition: [] };

/** Looks up which files of an edition are there; builds nothing. `failed` knows pieces that could not be made. */
export async function findFiles(
  loaded: LoadedEdition,
  lessons: readonly PagedLesson[],
  base: string | null,
  writers: Writers,
  files: BuiltFiles,
  failed: (key: string) => boolean,
): Promise<FoundFiles> {
  const { tag, country } = loaded.edition;
  const states = new Map<string, FileState>();
  const missing: MissingFile[] = [];
  const counts = new Map<FileGroup, { built: number; of: number }>();

  async function look(where: Omit<MissingFile, 'piece'>, piece: Piece | null): Promise<BuiltFile | null> {
    const count = counts.get(where.group) ?? { built: 0, of: 0 };
    counts.set(where.group, count);
    count.of++;
    const built = piece && (await files.known(piece));
    if (built) count.built++;
    else missing.push({ ...where, piece });
    const failure = piece !== null && failed(piece.key);
    states.set(where.path, built ? { kind: 'built', built } : failure ? { kind: 'failed' } : making);
    return built;
  }

  const readable = lessons.filter(({ gone }) => gone === null);
  const kept = new Map<PagedLesson, readonly KeptFile[]>();
  for (const lesson of readable) {
    const { page, entry } = lesson;
    await breathe();
    const found: KeptFile[] = [];
    for (const task of tasksOf(writers, page)) {
      const { file } = task;
      const name = fileNameOf(file);
      const path = addresses.file(tag, page.lesson, name);
      const order = { stage: stageOf(file, country), rank: rankOf(file, country), group: groupOf(file) };
      const built = await look({ path, lesson: page.lesson, name, ...order }, lessonPiece(entry.hash, page, task));
      found.push({ file, built, settled: states.get(path)?.kind !== 'making', saved: savedName(page, file) });
    }
    kept.set(lesson, found);
  }

  const ofEdition: EditionFileState[] = [];
  for (const writer of readable.length > 0 ? editionWritersOf(writers) : []) {
    const { kind, needs = () => false } = writer;
    const path = addresses.editionFile(tag, editionFileName(kind));
    const wanted = (each: KeptFile): boolean => needs(each.file);
    const ready = [...kept.values()]
      .flat()
      .filter(wanted)
      .every(({ settled }) => settled);
    const book = bookOf(loaded, readable, base, (lesson) =>
      (kept.get(lesson) ?? []).filter(wanted).flatMap((each) => bookFile(each, files)),
    );
    const hashes = readable.map(({ entry }) => entry.hash);
    const rank = lessonFileGroups.length + 2 + editionFileKinds.indexOf(kind);
    const where = { path, lesson: null, name: editionFileName(kind), group: kind, stage: editionStage, rank };
    await breathe();
    await look(where, ready ? editionPiece(book, hashes, writer) : null);
    ofEdition.push({ kind, state: states.get(path) ?? making });
  }

  return {
    states: {
      filesOf: ({ page }) => tasksOf(writers, page).map(({ file }) => file),
      of: ({ page }, file) => states.get(addresses.file(tag, page.lesson, fileNameOf(file))) ?? making,
      ofEdition,
    },
    missing,
    groups: fileGroups.flatMap((group) => {
      const count = counts.get(group);
      return count ? [{ group, ...count }] : [];
    }),
  };
}

type KeptFile = {
  readonly file: LessonFile;
  readonly built: BuiltFile | null;
  /** Built, or failed. */
  readonly settled: boolean;
  readonly saved: string;
};

function bookFile({ file, built, saved }: KeptFile, files: BuiltFiles): readonly BookFile[] {
  if (built === null) return [];
  const named = { file, name: fileNameOf(file), savedName: saved };
  return [{ ...named, sha256: sha256Of(built), bytes: built.entry.bytes, read: () => files.read(built) }];
}

function bookOf(
  loaded: LoadedEdition,
  lessons: readonly PagedLesson[],
  base: string | null,
  filesOf: (lesson: PagedLesson) => readonly BookFile[],
): EditionBook {
  const { edition, publication } = loaded;
  const { tag, language, country, demonstration, exitUrl } = edition;
  const tell = tellerOf(loaded);
  return {
    edition: tag satisfies EditionTag,
    language,
    country,
    direction: lessons[0]?.page.imprint.direction ?? 'ltr',
    demonstration: demonstration || publication.demonstration,
    publication: { number: publication.number, on: publication.on, root: publication.root },
    base,
    exitUrl,
    lessons: lessons.map((lesson) => ({ page: lesson.page, files: filesOf(lesson), safety: safetyOf(lesson, tell) })),
  };
}

/** What a copy of the lesson has to say: a safety change that waits, and what not to teach until then. */
function safetyOf({ page, standing }: PagedLesson, tell: Tell): BundleSafety | null {
  const sets = standing.sets.filter(({ severity }) => severity === 'safety');
  if (sets.length === 0) return null;
  return { sets: sets.map((note) => tell(note, page)), avoid: placesOf(page, standing.avoid), due: standing.due };
}
