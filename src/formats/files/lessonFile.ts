import type { LessonId } from '../../domain/package/lessonPackage.ts';
import type { LessonPage } from '../page/lessonPage.ts';
import { slug } from './slug.ts';

export type Paper = 'a4' | 'letter';

/** What a file is used for: everything to print, the guide, one sheet, the slides, the slides beside their notes, or the lesson as a book to read. */
export type FileUse =
  | { readonly kind: 'pack' }
  | { readonly kind: 'guide' }
  | { readonly kind: 'sheet'; readonly name: string }
  | { readonly kind: 'slides' }
  | { readonly kind: 'slideNotes' }
  | { readonly kind: 'book' };

/** A file of a lesson. `paper` is null where a file has no paper of its own. */
export type LessonFile = FileUse & {
  readonly format: 'pdf' | 'docx' | 'pptx' | 'epub';
  readonly paper: Paper | null;
};

export const mediaTypes: Readonly<Record<LessonFile['format'], string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  epub: 'application/epub+zip',
};

/** Countries whose schools print on Letter (CLDR). */
const onLetter = new Set('BZ CA CL CO CR DO GT MX NI PA PH PR SV US VE'.split(' '));

/** The paper of a country (`US`, `US-CA`), then the other one. */
export function papersOf(country: string): readonly [Paper, Paper] {
  return onLetter.has(country.split('-')[0] ?? '') ? ['letter', 'a4'] : ['a4', 'letter'];
}

const names = {
  pack: 'pack',
  guide: 'guide',
  slides: 'slides',
  slideNotes: 'slides-with-notes',
  book: 'book',
} as const;

/** Where the file stands below its lesson: `pack.pdf`, `five-steps.letter.pdf`, `guide.docx`. */
export function fileNameOf(file: LessonFile): string {
  const base = file.kind === 'sheet' ? file.name : names[file.kind];
  return `${base}${file.paper === 'letter' ? '.letter' : ''}.${file.format}`;
}

const endings = { pack: '', guide: '-guide', slides: '-slides', slideNotes: '-slides-with-notes', book: '' } as const;

/** `b4-five-steps_tr-TR_12_a4.pdf`: lesson and sheet, edition, lesson edition, paper where there is one. */
export function savedName(page: LessonPage, file: LessonFile): string {
  const title = slug(page.title);
  // The ending comes after the cut: two files of a lesson with a long title would else have one name.
  const what =
    file.kind === 'sheet' ? slug(file.name) : title === '' ? slug(file.kind) : `${title}${endings[file.kind]}`;
  const number = page.imprint.lessonEdition?.number ?? 0;
  const paper = file.paper === null ? '' : `_${file.paper}`;
  return `${slug(page.lesson)}-${what}_${page.imprint.edition}_${number}${paper}.${file.format}`;
}

/** What is counted together on the desk, in the order of importance to a class. */
export const lessonFileGroups = ['pack', 'print', 'word', 'slides', 'slidesPdf', 'book'] as const;
export type LessonFileGroup = (typeof lessonFileGroups)[number];

export function groupOf(file: LessonFile): LessonFileGroup {
  if (file.format === 'docx') return 'word';
  if (file.kind === 'pack' || file.kind === 'book') return file.kind;
  if (file.kind === 'slideNotes') return 'slidesPdf';
  if (file.kind === 'slides') return file.format === 'pptx' ? 'slides' : 'slidesPdf';
  return 'print';
}

/** The pack of the country's paper first, then what is printed on it, then the other paper, then what is edited or shown. */
export function rankOf(file: LessonFile, country: string): number {
  const group = groupOf(file);
  const other = file.paper !== null && file.paper !== papersOf(country)[0];
  if (group === 'pack') return other ? 2 : 0;
  if (group === 'print') return other ? 3 : 1;
  return 2 + lessonFileGroups.indexOf(group);
}

/**
 * What is built together and then attached: the country's paper, the other paper, what is edited or shown. The files of
 * the whole edition come after them.
 */
export function stageOf(file: LessonFile, country: string): 0 | 1 | 2 {
  const rank = rankOf(file, country);
  return rank < 2 ? 0 : rank < 4 ? 1 : 2;
}

/** A lesson and one of its files, as the desk names them. */
export type NamedFile = { readonly lesson: LessonId | null; readonly file: string };
