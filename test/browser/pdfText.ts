// Reads a PDF back as text, to compare what a person would read on paper with what we meant to print.
//
// pdf.js's own getTextContent is not used: it reverses right-to-left runs letter by letter, which turns every
// lam-alef ligature round ("السالمة" for "السلامة"), and it leaves the words of a line in the order drawn.
// Here each glyph keeps the letters it stands for, and only glyphs are put in order (see pdfLines.ts).
import { getDocument, OPS, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { type Direction, type Glyph, linesOf } from './pdfLines.ts';

export interface PdfText {
  /** One string a page, one line a printed line; every line went through `comparable`. */
  readonly pages: readonly string[];
  /** Width and height of each page in points, rounded. */
  readonly sizes: readonly (readonly [number, number])[];
  readonly title: string;
  readonly language: string | null;
  readonly tagged: boolean;
  /** PostScript names without the subset prefix, sorted. */
  readonly fonts: readonly string[];
}

/**
 * The form in which two texts are compared; use it on the expected text too. It undoes ligatures and presentation
 * forms (NFKC: "ﬁ" becomes "fi", a no-break space a space), drops direction marks and isolates, drops tatweel and
 * Arabic vowel signs (Typst draws those as own glyphs, whose letters a PDF cannot state reliably), and makes
 * every run of white space one space.
 */
export function comparable(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\u00ad\u0640\u064b-\u065f\u0670]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}

export async function readPdf(bytes: Uint8Array): Promise<PdfText> {
  const task = getDocument({ data: Uint8Array.from(bytes), verbosity: 0, fontExtraProperties: true });
  try {
    const pdf = await task.promise;
    const { info } = await pdf.getMetadata();
    const { Title, Language } = info as { Title?: string; Language?: string | null };
    const fonts = new Set<string>();
    const pages: string[] = [];
    const sizes: (readonly [number, number])[] = [];
    for (let number = 1; number <= pdf.numPages; number += 1) {
      const page = await pdf.getPage(number);
      const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
      sizes.push([Math.round(right - left), Math.round(top - bottom)]);
      const glyphs = await readGlyphs(page, fonts);
      pages.push(linesOf(glyphs, directionOf(Language)).map(comparable).filter(Boolean).join('\n'));
    }
    // The types say an object, pdf.js gives a Map.
    const mark = (await pdf.getMarkInfo()) as unknown as ReadonlyMap<string, boolean> | null;
    return {
      pages,
      sizes,
      title: Title ?? '',
      language: Language ?? null,
      tagged: mark?.get('Marked') === true,
      fonts: [...fonts].sort(),
    };
  } finally {
    await task.destroy();
  }
}

/** A document without a language is taken to run from left to right. */
function directionOf(language: string | null | undefined): Direction {
  return language && new Intl.Locale(language).getTextInfo().direction === 'rtl' ? 'rtl' : 'ltr';
}

type Matrix = readonly [number, number, number, number, number, number];
const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** `inner` first, then `outer`. */
function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  const [g, h, i, j, k, l] = inner;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

/** Follows the text operators Typst writes. Pictures and form objects are passed over. */
async function readGlyphs(page: PDFPageProxy, fonts: Set<string>): Promise<Glyph[]> {
  const { fnArray, argsArray } = await page.getOperatorList();
  const glyphs: Glyph[] = [];
  const saved: Matrix[] = [];
  let place = IDENTITY;
  let text = IDENTITY;
  let size = 0;
  for (const [at, operator] of fnArray.entries()) {
    const args = argsArray[at];
    if (operator === OPS.save) saved.push(place);
    else if (operator === OPS.restore) place = saved.pop() ?? IDENTITY;
    else if (operator === OPS.transform) place = multiply(place, matrix(args));
    else if (operator === OPS.beginText) text = IDENTITY;
    else if (operator === OPS.setTextMatrix) text = matrix(args[0]);
    else if (operator === OPS.moveText) text = multiply(text, [1, 0, 0, 1, args[0], args[1]]);
    else if (operator === OPS.setFont) {
      size = args[1];
      const font: { name?: string } = page.commonObjs.get(args[0]);
      fonts.add((font.name ?? args[0]).replace(/^[A-Z]{6}\+/, ''));
    } else if (operator === OPS.showText) {
      for (const piece of args[0] as readonly (number | { unicode: string; width: number })[]) {
        const units = typeof piece === 'number' ? -piece : piece.width;
        const [a, , , , x, y] = multiply(place, text);
        const width = (units / 1000) * size * Math.abs(a);
        if (typeof piece !== 'number') glyphs.push({ letters: piece.unicode, x, y, width, size: size * Math.abs(a) });
        text = multiply(text, [1, 0, 0, 1, (units / 1000) * size, 0]);
      }
    }
  }
  return glyphs;
}

/** pdf.js hands a matrix over as an array or as a Float32Array turned into a plain object. */
function matrix(numbers: Readonly<Record<number, number>>): Matrix {
  const { 0: a = 1, 1: b = 0, 2: c = 0, 3: d = 1, 4: e = 0, 5: f = 0 } = numbers;
  return [a, b, c, d, e, f];
}
