import { nameBeside, urlLabel } from '../page/factInlines.ts';
import type { Block, HelpLine, LessonPage } from '../page/lessonPage.ts';
import { plainText } from '../page/plainText.ts';
import { creditLine } from './creditLine.ts';
import { dayInWords } from './frame.ts';
import type { HelpBox, SetBlock, SetHelp } from './pdfInput.ts';
import { labelLine, type SheetLabels, typedLine, wordsLine } from './sheetLabels.ts';

/** Segments as they are set. */
export function setBlocks(blocks: readonly Block[], labels: SheetLabels): readonly SetBlock[] {
  return blocks.map(({ segment, kind, paragraphs, untranslated, drawing, picture }) => ({
    kind,
    lines: paragraphs,
    untranslated: untranslated ?? false,
    ...(drawing === undefined && picture === undefined
      ? {}
      : { drawing: { key: segment, alt: plainText(paragraphs), credit: creditLine(picture, labels) } }),
  }));
}

/** In place of a number of cells: the services that follow the box, a line each. */
const inLines = 0;

/** Large enough to be read across a room, small enough for its cell. */
function callSize(text: string, cells: number): number {
  const room = cells > 2 ? 17 : 27;
  return Math.max(13, Math.min(cells > 2 ? 26 : 32, Math.floor((room * 16) / Math.max(text.length, 1))));
}

function setHelp(line: HelpLine, labels: SheetLabels, cells: number): SetHelp {
  const use = {
    child: labels.helpChild,
    crisis: labels.helpCrisis,
    danger: labels.helpDanger,
    report: labels.helpReport,
    removal: labels.helpRemoval,
  }[line.use];
  const call = line.display || urlLabel(line.url);
  const name = nameBeside(line.name, call);
  return {
    use: line.use,
    label: labelLine(use),
    // Beside a large number there is no room; in the lines below it the address follows the number.
    call:
      cells === inLines && line.display && line.url
        ? [...typedLine(call), ...wordsLine(labels.comma), ...typedLine(urlLabel(line.url))]
        : typedLine(call),
    link: line.dial ? `tel:${line.dial}` : line.url,
    size: callSize(call, cells),
    note: [...wordsLine(name), ...(name && line.hours ? wordsLine(labels.comma) : []), ...wordsLine(line.hours)],
  };
}

/** A line to talk to, and no service for reports. */
export const isMain = ({ use }: HelpLine): boolean => use === 'child' || use === 'crisis' || use === 'danger';

/** The help box. `everything`: with the services that are no lines to talk to, for adults. */
export function helpBox(page: LessonPage, labels: SheetLabels, everything: boolean): HelpBox {
  const { help, imprint } = page;
  const main = help.lines.filter(isMain);
  return {
    title: labelLine(labels.help),
    main: main.map((line) => setHelp(line, labels, main.length)),
    more: everything ? help.lines.filter((line) => !isMain(line)).map((line) => setHelp(line, labels, inLines)) : [],
    notices: help.suspended ? [labelLine(labels.numberTakenOut)] : [],
    check: help.checkedOn
      ? labelLine(labels.checkedOn, { date: wordsLine(dayInWords(help.checkedOn, imprint)) })
      : labelLine(labels.notChecked),
  };
}
