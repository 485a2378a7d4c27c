import { normalText } from '../../domain/package/text.ts';
import { malformed } from './malformed.ts';

/** What stands between two markers of a content file, in order. */
export type Entry =
  | { readonly kind: 'section'; readonly name: string; readonly line: number }
  | {
      /** `[#id …]`: defines a segment. */
      readonly kind: 'definition';
      readonly words: readonly string[];
      readonly line: number;
      readonly fields: Readonly<Record<string, string>>;
      readonly text: string;
      /** The line of the file on which the text begins. */
      readonly textLine: number;
    }
  /** `[@id …]`: places a segment that is defined elsewhere. */
  | { readonly kind: 'reference'; readonly words: readonly string[]; readonly line: number };

export type MarkedFile = {
  /** The YAML between the two lines of hyphens, which begins on line 2. */
  readonly head: string;
  readonly entries: readonly Entry[];
};

// What would be read as a marker, a section or a field at the start of a line.
const special = String.raw`(?:\[[#@]|# |(?:note|from|variantOf|drawing|back):)`;
const needsEscape = new RegExp(String.raw`^\\*${special}`, 'gm');
const escaped = new RegExp(String.raw`^\\(?=\\*${special})`, 'gm');

/** Cuts a content file at its markers. `fieldNames` are the fields that may stand directly below a definition. */
export function readMarked(text: string, file: string, fieldNames: readonly string[]): MarkedFile {
  const lines = text
    .replace(/^\ufeff/, '')
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .split('\n');
  if (lines[0]?.trimEnd() !== '---') throw malformed(file, 1, 'the file does not begin with ---');
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === '---');
  if (end < 0) throw malformed(file, 1, 'the front matter does not end with ---');
  const entries: Entry[] = [];
  let index = end + 1;
  while (index < lines.length) {
    const line = (lines[index] ?? '').trimEnd();
    const number = index + 1;
    if (line.startsWith('# ')) {
      entries.push({ kind: 'section', name: line.slice(2).trim(), line: number });
      index = skipBlank(lines, index + 1);
      continue;
    }
    if (line === '' && entries.length === 0) {
      index++;
      continue;
    }
    const marker = /^\[([#@])(.*)\]$/.exec(line);
    if (marker === null) throw malformed(file, number, markerProblem(line));
    const words = (marker[2] ?? '').split(/\s+/).filter((word) => word !== '');
    if (marker[1] === '@') {
      entries.push({ kind: 'reference', words, line: number });
      index = skipBlank(lines, index + 1);
      continue;
    }
    const { entry, next } = readDefinition(lines, index, words, fieldNames);
    entries.push(entry);
    index = next;
  }
  return { head: lines.slice(1, end).join('\n'), entries };
}

function readDefinition(
  lines: readonly string[],
  start: number,
  words: readonly string[],
  fieldNames: readonly string[],
): { readonly entry: Entry; readonly next: number } {
  const fields: Record<string, string> = {};
  let index = start + 1;
  for (; index < lines.length; index++) {
    const field = /^([A-Za-z]+): ?(.*)$/s.exec(lines[index] ?? '');
    const name = field?.[1] ?? '';
    if (!fieldNames.includes(name)) break;
    const value = field?.[2] ?? '';
    fields[name] = fields[name] === undefined ? value : `${fields[name]}\n${value}`;
  }
  const first = skipBlank(lines, index);
  let next = first;
  while (next < lines.length && !/^(?:\[[#@]|# )/.test(lines[next] ?? '')) next++;
  const text = normalText(lines.slice(first, next).join('\n').replace(escaped, ''));
  return { entry: { kind: 'definition', words, line: start + 1, fields, text, textLine: first + 1 }, next };
}

function skipBlank(lines: readonly string[], from: number): number {
  let index = from;
  while (index < lines.length && lines[index]?.trim() === '') index++;
  return index;
}

function markerProblem(line: string): string {
  return line.startsWith('[') ? 'a marker ends with ] on its own line' : 'a text without a marker before it';
}

/** A definition as it stands in a file. A text that looks like a marker is escaped. */
export function writeDefinition(
  words: readonly string[],
  fields: readonly (readonly [string, string | undefined])[],
  text: string,
): string {
  const lines = [`[#${words.join(' ')}]`];
  for (const [name, value] of fields) {
    if (value !== undefined)
      lines.push(...value.split('\n').map((line) => (line === '' ? `${name}:` : `${name}: ${line}`)));
  }
  if (text !== '') lines.push(text.replace(needsEscape, '\\$&'));
  return `${lines.join('\n')}\n`;
}

export function writeReference(words: readonly string[]): string {
  return `[@${words.join(' ')}]\n`;
}
