import { join } from 'node:path';
import type { writeGuideDocx, writeSheetDocx } from '../../formats/docx/writeDocx.ts';
import type { LessonFile } from '../../formats/files/lessonFile.ts';
import type { LessonWriter } from '../../formats/files/writers.ts';
import { blocksOf } from '../../formats/page/blocksOf.ts';
import type { Block, LessonPage } from '../../formats/page/lessonPage.ts';
import type { SheetLabels } from '../../formats/typst/sheetLabels.ts';
import { labelFiles, readLabels } from '../labels.ts';
import type { OffThread } from '../offThread/offThread.ts';
import { sealOf } from '../seal.ts';
import { docxPictures, fitsWord, type PictureSources } from './pictures.ts';

const formats = join(import.meta.dirname, '../../formats');

/** What stands in the guide: everything but what is on the sheets and the slides. */
const guideBlocks = (page: LessonPage): readonly Block[] => blocksOf({ ...page, sheetsToPrint: [], slides: [] });

/** The guide and the sheets as Word documents, for teachers who change them. */
export function wordWriter(offThread: OffThread, sources: PictureSources): LessonWriter {
  const labelsOf = readLabels<SheetLabels>('sheet');
  const module = new URL('../../formats/docx/writeDocx.ts', import.meta.url);
  const guide = offThread.of<typeof writeGuideDocx>(module, 'writeGuideDocx');
  const sheet = offThread.of<typeof writeSheetDocx>(module, 'writeSheetDocx');
  const word = (use: { kind: 'guide' } | { kind: 'sheet'; name: string }): LessonFile => ({
    ...use,
    format: 'docx',
    paper: null,
  });
  return {
    version: sealOf([join(formats, 'docx'), join(formats, 'typst'), ...labelFiles('sheet')]),
    filesOf: (page) => [
      ...(fitsWord(guideBlocks(page)) ? [word({ kind: 'guide' })] : []),
      ...page.sheetsToPrint.filter(({ blocks }) => fitsWord(blocks)).map(({ name }) => word({ kind: 'sheet', name })),
    ],
    build: async (page, file) => {
      const labels = labelsOf(page.imprint.language);
      if (file.kind === 'guide') return guide(page, labels, await docxPictures(page, guideBlocks(page), sources));
      const wanted = page.sheetsToPrint.find(({ name }) => file.kind === 'sheet' && name === file.name);
      if (wanted === undefined) throw new Error(`Lesson ${page.lesson} has no such sheet for Word`);
      return sheet(page, wanted, labels, await docxPictures(page, wanted.blocks, sources));
    },
  };
}
