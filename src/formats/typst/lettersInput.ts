import type { LabelledDrawing } from '../drawing/labelDrawing.ts';
import type { LessonPage } from '../page/lessonPage.ts';
import { documentOf } from './frame.ts';
import type { PdfInput } from './pdfInput.ts';
import type { SheetLabels } from './sheetLabels.ts';

/** The words of one drawing, as JSON for the templates: set where a sheet would set them, on a page of the drawing's size. */
export type LettersInput = {
  readonly document: PdfInput['document'];
  readonly drawing: Omit<LabelledDrawing, 'svg'>;
};

export function lettersInput(
  page: LessonPage,
  { width, height, texts }: LabelledDrawing,
  labels: SheetLabels,
): LettersInput {
  return { document: documentOf(page, page.title, labels), drawing: { width, height, texts } };
}
