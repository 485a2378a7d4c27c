import type { ImportLine } from '../../domain/exchange/planImport.ts';
import { writeRows } from '../../formats/exchange/csv.ts';

/** What a report's reader reads: the headings, and the words of each line's outcome. */
export type ReportWords = {
  readonly headings: readonly [place: string, segment: string, outcome: string, file: string, here: string];
  readonly outcome: (line: ImportLine) => string;
};

/** The lines of a file as a table for a spreadsheet: every text in the file beside the text here. */
export function importReport(lines: readonly ImportLine[], { headings, outcome }: ReportWords): Uint8Array {
  return writeRows([
    headings,
    ...lines.map((line) => [String(line.place), line.segment, outcome(line), line.theirs, line.ours]),
  ]);
}
