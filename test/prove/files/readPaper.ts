import { readFile } from 'node:fs/promises';
import type { Direction } from '../../browser/pdfLines.ts';
import { readPdf } from '../../browser/pdfText.ts';
import { exactReading, type Reading, rawReading, seenLines, unvowelled } from './reading.ts';
import { type Run, runTool } from './tools.ts';

export type Font = { readonly name: string; readonly embedded: boolean };

/** Pages as poppler reads them. */
export type Pages = {
  /** What the readers complain of; empty when nothing. */
  readonly faults: string;
  /** Width and height of each page in points. */
  readonly sizes: readonly (readonly [number, number])[];
  /** Of `pdftotext -raw`: pages in the order drawn. */
  readonly raw: readonly string[];
  /** Pages as lines as the eye sees them, from left to right. */
  readonly seen: readonly (readonly string[])[];
};

/** A PDF of ours as other programs read it: qpdf, poppler, and for right-to-left words pdf.js. */
export type Paper = Pages & {
  readonly fonts: readonly Font[];
  readonly title: string;
  readonly tagged: boolean;
  /** It says of itself that it keeps to PDF/UA-1. */
  readonly universal: boolean;
  readonly language: string;
  readonly rightToLeft: boolean;
  /** Words of the pages in reading order, exact but for vowel signs. */
  readonly words: readonly string[];
};

const field = (text: string, name: string): string => new RegExp(`^${name}:\\s+(.*)$`, 'm').exec(text)?.[1] ?? '';

const complaints = (runs: readonly Run[]): readonly string[] =>
  runs.filter(({ code }) => code !== 0).map(({ err }) => err.trim() || 'it cannot be read');

/** Reads the pages of any PDF; never throws for a bad file, for its faults are told. */
export async function readPages(path: string): Promise<Pages> {
  const info = await runTool('pdfinfo', ['-enc', 'UTF-8', '-f', '1', '-l', '9999', path]);
  const raw = await runTool('pdftotext', ['-enc', 'UTF-8', '-raw', path, '-']);
  const boxes = await runTool('pdftotext', ['-enc', 'UTF-8', '-bbox', path, '-']);
  return {
    faults: complaints([info, raw, boxes]).join('; '),
    sizes: [...info.out.matchAll(/^Page +\d+ size: +([\d.]+) x ([\d.]+) pts/gm)].map(([, wide, high]) => [
      Number(wide),
      Number(high),
    ]),
    raw: raw.out.split('\f').slice(0, -1),
    seen: seenLines(boxes.out),
  };
}

/** Reads a PDF of ours with every tool; never throws for a bad file, for its faults are told. */
export async function readPaper(path: string, direction: Direction): Promise<Paper> {
  const pages = await readPages(path);
  const checked = await runTool('qpdf', ['--check', path]);
  const catalog = await catalogOf(path);
  const fonts = await runTool('pdffonts', [path]);
  const about = await runTool('pdfinfo', ['-enc', 'UTF-8', path]);
  const meta = await runTool('pdfinfo', ['-meta', path]);
  const words = direction === 'ltr' ? { pages: pages.raw, fault: '' } : await wordsOf(path);
  const warned = checked.out.includes('WARNING') ? [checked.out] : [];
  return {
    ...pages,
    faults: [pages.faults, words.fault, ...complaints([checked, fonts]), ...warned].filter(Boolean).join('; '),
    fonts: fontsOf(fonts.out),
    title: field(about.out, 'Title'),
    tagged: field(about.out, 'Tagged') === 'yes',
    universal: meta.out.includes('<pdfuaid:part>1</pdfuaid:part>'),
    language: /\/Lang \(([^)]*)\)/.exec(catalog)?.[1] ?? '',
    rightToLeft: catalog.includes('/Direction /R2L'),
    words: words.pages,
  };
}

/** `pdftotext` states the letters of Arabic in an order of its own: there pdf.js says what each glyph stands for. */
async function wordsOf(path: string): Promise<{ readonly pages: readonly string[]; readonly fault: string }> {
  try {
    const { pages } = await readPdf(await readFile(path));
    return { pages: pages.map(unvowelled), fault: '' };
  } catch (problem) {
    return { pages: [], fault: problem instanceof Error ? problem.message : String(problem) };
  }
}

async function catalogOf(path: string): Promise<string> {
  const trailer = await runTool('qpdf', ['--show-object=trailer', path]);
  const root = /\/Root (\d+)/.exec(trailer.out)?.[1];
  return root === undefined ? '' : (await runTool('qpdf', [`--show-object=${root}`, path])).out;
}

/** Name, type, encoding, then the columns `emb sub uni`. */
const fontsOf = (table: string): readonly Font[] =>
  table
    .split('\n')
    .slice(2)
    .filter(Boolean)
    .map((row) => ({
      name: (row.split(/\s+/)[0] ?? '').replace(/^[A-Z]{6}\+/, ''),
      embedded: /\s(yes|no)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+\s*$/.exec(row)?.[1] === 'yes',
    }));

/** The words of some pages, for exact comparison with `wanted`. */
export const wordsReading = ({ words }: Paper, from = 0, to = words.length): Reading =>
  exactReading(words.slice(from, to).join('\n'));

/** The text of some pages as drawn, for numbers behind their labels. */
export const drawnReading = ({ raw }: Pages, direction: Direction, from = 0, to = raw.length): Reading =>
  rawReading(raw.slice(from, to).join('\n'), direction);

/** Words as `wordsReading` has them. */
export const wanted = (text: string, direction: Direction): string => (direction === 'rtl' ? unvowelled(text) : text);
