import { writeRows } from '../exchange/csv.ts';

/** One difference, told without anything else at hand. */
export type LedgerLine = {
  readonly edition: string;
  readonly what: 'words' | 'omission' | 'minutes' | 'order';
  readonly lessons: readonly string[];
  readonly segment: string;
  readonly policy: string;
  readonly kind: string;
  readonly reason: string;
  readonly owner: string;
  readonly on: string;
  /** The release it was last held against; empty for old entries. */
  readonly against: string;
  readonly declined: boolean;
  readonly baseline: string;
  readonly ours: string;
  readonly backTranslation: string;
};

const columns: readonly (keyof LedgerLine)[] = [
  ...(['edition', 'what', 'lessons', 'segment', 'policy', 'kind', 'reason', 'owner', 'on', 'against'] as const),
  ...(['declined', 'baseline', 'ours', 'backTranslation'] as const),
];

/**
 * A table for a spreadsheet: UTF-8 with a mark at its start, so that programs do not guess; what a spreadsheet would
 * run as a formula is put in quotation, since reasons and texts are written by people.
 */
export function ledgerCsv(lines: readonly LedgerLine[]): Uint8Array {
  const rows = lines.map((line) => columns.map((column) => cell(line[column])));
  return writeRows([columns, ...rows]);
}

const cell = (value: LedgerLine[keyof LedgerLine]): string => {
  if (typeof value === 'boolean') return value ? 'yes' : '';
  return typeof value === 'string' ? value : value.join(' ');
};

export function ledgerJson(edition: string, release: string, lines: readonly LedgerLine[]): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify({ edition, release, differences: lines }, null, 2)}\n`);
}
