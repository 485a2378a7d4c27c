import type { Hash } from '../domain/release/release.ts';
import type { Bundle, BundleFile, BundleLesson } from '../formats/bundle/bundle.ts';
import { pictureHashes } from '../formats/bundle/places.ts';
import type { BookFile, EditionBook } from '../formats/files/editionFile.ts';
import type { LessonPage } from '../formats/page/lessonPage.ts';
import { addresses } from './addresses.ts';
import { helpOfEdition } from './editionFacts.ts';
import { frameLanguage, type Words } from './languages.ts';

export type BundleSources = {
  readonly words: Words;
  /** The bytes of an edition's own picture; null where there are none. */
  readonly pictureOf: (hash: Hash) => Promise<Uint8Array | null>;
};

const papers = { a4: 'A4', letter: 'Letter' } as const;

function labelOf({ file }: BookFile, page: LessonPage, words: Words): string {
  const language = frameLanguage(page.imprint.language);
  const sheet = file.kind === 'sheet' ? page.sheetsToPrint.find(({ name }) => name === file.name) : undefined;
  const what = {
    pack: words(language, 'public:files.pack'),
    guide: words(language, 'public:files.guide'),
    slides: words(language, 'bundle:file.slides'),
    slideNotes: words(language, 'public:files.slideNotes'),
    book: words(language, 'bundle:file.book'),
    sheet: sheet?.title ?? words(language, 'public:files.handout'),
  }[file.kind];
  return file.paper === null ? what : `${what}, ${papers[file.paper]}`;
}

/** The oldest release that a lesson stands on. */
const oldest = (pages: readonly LessonPage[]): string =>
  pages
    .map(({ imprint }) => imprint.release)
    .sort((one, other) => one.localeCompare(other, 'en', { numeric: true }))[0] ?? '';

/** Reads everything that a bundle holds; the writers then need nothing but their input. */
export async function bundleOf(book: EditionBook, sources: BundleSources): Promise<Bundle> {
  const { words, pictureOf } = sources;
  const lessons: BundleLesson[] = [];
  for (const { page, files, safety } of book.lessons) {
    const beside: BundleFile[] = [];
    for (const file of files) {
      beside.push({ name: file.savedName, label: labelOf(file, page, words), bytes: await file.read() });
    }
    const pictures = new Map<Hash, Uint8Array>();
    for (const hash of pictureHashes({ page })) {
      const bytes = await pictureOf(hash);
      if (bytes !== null) pictures.set(hash, bytes);
    }
    lessons.push({ page, files: beside, pictures, safety });
  }
  const { edition: tag, language, country, demonstration, publication, base, exitUrl } = book;
  const release = oldest(book.lessons.map(({ page }) => page));
  const address = base && `${base}${addresses.edition(tag)}`;
  const help = helpOfEdition(book.lessons);
  return {
    edition: { tag, language, country, demonstration, exitUrl, publication, release, help, address },
    lessons,
  };
}
