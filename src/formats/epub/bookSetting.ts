import type { SegmentId } from '../../domain/package/lessonPackage.ts';
import type { LabelledDrawing } from '../drawing/labelDrawing.ts';
import type { SheetLabels } from '../typst/sheetLabels.ts';

/** A picture of a lesson: a drawing with its words, or a file of an edition's own. */
export type EpubPicture =
  | { readonly kind: 'drawing'; readonly drawing: LabelledDrawing }
  | { readonly kind: 'file'; readonly type: 'jpeg' | 'png' | 'webp'; readonly bytes: Uint8Array };
/** By the segment that places the picture. */
export type EpubPictures = Readonly<Record<SegmentId, EpubPicture>>;

/** The words of a book that no sheet has, in the edition's language: `locales/{language}/book.json`. */
export const bookLabelKeys = ['contents', 'lessonsOf', 'accessibility'] as const;
export type BookLabels = Readonly<Record<(typeof bookLabelKeys)[number], string>>;

/** What a chapter is set with. Paths are as seen from the chapter. */
export type ChapterSetting = {
  readonly labels: SheetLabels;
  /** The file of a picture and what it shows. */
  readonly pictureOf: (segment: SegmentId) => { readonly path: string; readonly alt: string };
  /** The file of the chapter's QR code; empty without one. */
  readonly qrPath: string;
};

/** One chapter of a book: a guide or a sheet. */
export type Chapter = {
  /** `B4/guide.xhtml` */
  readonly path: string;
  readonly title: string;
  readonly body: string;
  /** Places within, for the table of contents. */
  readonly places: readonly { readonly id: string; readonly title: string }[];
};
