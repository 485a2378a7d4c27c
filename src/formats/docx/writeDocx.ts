import { Document, type FileChild, Packer } from 'docx';
import { legal } from '../exchange/xmlWords.ts';
import type { LessonPage, LessonSheet } from '../page/lessonPage.ts';
import { documentOf } from '../typst/frame.ts';
import { guidePart } from '../typst/guideInput.ts';
import type { Frame } from '../typst/pdfInput.ts';
import { helpBox } from '../typst/setBlocks.ts';
import { sheetPart } from '../typst/sheetInput.ts';
import { labelLine, type SheetLabels } from '../typst/sheetLabels.ts';
import { footerOf, headerOf } from './frameParts.ts';
import { guideBody } from './guideBody.ts';
import { sealDocx } from './sealDocx.ts';
import { sheetBody } from './sheetBody.ts';
import { numbering, pageSize, sideMargin, stylesOf } from './styles.ts';
import { type DocxPictures, languageTag, type Writing, writingOf } from './writing.ts';

/**
 * The teacher's guide to one lesson as a Word document that can be changed. `pictures` holds every picture that the
 * guide places, by its segment; throws when one is missing. Same input, same bytes.
 */
export async function writeGuideDocx(
  page: LessonPage,
  labels: SheetLabels,
  pictures: DocxPictures = {},
): Promise<Uint8Array> {
  const writing = writingOf(page, labels, pictures);
  const part = guidePart(page, labels);
  const body = guideBody(part, (minutes) => labelLine(labels.minutes, { minutes }), writing);
  return written(page, page.title, part.frame, body, writing);
}

/** One sheet for learners or a family, as `writeGuideDocx`. The keys of the questions are in no sheet. */
export async function writeSheetDocx(
  page: LessonPage,
  sheet: LessonSheet,
  labels: SheetLabels,
  pictures: DocxPictures = {},
): Promise<Uint8Array> {
  const writing = writingOf(page, labels, pictures);
  const part = sheetPart(page, sheet, labels);
  return written(page, sheet.title, part.frame, sheetBody(part, writing), writing);
}

async function written(
  page: LessonPage,
  title: string,
  frame: Frame,
  children: readonly FileChild[],
  writing: Writing,
): Promise<Uint8Array> {
  const { labels } = writing;
  const about = documentOf(page, title, labels);
  const footer = await footerOf(
    frame,
    helpBox(page, labels, false),
    page.imprint.draft ? null : page.imprint.verifyUrl,
    writing,
  );
  const margin = { top: 1200, bottom: 2080, left: sideMargin, right: sideMargin, header: 480, footer: 340 };
  const document = new Document({
    creator: 'Headwater',
    title: legal(about.title),
    styles: stylesOf(writing),
    numbering,
    sections: [
      {
        properties: { page: { size: pageSize, margin } },
        headers: { default: headerOf(frame, writing) },
        footers: { default: footer },
        children: [...children],
      },
    ],
  });
  const bytes = await Packer.toBuffer(document);
  return sealDocx(bytes, {
    title: about.title,
    description: about.description,
    language: languageTag(page),
    on: page.imprint.lessonEdition?.on ?? null,
  });
}
