import {
  AlignmentType,
  Footer,
  Header,
  ImageRun,
  type Paragraph,
  type ParagraphChild,
  TabStopType,
  TextRun,
} from 'docx';
import QRCode from 'qrcode';
import type { Frame, HelpBox } from '../typst/pdfInput.ts';
import { qrText } from '../typst/qrModules.ts';
import { typedLine, wordsLine } from '../typst/sheetLabels.ts';
import { helpLineOf } from './help.ts';
import { paragraph, styled } from './paragraphs.ts';
import { runs } from './runs.ts';
import { line, textWidth } from './styles.ts';
import { table } from './tables.ts';
import type { Writing } from './writing.ts';

const atEnd = { tabStops: [{ type: TabStopType.RIGHT, position: textWidth }] } as const;
const tab = (): TextRun => new TextRun({ children: ['\t'] });

/** The running line and, where there are any, the notices that this is a draft or a demonstration. */
export function headerOf(frame: Frame, writing: Writing): Header {
  const running: readonly ParagraphChild[] = [
    ...runs(frame.runningStart, writing),
    tab(),
    ...runs(frame.runningEnd, writing),
  ];
  const notices = frame.notices.flatMap((notice) => styled(notice, 'Small', writing, { bold: true }));
  return new Header({
    children: [
      ...paragraph(running, writing, { style: 'Small', ...atEnd, border: { bottom: line(6, 4) } }),
      ...notices,
    ],
  });
}

/** A QR code for print: 8 pixels a module, black on white, with its quiet zone. */
async function qrPicture(url: string, alt: string): Promise<ImageRun> {
  const data = await QRCode.toBuffer(qrText(url), { errorCorrectionLevel: 'M', margin: 2, scale: 8, type: 'png' });
  return new ImageRun({
    type: 'png',
    data,
    transformation: { width: 72, height: 72 },
    altText: { name: 'QR', description: alt },
  });
}

/** How to find out whether this copy is current, and where it comes from. */
async function imprintTable(
  frame: Frame,
  verifyUrl: string | null,
  writing: Writing,
): Promise<ReturnType<typeof table>> {
  const { question, how, code, qr, lines } = frame.imprint;
  const check: readonly Paragraph[] = [
    ...paragraph([...runs(question, writing, { bold: true }), ...runs([...wordsLine(' '), ...how], writing)], writing, {
      style: 'Small',
    }),
    ...styled(typedLine(code), 'Small', writing, { bold: true, size: 26 }),
  ];
  const origin = [...lines, frame.imprint.page].flatMap((words) =>
    paragraph(runs(words, writing), writing, { style: 'Small', alignment: AlignmentType.END }),
  );
  const picture =
    qr === null || verifyUrl === null
      ? []
      : [paragraph([await qrPicture(verifyUrl, qr.alt)], writing, { spacing: { after: 0 } })];
  const cells = [...picture, ...(code === '' ? [] : [check]), origin];
  const shares = { 1: [1], 2: [5, 6], 3: [2, 6, 7] }[cells.length] ?? [1];
  return table([cells], { shares, borders: 'topped', padding: 40 }, writing);
}

/** What every page ends with: whether this copy is current, where it comes from, licence and page, whom to call. */
export async function footerOf(
  frame: Frame,
  help: HelpBox,
  verifyUrl: string | null,
  writing: Writing,
): Promise<Footer> {
  return new Footer({
    children: [
      await imprintTable(frame, verifyUrl, writing),
      // A table never ends a foot.
      ...paragraph(helpLineOf(help, writing), writing, { style: 'Small', spacing: { before: 60, after: 0 } }),
    ],
  });
}
