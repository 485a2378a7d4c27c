import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import {
  claimOf,
  type ExchangeFile,
  exchangeLimits,
  needsWork,
  type ReadFile,
  type ReadUnit,
} from '../../domain/exchange/exchangeFile.ts';
import { Refused } from './refusal.ts';
import { readFileStamp, readUnitStamp, writeFileStamp, writeUnitStamp } from './stamps.ts';

/** The columns by name; a spreadsheet may bring them in any order, and others beside them. */
const columns = [
  'segment',
  'lessons',
  'section',
  'kind',
  'policy',
  'note',
  'source',
  'old source',
  'target',
  'state',
  'stale',
  'unit',
  'file',
] as const;
type Column = (typeof columns)[number];
const needed: readonly Column[] = ['segment', 'source', 'target', 'file'];

// A spreadsheet runs what begins with these. An apostrophe before it makes it words; so do the full-width forms of Asia.
const dangerous = /^['=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** A field that no spreadsheet takes for a formula; `plainField` takes the apostrophe off again. */
export const safeField = (text: string): string => (dangerous.test(text) ? `'${text}` : text);
const plainField = (text: string): string =>
  text.startsWith("'") && dangerous.test(text.slice(1)) ? text.slice(1) : text;

/** Rows for a spreadsheet: UTF-8 with its mark, so that Arabic and Turkish letters arrive. */
export function writeRows(rows: readonly (readonly string[])[]): Uint8Array {
  const text = stringify(
    rows.map((row) => row.map(safeField)),
    { record_delimiter: '\r\n', quoted_match: /[\r\n;\t]|^\s|\s$/ },
  );
  return new TextEncoder().encode(`\ufeff${text}`);
}

/** One row a segment. The stamps stand in the last two columns. */
export function writeCsv(file: ExchangeFile): Uint8Array {
  const origin = writeFileStamp(file);
  const rows = file.units.map(({ segment, source, target, note, oldSource, stamp }) => [
    segment,
    stamp.lessons.join(', '),
    stamp.section,
    stamp.kind,
    stamp.policy,
    note ?? '',
    source,
    oldSource ?? '',
    target,
    needsWork(stamp) ? 'initial' : stamp.state,
    stamp.stale ?? '',
    writeUnitStamp(stamp),
    origin,
  ]);
  return writeRows([columns, ...rows]);
}

/** A table as a spreadsheet leaves it, parted by commas, semicolons or tabs. Throws `Refused`. */
export function readCsv(text: string): ReadFile {
  const heading = text.slice(0, Math.max(0, text.search(/[\r\n]/)) || text.length);
  const delimiter = [',', ';', '\t'].find((mark) => heading.includes(mark)) ?? ',';
  let rows: readonly (readonly string[])[];
  try {
    rows = parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: exchangeLimits.text * 8,
      to: exchangeLimits.units + 2,
    });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const line = 'lines' in error && typeof error.lines === 'number' ? error.lines : null;
    throw new Refused('malformed', line, 'code' in error ? String(error.code) : '');
  }
  const [head = [], ...body] = rows;
  if (body.length > exchangeLimits.units) throw new Refused('tooMany');
  const names = head.map((name) => name.trim().toLowerCase());
  const missing = needed.filter((name) => !names.includes(name));
  if (missing.length > 0) throw new Refused('columnsMissing', 1, missing.join(', '));
  const cell = (row: readonly string[], name: Column): string => plainField(row[names.indexOf(name)] ?? '');
  const filled = body.filter((row) => cell(row, 'segment').trim() !== '');
  const origins = new Set(filled.map((row) => cell(row, 'file')).filter((origin) => origin.trim() !== ''));
  const stamps = [...origins].map(readFileStamp).filter((stamp) => stamp !== null);
  const [stamp] = stamps;
  if (filled.length === 0) throw new Refused('noUnits');
  if (stamp === undefined) throw new Refused('originMissing');
  if (stamps.some((each) => each.edition !== stamp.edition)) throw new Refused('severalOrigins');
  return { ...stamp, format: 'csv', units: filled.map((row) => readRow((name) => cell(row, name))) };
}

function readRow(cell: (name: Column) => string): ReadUnit {
  const stamp = readUnitStamp(cell('unit'));
  const state = cell('state').trim().toLowerCase();
  const known = state === 'initial' || state === 'translated' || state === 'reviewed' || state === 'final';
  const orNull = (text: string) => (text === '' ? null : text);
  return {
    segment: cell('segment').trim(),
    source: cell('source'),
    target: cell('target'),
    note: orNull(cell('note')),
    oldSource: orNull(cell('old source')),
    stamp,
    claim: claimOf(stamp, known ? state !== 'initial' : null),
  };
}
