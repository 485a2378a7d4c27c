import type { SegmentId } from '../../domain/package/lessonPackage.ts';
import { altTexts } from '../page/altTexts.ts';
import type { LessonPage } from '../page/lessonPage.ts';
import type { SheetLabels } from '../typst/sheetLabels.ts';

/** A picture as a file, with its size in any unit: drawings already carry their words. */
export type DocxPicture = {
  readonly type: 'png' | 'jpg';
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
};
/** By the segment that places the picture. */
export type DocxPictures = Readonly<Record<SegmentId, DocxPicture>>;

/** What all words of a document are written with. */
export type Writing = {
  readonly labels: SheetLabels;
  /** Of the words being written; those still in the source's language have its own. */
  readonly direction: 'ltr' | 'rtl';
  /** `ar-EG` */
  readonly language: string;
  /** Arabic script: bold instead of italics, bold headings. */
  readonly arabic: boolean;
  readonly pictures: DocxPictures;
  readonly alts: ReadonlyMap<SegmentId, string>;
};

const arabicScript = ['ar', 'fa', 'ur', 'ckb', 'ps', 'sd', 'ug'];

/** `ar-EG`; without the parts of a country, which no word processor knows. */
export function languageTag({ imprint }: LessonPage): string {
  return `${imprint.language.split('-')[0]}-${imprint.country.split('-')[0]}`;
}

export function writingOf(page: LessonPage, labels: SheetLabels, pictures: DocxPictures): Writing {
  const { language, direction } = page.imprint;
  const arabic = arabicScript.includes(language.split('-')[0] ?? '');
  return { labels, direction, language: languageTag(page), arabic, pictures, alts: altTexts(page) };
}

/** For words that are still in the source's language. */
export const inSource = (writing: Writing): Writing => ({
  ...writing,
  direction: 'ltr',
  language: 'en-GB',
  arabic: false,
});
