import type { Hash } from '../domain/release/release.ts';
import type { Day } from '../domain/time.ts';
import type { Bundle, BundleFile, BundleLesson, BundleSafety } from '../formats/bundle/bundle.ts';
import { pictureHashes } from '../formats/bundle/places.ts';
import type { LessonPage } from '../formats/page/lessonPage.ts';
import { addresses } from './addresses.ts';
import { helpOfEdition } from './editionFacts.ts';
import { frameLanguage, type Words } from './languages.ts';

/** A file of a lesson as the site names it, and how its bytes are had. */
export type PackedFile = {
  readonly file:
    | { readonly kind: 'pack' | 'guide' | 'slides' | 'slideNotes' | 'book'; readonly paper: 'a4' | 'letter' | null }
    | { readonly kind: 'sheet'; readonly name: string; readonly paper: 'a4' | 'letter' | null };
  readonly savedName: string;
  readonly read: () => Promise<Uint8Array>;
};

/** One publication with the files that were built for it; lessons that can be read now, in teaching order. */
export type PackedEdition = {
  readonly edition: string;
  readonly language: string;
  readonly country: string;
  readonly demonstration: boolean;
  readonly publication: { readonly number: number; readonly on: Day; readonly root: Hash };
  /** `https://headwater.example`; null where no address may be printed. */
  readonly base: string | null;
  /** Where *Exit this page* leads. */
  readonly exitUrl: string;
  readonly lessons: readonly {
    readonly page: LessonPage;
    readonly files: readonly PackedFile[];
    /** Null where nothing about safety waits. */
    readonly safety: BundleSafety | null;
  }[];
};

export type BundleSources = {
  readonly words: Words;
  /** The bytes of an edition's own picture; null where there are none. */
  readonly pictureOf: (hash: Hash) => Promise<Uint8Array | null>;
};

const papers = { a4: 'A4', letter: 'Letter' } as const;

function labelOf({ file }: PackedFile, page: LessonPage, words: Words): string {
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
export async function bundleOf(packed: PackedEdition, sources: BundleSources): Promise<Bundle> {
  const { words, pictureOf } = sources;
  const lessons: BundleLesson[] = [];
  for (const { page, files, safety } of packed.lessons) {
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
  const { edition: tag, language, country, demonstration, publication, base, exitUrl } = packed;
  const release = oldest(packed.lessons.map(({ page }) => page));
  const address = base && `${base}${addresses.edition(tag)}`;
  const help = helpOfEdition(packed.lessons);
  return {
    edition: { tag, language, country, demonstration, exitUrl, publication, release, help, address },
    lessons,
  };
}
