import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { writeGuideDocx, writeSheetDocx } from '../../formats/docx/writeDocx.ts';
import type { DocxPictures } from '../../formats/docx/writing.ts';
import type { LessonFile } from '../../formats/files/lessonFile.ts';
import type { LessonWriter } from '../../formats/files/writers.ts';
import { blocksOf } from '../../formats/page/blocksOf.ts';
import type { Block, LessonPage } from '../../formats/page/lessonPage.ts';
import { lettersInput } from '../../formats/typst/lettersInput.ts';
import type { SheetLabels } from '../../formats/typst/sheetLabels.ts';
import type { Beside } from '../beside/beside.ts';
import type { inGreys } from '../dots.ts';
import { labelFiles, readLabels } from '../labels.ts';
import type { PdfBuilder } from '../pdf/pdfBuilder.ts';
import { sealOf } from '../seal.ts';
import { docxPictures, type PictureSources } from './pictures.ts';

const formats = join(import.meta.dirname, '../../formats');
const rooms = ['docx', 'typst', 'drawing'].map((room) => join(formats, room));
const dotsModule = new URL('../dots.ts', import.meta.url);
const templates = join(import.meta.dirname, '../pdf/templates');

/** What stands in the guide: everything but what is on the sheets and the slides. */
const guideBlocks = (page: LessonPage): readonly Block[] => blocksOf({ ...page, sheetsToPrint: [], slides: [] });

/** The guide and the sheets as Word documents, for teachers who change them. */
export function wordWriter(beside: Beside, sources: PictureSources, pdfs: PdfBuilder): LessonWriter {
  const labelsOf = readLabels<SheetLabels>('sheet');
  const module = new URL('../../formats/docx/writeDocx.ts', import.meta.url);
  const guide = beside.of<typeof writeGuideDocx>(module, 'writeGuideDocx');
  const sheet = beside.of<typeof writeSheetDocx>(module, 'writeSheetDocx');
  const dots = beside.of<typeof inGreys>(dotsModule, 'inGreys');
  const word = (use: { kind: 'guide' } | { kind: 'sheet'; name: string }): LessonFile => ({
    ...use,
    format: 'docx',
    paper: null,
  });
  return {
    version: sealOf([...rooms, import.meta.dirname, fileURLToPath(dotsModule), templates, ...labelFiles('sheet')]),
    filesOf: (page) => [
      word({ kind: 'guide' }),
      ...page.sheetsToPrint.map(({ name }) => word({ kind: 'sheet', name })),
    ],
    build: async (page, file) => {
      const labels = labelsOf(page.imprint.language);
      const pictures = (blocks: readonly Block[]): Promise<DocxPictures> =>
        docxPictures(page, blocks, { ...sources, dots }, (drawing) =>
          pdfs.letters(lettersInput(page, drawing, labels)),
        );
      if (file.kind === 'guide') return guide(page, labels, await pictures(guideBlocks(page)));
      const wanted = page.sheetsToPrint.find(({ name }) => file.kind === 'sheet' && name === file.name);
      if (wanted === undefined) throw new Error(`Lesson ${page.lesson} has no such sheet for Word`);
      return sheet(page, wanted, labels, await pictures(wanted.blocks));
    },
  };
}
