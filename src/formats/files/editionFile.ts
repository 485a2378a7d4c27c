import type { EditionTag } from '../../domain/edition/edition.ts';
import type { Hash } from '../../domain/release/release.ts';
import type { Day } from '../../domain/time.ts';
import type { BundleSafety } from '../bundle/bundle.ts';
import type { LessonPage } from '../page/lessonPage.ts';
import type { LessonFile } from './lessonFile.ts';

/** A file of the whole edition: for a USB stick, as a book, for a learning platform. In the order of importance. */
export const editionFileKinds = ['usb', 'wholeBook', 'scorm', 'cartridge'] as const;
export type EditionFileKind = (typeof editionFileKinds)[number];

const shapes: Readonly<
  Record<EditionFileKind, { readonly name: string; readonly mediaType: string; readonly suffix: string }>
> = {
  usb: { name: 'usb.zip', mediaType: 'application/zip', suffix: '_usb.zip' },
  wholeBook: { name: 'book.epub', mediaType: 'application/epub+zip', suffix: '.epub' },
  scorm: { name: 'scorm.zip', mediaType: 'application/zip', suffix: '_scorm.zip' },
  cartridge: { name: 'cartridge.imscc', mediaType: 'application/zip', suffix: '.imscc' },
};

/** A lesson's file that stands in a file of the edition. */
export type BookFile = {
  readonly file: LessonFile;
  /** `pack.pdf` */
  readonly name: string;
  readonly savedName: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly read: () => Promise<Uint8Array>;
};

/** Everything that a file of the whole edition is made from: the lessons that can be read now, in teaching order. */
export type EditionBook = {
  readonly edition: EditionTag;
  readonly language: string;
  readonly country: string;
  readonly direction: 'ltr' | 'rtl';
  readonly demonstration: boolean;
  readonly publication: { readonly number: number; readonly on: Day; readonly root: Hash };
  /** Public address of the site, without a slash at the end; null where it has none that may be printed. */
  readonly base: string | null;
  /** Where *Exit this page* leads. */
  readonly exitUrl: string;
  readonly lessons: readonly {
    readonly page: LessonPage;
    readonly files: readonly BookFile[];
    /** A safety change that waits on the day of the file; null for nearly all. */
    readonly safety: BundleSafety | null;
  }[];
};

/** Where the file stands below `/{edition}/package/`. */
export const editionFileName = (kind: EditionFileKind): string => shapes[kind].name;
export const editionMediaType = (kind: EditionFileKind): string => shapes[kind].mediaType;
/** What its name ends with, without the dot. */
export const editionExtension = (kind: EditionFileKind): string => shapes[kind].name.split('.')[1] ?? '';

/** `headwater_tr-TR_12_usb.zip`: edition and publication. */
export function editionSavedName(kind: EditionFileKind, edition: EditionTag, publication: number): string {
  return `headwater_${edition}_${publication}${shapes[kind].suffix}`;
}
