import {
  BorderStyle,
  type IBordersOptions,
  type INumberingOptions,
  type IRunOptions,
  type IStylesOptions,
  LevelFormat,
  LineRuleType,
} from 'docx';
import type { Writing } from './writing.ts';

/** Between the margins of an A4 page, in twentieths of a point. */
export const textWidth = 10092;
export const pageSize = { width: 11906, height: 16838 } as const;
export const sideMargin = (pageSize.width - textWidth) / 2;

/** Named, not carried: fonts that word processors have, with one that has Arabic letters for complex scripts. */
const fonts = (latin: string) => ({ ascii: latin, hAnsi: latin, cs: 'Arial' });
export const serif = fonts('Georgia');
const sans = fonts('Arial');

export const line = (size: number, space = 0) => ({ style: BorderStyle.SINGLE, size, space, color: '000000' });
/** Distances of lines are shares of the letters' height; said, because some programs take them for fixed. */
const auto = { lineRule: LineRuleType.AUTO } as const;
const frame: IBordersOptions = { top: line(16, 8), bottom: line(16, 8), left: line(16, 8), right: line(16, 8) };

/** The styles that a teacher finds in the word processor's list, so that a changed document stays of a piece. */
export function stylesOf(writing: Writing): IStylesOptions {
  const rtl = writing.direction === 'rtl';
  const language = rtl ? { bidirectional: writing.language, value: 'en-GB' } : { value: writing.language };
  const heading = (size: number, before: number, after: number) => ({
    run: { font: serif, size, bold: writing.arabic, color: '000000' },
    paragraph: { spacing: { before, after }, keepNext: true, keepLines: true },
  });
  const style = (id: string, name: string, run: IRunOptions, paragraph: object = {}) => ({
    ...{ id, name, basedOn: 'Normal', quickFormat: true, run, paragraph },
  });
  return {
    default: {
      document: {
        run: { font: sans, size: writing.arabic ? 23 : 21, language },
        paragraph: { spacing: { after: 120, line: writing.arabic ? 300 : 276, ...auto } },
      },
      heading1: heading(48, 0, 160),
      heading2: heading(30, 280, 120),
      heading3: heading(25, 240, 100),
      heading4: heading(22, 200, 80),
    },
    paragraphStyles: [
      style('Lead', 'Lead', { font: serif, size: 24 }),
      style('Speech', 'Said aloud', { font: serif, size: 22 }, { indent: { left: 400 } }),
      style(
        'Statement',
        'Core statement',
        {},
        { border: frame, indent: { left: 200, right: 200 }, spacing: { before: 200, after: 200 }, keepLines: true },
      ),
      style(
        'WritingLine',
        'Line to write on',
        {},
        { spacing: { before: 120, after: 80, line: 480, ...auto }, keepLines: true },
      ),
      style('PictureCaption', 'Words under a picture', { size: 18 }),
      style('Small', 'Small print', { size: 17 }, { spacing: { after: 60, line: 250, ...auto } }),
      style('Answer', 'Answer', {}, { indent: { left: 680, hanging: 340 }, spacing: { after: 60 } }),
    ],
  };
}

/** Lists of points, and of points to tick off by hand. */
export const numbering: INumberingOptions = {
  config: (['points', 'boxes'] as const).map((reference) => ({
    reference,
    levels: [
      {
        level: 0,
        format: LevelFormat.BULLET,
        text: reference === 'points' ? '•' : '☐',
        style: {
          run: reference === 'points' ? {} : { font: 'Segoe UI Symbol' },
          paragraph: { indent: { left: 400, hanging: 400 }, spacing: { after: 80 } },
        },
      },
    ],
  })),
};
