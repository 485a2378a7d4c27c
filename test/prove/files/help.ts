import type { SheetLabels } from '../../../src/formats/typst/sheetLabels.ts';
import type { ExpectedHelp, ExpectedLesson } from './judge.ts';
import { type Reading, standsAlone } from './reading.ts';

const mainUses: readonly string[] = ['child', 'crisis', 'danger'];
const isMain = ({ use }: ExpectedHelp): boolean => mainUses.includes(use);

/** The lines to talk to: on every sheet. */
export const mainHelp = ({ help }: ExpectedLesson): readonly ExpectedHelp[] => help.filter(isMain);
/** The services that are for adults, too. */
export const furtherHelp = ({ help }: ExpectedLesson): readonly ExpectedHelp[] => help.filter((line) => !isMain(line));

/** What stands above or before a number. */
export function useLabel(use: string, labels: SheetLabels): string {
  switch (use) {
    case 'child':
      return labels.helpChild;
    case 'crisis':
      return labels.helpCrisis;
    case 'danger':
      return labels.helpDanger;
    case 'report':
      return labels.helpReport;
    default:
      return labels.helpRemoval;
  }
}

/** An address as it is printed. */
const printed = (url: string): string => url.replace(/^https?:\/\//, '').replace(/\/$/, '');
/** What has to be printed of a line: its number digit by digit, or its address. */
export const callOf = ({ display, url }: ExpectedHelp): string => (display === '' ? printed(url) : display);

const firstDigits = (text: string): string => /\p{Nd}(?:[\p{Nd} ()+/-]*\p{Nd})?/u.exec(text)?.[0] ?? '';
const digitsOf = (display: string): string => firstDigits(display);

/**
 * What is wrong with the lines as they stand somewhere: each has to follow its own label, in the order given, and the
 * first digits behind the label have to be those of the number and no others. Null when all is right. The last
 * place that fits counts, for texts name numbers, too.
 */
export function helpFault(reading: Reading, lines: readonly ExpectedHelp[], labels: SheetLabels): string | null {
  let fault: string | null = 'the labels do not stand there';
  const [first] = lines;
  if (first === undefined) return null;
  for (let from = 0; ; ) {
    const opens = reading.find(useLabel(first.use, labels), from);
    if (opens === null) return fault;
    fault = faultFrom(reading, lines, labels, opens.start);
    if (fault === null) return null;
    from = opens.start + 1;
  }
}

function faultFrom(reading: Reading, lines: readonly ExpectedHelp[], labels: SheetLabels, from: number): string | null {
  let at = from;
  for (const [index, line] of lines.entries()) {
    const label = useLabel(line.use, labels);
    const place = reading.find(label, at);
    if (place === null) return `“${label}” does not follow`;
    const next = lines[index + 1];
    const until = next === undefined ? null : reading.find(useLabel(next.use, labels), place.end);
    const after = reading.between(place.start, Math.min(until?.start ?? reading.length, reading.length));
    const call = callOf(line);
    const beside = after.replace(line.name, '');
    const found = line.display === '' ? standsAlone(call, after) : firstDigits(beside) === digitsOf(call);
    if (!found) return `behind “${label}” stands “${firstDigits(beside)}”, not “${call}”`;
    at = place.end;
  }
  return null;
}
