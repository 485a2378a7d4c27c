import { readFile } from 'node:fs/promises';
import type { Direction } from '../../browser/pdfLines.ts';
import { readPdf } from '../../browser/pdfText.ts';
import { exactReading, type Reading, rawReading, seenLines, unvowelled } from './reading.ts';
import { runTool } from './tools.ts';

export type Font = { readonly name: string; readonly embedded: boolean };

/** A PDF as other programs read it: qpdf, poppler, and for right-to-left words pdf.js. */
export type Paper = {
  /** What qpdf complains of; empty when nothing. */
  readonly faults: string;
  readonly fonts: readonly Font[];
  readonly title: string;
  readonly tagged: boolean;
  /** It says of itself that it keeps to PDF/UA-1. */
  readonly universal: boolean;
  readonly language: string;
  readonly rightToLeft: boolean;
  /** Width and height of each page in points. */
  readonly sizes: readonly (readonly [number, number])[];
  /** Of `pdftotext -raw`: pages in the order drawn. */
  readonly raw: readonly string[];
  /** Pages as lines as the eye sees them, from left to right. */
  readonly seen: readonly (readonly string[])[];
  /** Words of the pages in reading order, exact but for vowel signs. */
  readonly words: readonly string[];
};

const field = (text: string, name: string): string => new RegExp(`^${name}:\\s+(.*)$`, 'm').exec(text)?.[1] ?? '';

/** Reads a PDF with every tool; never throws for a bad file, for its faults are told. */
export async function readPaper(path: string, direction: Direction): Promise<Paper> {
  const checked = await runTool('qpdf', ['--check', path]);
  const catalog = await catalogOf(path);
  const fonts = await runTool('pdffonts', [path]);
  const info = await runTool('pdfinfo', ['-enc', 'UTF-8', '-f', '1', '-l', '9999', path]);
  const about = await runTool('pdfinfo', ['-meta', path]);
  const raw = await runTool('pdftotext', ['-enc', 'UTF-8', '-raw', path, '-']);
  const boxes = await runTool('pdftotext', ['-enc', 'UTF-8', '-bbox', path, '-']);
  const pages = raw.out.split('\f').slice(0, -1);
  const failed = [checked, fonts, info, raw, boxes].filter(({ code }) => code !== 0).map(({ err }) => err.trim());
  return {
    faults: failed.join('; ') || (checked.out.includes('WARNING') ? checked.out : ''),
    fonts: fontsOf(fonts.out),
    title: field(info.out, 'Title'),
    tagged: field(info.out, 'Tagged') === 'yes',
    universal: about.out.includes('<pdfuaid:part>1</pdfuaid:part>'),
    language: /\/Lang \(([^)]*)\)/.exec(catalog)?.[1] ?? '',
    rightToLeft: catalog.includes('/Direction /R2L'),
    sizes: [...info.out.matchAll(/^Page +\d+ size: +([\d.]+) x ([\d.]+) pts/gm)].map(([, wide, high]) => [
      Number(wide),
      Number(high),
    ]),
    raw: pages,
    seen: seenLines(boxes.out),
    words: direction === 'ltr' ? pages : await wordsOf(path),
  };
}

/** `pdftotext` states the letters of Arabic in an order of its own: there pdf.js says what each glyph stands for. */
async function wordsOf(path: string): Promise<readonly string[]> {
  const { pages } = await readPdf(await readFile(path));
  return pages.map(unvowelled);
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
export const drawnReading = ({ raw }: Paper, direction: Direction, from = 0, to = raw.length): Reading =>
  rawReading(raw.slice(from, to).join('\n'), direction);

/** Words as `wordsReading` has them. */
export const wanted = (text: string, direction: Direction): string => (direction === 'rtl' ? unvowelled(text) : text);
