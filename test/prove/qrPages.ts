import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { qrText } from '../../src/formats/typst/qrModules.ts';
import type { CodeRow, EditionPointer } from '../../src/site/pointer.ts';

const run = promisify(execFile);
const most = 64 * 2 ** 20;

export const sheetKinds = ['pack', 'guide', 'letter', 'slides', 'notes', 'sheet'] as const;
export type SheetKind = (typeof sheetKinds)[number];

/** One page of a file that teachers print, with a square on it. */
export type SheetPage = {
  readonly edition: string;
  readonly lesson: string;
  /** Its address on the public site. */
  readonly path: string;
  readonly kind: SheetKind;
  readonly paper: 'a4' | 'letter' | 'screen';
  readonly file: string;
  /** From 1. */
  readonly page: number;
  /** What the square has to say. */
  readonly url: string;
};

export type FoundPages = {
  readonly pages: readonly SheetPage[];
  /** Pages whose square is the small one of a foot: for the eye of a camera close by, not for a copy of a copy. */
  readonly small: readonly SheetPage[];
  readonly files: number;
  readonly pagesInAll: number;
  /** Codes in letters on all pages: as many of them as have to be there and are right. */
  readonly printedCodes: number;
  /** Pages that carry another code than their file's lesson has, or none. */
  readonly violations: readonly string[];
};

function kindOf(name: string): SheetKind {
  const [bare = ''] = name.split('.');
  if (bare === 'slides-with-notes') return 'notes';
  return sheetKinds.find((kind) => kind === bare) ?? 'sheet';
}

/** The words of each page of a PDF. */
async function wordsOf(file: string): Promise<readonly (readonly string[])[]> {
  const { stdout } = await run('pdftotext', ['-bbox', file, '-'], { maxBuffer: most });
  return stdout
    .split('<page ')
    .slice(1)
    .map((page) => [...page.matchAll(/<word [^>]*>([^<]*)<\/word>/g)].map(([, word = '']) => word));
}

const printedCode = /^[0-9A-Z]{5}-[0-9A-Z]{5}$/;
const partOfCode = /^[0-9A-Z-]{1,10}$/;

/** The codes among words; letters that stand far apart come as words of their own. */
function codesIn(words: readonly string[]): readonly string[] {
  return words.flatMap((word, at) => {
    if (printedCode.test(word)) return [word];
    let whole = word;
    for (let next = at + 1; partOfCode.test(whole) && partOfCode.test(words[next] ?? ''); next++) {
      whole += words[next];
      if (printedCode.test(whole)) return [whole];
    }
    return [];
  });
}

/**
 * Judges what is printed in letters on one page: every code on it is the one of the file's lesson, and there is one.
 * `hasSquare`: the address that stands beside every square is there.
 */
export function judgeWords(words: readonly string[], code: string, address: string) {
  const printed = codesIn(words);
  const wrong = printed.filter((each) => each !== code);
  const fault =
    wrong.length > 0
      ? `carries ${wrong.join(' and ')}, not ${code}`
      : printed.length === 0 && words.length > 0
        ? `carries no code, but should ${code}`
        : null;
  return { printed: printed.length, fault, hasSquare: words.some((word) => word.includes(address)) };
}

const withFeet: ReadonlySet<SheetKind> = new Set(['slides', 'guide']);

/** Every page with a square in the PDFs of an edition; what is printed in letters is judged on every page. */
export async function pagesOf(publicFolder: string, pointer: EditionPointer, base: string): Promise<FoundPages> {
  const rows = JSON.parse(readFileSync(join(publicFolder, pointer.codes), 'utf8')) as readonly CodeRow[];
  const pages: SheetPage[] = [];
  const small: SheetPage[] = [];
  const violations: string[] = [];
  const count = { files: 0, pages: 0, printed: 0 };
  const address = `${base.replace(/^https?:\/\//, '')}/verify`;
  for (const [path, entry] of Object.entries(pointer.entries)) {
    const [, edition = '', , lesson = '', name = ''] = path.split('/');
    if (entry.mediaType !== 'application/pdf' || (entry.code ?? 200) !== 200) continue;
    const row = rows.find((each) => each.lesson === lesson && each.verdict === 'current');
    if (row === undefined) {
      violations.push(`${path}: no current code for ${lesson}`);
      continue;
    }
    const file = join(publicFolder, entry.object);
    const kind = kindOf(name);
    const paper = kind === 'slides' ? 'screen' : name.includes('.letter.') ? 'letter' : 'a4';
    count.files++;
    for (const [index, words] of (await wordsOf(file)).entries()) {
      const { printed, fault, hasSquare } = judgeWords(words, row.code, address);
      count.pages++;
      count.printed += printed;
      if (fault !== null) violations.push(`${path}, page ${index + 1} ${fault}`);
      const url = qrText(`${base}/verify/${row.code}`);
      // On slides and in a guide a small one stands in every foot, without the address in words beside it.
      const sheet = { edition, lesson, path, kind, paper, file, page: index + 1, url } as const;
      if (hasSquare) pages.push(sheet);
      else if (printed > 0 && withFeet.has(kind)) small.push(sheet);
    }
  }
  return { pages, small, files: count.files, pagesInAll: count.pages, printedCodes: count.printed, violations };
}

/** `count` pages, every edition, kind and paper in its turn, the page by chance. */
export function pickPages(pages: readonly SheetPage[], count: number, random: () => number): readonly SheetPage[] {
  const groups = Map.groupBy(pages, ({ edition, kind, paper }) => `${kind} ${paper} ${edition}`);
  const turns = [...groups.keys()].sort().map((key) => groups.get(key) ?? []);
  return Array.from({ length: turns.length === 0 ? 0 : count }, (_, turn) => {
    const group = turns[turn % turns.length] ?? [];
    return group[Math.floor(random() * group.length)] as SheetPage;
  });
}

/** One page in greys, as a scanner sees it. */
export type Grey = { readonly width: number; readonly height: number; readonly data: Buffer };

/** A page as poppler draws it: one byte a dot. */
export async function renderPage(file: string, page: number, dpi: number): Promise<Grey> {
  const words = ['-r', String(dpi), '-gray', '-f', String(page), '-l', String(page), file];
  const { stdout } = await run('pdftoppm', words, { encoding: 'buffer', maxBuffer: most });
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(stdout.subarray(0, 40).toString('latin1'));
  if (head === null) throw new Error(`${file}, page ${page}: pdftoppm gave no picture in greys`);
  const [whole, width, height] = head;
  return { width: Number(width), height: Number(height), data: stdout.subarray(whole.length) };
}
