import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hash } from '../domain/release/release.ts';
import type { LessonPage } from '../formats/page/lessonPage.ts';
import { type Objects, sha256, writeWhole } from './objects.ts';
import type { SiteEntry } from './pointer.ts';

/** Which file of a lesson: the guide, everything in one, or one sheet. */
export type PdfFile =
  | { readonly kind: 'guide' }
  | { readonly kind: 'pack' }
  | { readonly kind: 'sheet'; readonly name: string };

/** Makes classroom files. The same page and the same `version` make the same bytes. */
export type PdfBuilder = {
  readonly version: string;
  build(page: LessonPage, file: PdfFile): Promise<Uint8Array>;
};

/** A file that is made, with its number of pages where it can be read off. */
export type BuiltFile = { readonly entry: SiteEntry; readonly pages: number | null };

/** The count of the page tree, where it is not packed into an object stream. */
export function pagesIn(bytes: Uint8Array): number | null {
  const text = Buffer.from(bytes).toString('latin1');
  const counts = [...text.matchAll(/\/Count (\d+)/g)].map((match) => Number(match[1]));
  return text.includes('/Type /Pages') || text.includes('/Type/Pages') ? Math.max(0, ...counts) || null : null;
}

export const fileNameOf = (file: PdfFile): string => `${file.kind === 'sheet' ? file.name : file.kind}.pdf`;

export function filesOf(page: LessonPage): readonly PdfFile[] {
  return [
    { kind: 'pack' },
    { kind: 'guide' },
    ...page.sheetsToPrint.map(({ name }): PdfFile => ({ kind: 'sheet', name })),
  ];
}

/** Letters that do not fall apart into a base and a mark. */
const latin: Readonly<Record<string, string>> = { ı: 'i', ß: 'ss', ø: 'o', ł: 'l', đ: 'd', æ: 'ae', œ: 'oe', þ: 'th' };

const slug = (text: string): string =>
  text
    .toLocaleLowerCase('en')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[ıßøłđæœþ]/g, (letter) => latin[letter] ?? letter)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 48)
    .replace(/-$/, '');

/** `b4-five-steps_tr-TR_12_a4.pdf`: lesson and sheet, edition, lesson edition, paper. */
export function savedName(page: LessonPage, file: PdfFile): string {
  const what =
    file.kind === 'sheet' ? file.name : (slug(page.title) || file.kind) + (file.kind === 'guide' ? '-guide' : '');
  const number = page.imprint.lessonEdition?.number ?? 0;
  return `${slug(page.lesson)}-${slug(what)}_${page.imprint.edition}_${number}_a4.pdf`;
}

/**
 * PDFs by lesson hash, imprint and builder: what has not changed is never built again. `known` never builds;
 * `make` builds what is missing.
 */
export function createPdfFiles(root: string, objects: Objects, builder: PdfBuilder) {
  const cached = new Map<string, BuiltFile>();
  const building = new Map<string, Promise<BuiltFile>>();
  const keyOf = (hash: Hash, page: LessonPage, file: PdfFile): string =>
    sha256(JSON.stringify([hash, page.imprint, page.title, builder.version, file]));
  const noteOf = (key: string): string => join(root, 'built', `${key}.json`);

  async function known(hash: Hash, page: LessonPage, file: PdfFile): Promise<BuiltFile | null> {
    const key = keyOf(hash, page, file);
    const inMemory = cached.get(key);
    if (inMemory) return inMemory;
    const note = await readFile(noteOf(key), 'utf8').catch(() => null);
    if (note === null) return null;
    const built = JSON.parse(note) as BuiltFile;
    const bytes = await readFile(join(root, built.entry.object)).catch(() => null);
    if (bytes?.length !== built.entry.bytes) return null;
    cached.set(key, built);
    return built;
  }

  /** Asked for twice at once, a file is built once. */
  function make(hash: Hash, page: LessonPage, file: PdfFile): Promise<BuiltFile> {
    const key = keyOf(hash, page, file);
    const running = building.get(key) ?? build(hash, page, file).finally(() => building.delete(key));
    building.set(key, running);
    return running;
  }

  async function build(hash: Hash, page: LessonPage, file: PdfFile): Promise<BuiltFile> {
    const there = await known(hash, page, file);
    if (there) return there;
    const bytes = await builder.build(page, file);
    const pages = pagesIn(bytes);
    const entry = await objects.file(bytes, 'application/pdf', 'pdf', savedName(page, file));
    const key = keyOf(hash, page, file);
    await writeWhole(noteOf(key), JSON.stringify({ entry, pages }));
    cached.set(key, { entry, pages });
    return { entry, pages };
  }

  return { known, make };
}

export type PdfFiles = ReturnType<typeof createPdfFiles>;
