import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type EditionBook,
  editionExtension,
  editionMediaType,
  editionSavedName,
} from '../formats/files/editionFile.ts';
import { mediaTypes, savedName } from '../formats/files/lessonFile.ts';
import type { EditionWriter, LessonTask } from '../formats/files/writers.ts';
import type { LessonPage } from '../formats/page/lessonPage.ts';
import { hashIn, type Objects, sha256, writeWhole } from './objects.ts';
import type { SiteEntry } from './pointer.ts';

/** A file that is made, with its number of pages where it can be read off. */
export type BuiltFile = { readonly entry: SiteEntry; readonly pages: number | null };

/** A file to make: the same `key`, the same bytes. */
export type Piece = {
  readonly key: string;
  readonly mediaType: string;
  readonly extension: string;
  readonly savedName: string;
  readonly write: () => Promise<Uint8Array>;
};

/** The count of the page tree, where it is not packed into an object stream. */
export function pagesIn(bytes: Uint8Array): number | null {
  const text = Buffer.from(bytes).toString('latin1');
  const counts = [...text.matchAll(/\/Count (\d+)/g)].map((match) => Number(match[1]));
  return text.includes('/Type /Pages') || text.includes('/Type/Pages') ? Math.max(0, ...counts) || null : null;
}

/** The hash of a file's bytes, which is also the name of its object. */
export const sha256Of = ({ entry }: BuiltFile): string => hashIn(entry.object);

/** A lesson's file: by the lesson's hash, its imprint, and the version of who makes it. */
export function lessonPiece(hash: string, page: LessonPage, { file, writer }: LessonTask): Piece {
  const name = savedName(page, file);
  return {
    key: sha256(JSON.stringify([hash, page.imprint, name, page.title, writer.version, file])),
    mediaType: mediaTypes[file.format],
    extension: file.format,
    savedName: name,
    write: () => writer.build(page, file),
  };
}

/** A file of the edition: by its publication, every lesson that can be read now, and the files that stand in it. */
export function editionPiece(book: EditionBook, hashes: readonly string[], writer: EditionWriter): Piece {
  const { edition, publication, base, exitUrl, demonstration } = book;
  const lessons = book.lessons.map(({ page, files, safety }, place) => [
    hashes[place],
    page.imprint,
    page.title,
    safety,
    files.map(({ name, savedName: saved, sha256: hash }) => [name, saved, hash]),
  ]);
  return {
    key: sha256(JSON.stringify([publication, base, exitUrl, demonstration, writer.kind, writer.version, lessons])),
    mediaType: editionMediaType(writer.kind),
    extension: editionExtension(writer.kind),
    savedName: editionSavedName(writer.kind, edition, publication.number),
    write: () => writer.build(book),
  };
}

/** Files by their key: what has not changed is never built again. `known` never builds; `make` builds what is missing. */
export function createBuiltFiles(root: string, objects: Objects) {
  const cached = new Map<string, BuiltFile>();
  const building = new Map<string, Promise<BuiltFile>>();
  const noteOf = (key: string): string => join(root, 'built', `${key}.json`);

  async function noted(key: string): Promise<BuiltFile | null> {
    const note = await readFile(noteOf(key), 'utf8').catch(() => null);
    return note === null ? null : (JSON.parse(note) as BuiltFile);
  }

  /** The note is remembered; whether its file is there is looked at each time: the folder may have been taken away. */
  async function known({ key }: Pick<Piece, 'key'>): Promise<BuiltFile | null> {
    const built = cached.get(key) ?? (await noted(key));
    const there = built && (await stat(join(root, built.entry.object)).catch(() => null));
    if (built === null || there?.size !== built.entry.bytes) {
      cached.delete(key);
      return null;
    }
    cached.set(key, built);
    return built;
  }

  /** Asked for twice at once, a file is built once. */
  function make(piece: Piece): Promise<BuiltFile> {
    const { key } = piece;
    const running = building.get(key) ?? build(piece).finally(() => building.delete(key));
    building.set(key, running);
    return running;
  }

  async function build(piece: Piece): Promise<BuiltFile> {
    const there = await known(piece);
    if (there) return there;
    const bytes = await piece.write();
    const entry = await objects.file(bytes, piece.mediaType, piece.extension, piece.savedName);
    const built = { entry, pages: piece.extension === 'pdf' ? pagesIn(bytes) : null };
    await writeWhole(noteOf(piece.key), JSON.stringify(built));
    cached.set(piece.key, built);
    return built;
  }

  return { known, make, read: (built: BuiltFile): Promise<Uint8Array> => readFile(join(root, built.entry.object)) };
}

export type BuiltFiles = ReturnType<typeof createBuiltFiles>;
