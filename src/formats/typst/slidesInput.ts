import type { Paper } from '../files/lessonFile.ts';
import type { LessonPage } from '../page/lessonPage.ts';
import { deckOf } from '../slides/deckOf.ts';
import { documentOf, frameOf } from './frame.ts';
import type { PdfInput, SlidesPart } from './pdfInput.ts';
import { helpBox } from './setBlocks.ts';
import { lessonLine } from './sheetInput.ts';
import { labelLine, type SheetLabels } from './sheetLabels.ts';

function slidesPart(page: LessonPage, labels: SheetLabels, form: SlidesPart['form']): SlidesPart {
  const { foot, slides } = deckOf(page, labels);
  return {
    kind: 'slides',
    form,
    frame: frameOf(page, labels, lessonLine(page, labels), labelLine(labels.slidesLine)),
    title: page.title,
    help: helpBox(page, labels, false),
    notesTitle: labelLine(labels.slideNotes),
    foot,
    slides,
  };
}

/** `slides.pdf`: to be shown, one slide a page. */
export function slidesInput(page: LessonPage, labels: SheetLabels): PdfInput {
  return { document: documentOf(page, page.title, labels), parts: [slidesPart(page, labels, 'screen')] };
}

/** `slides-with-notes.pdf`: each slide small, with what the teacher says and does, on upright paper. */
export function slideNotesInput(page: LessonPage, labels: SheetLabels, paper: Paper = 'a4'): PdfInput {
  return { document: documentOf(page, page.title, labels, paper), parts: [slidesPart(page, labels, 'paper')] };
}
