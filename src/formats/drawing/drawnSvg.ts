import { value, words } from '../exchange/xmlWords.ts';
import { splitNumbers } from '../page/numberRuns.ts';
import { plainText } from '../page/plainText.ts';
import type { DrawingText, LabelledDrawing } from './labelDrawing.ts';

/** How wide a letter is and how far lines stand apart, in sizes: on the safe side for every script that we set. */
const letter = { regular: 0.56, bold: 0.6 } as const;
const lineHeight = 1.2;
/** From the middle of the letters down to the line. */
const middleOfLetters = 0.35;

/** Words broken where their place ends. */
function broken({ text, width, size, bold }: DrawingText): readonly string[] {
  const fits = Math.max(1, Math.floor(width / (size * (bold ? letter.bold : letter.regular))));
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= fits) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const rounded = (length: number): string => String(Math.round(length * 10) / 10);

function textElement(it: DrawingText, direction: 'ltr' | 'rtl'): string {
  const lines = broken(it);
  const step = it.size * lineHeight;
  const first = it.y + middleOfLetters * it.size - ((lines.length - 1) * step) / 2;
  const spans = lines.map((line, index) => {
    const shown = direction === 'rtl' ? plainText([splitNumbers(line)], 'isolated') : line;
    return `<tspan x="${rounded(it.x)}" y="${rounded(first + index * step)}">${words(shown)}</tspan>`;
  });
  const weight = it.bold ? ' font-weight="bold"' : '';
  return `<text text-anchor="middle" font-size="${rounded(it.size)}"${weight}>${spans.join('')}</text>`;
}

/** The lines of a drawing as an SVG of its size; `attributes` are its root's, beyond those of every drawing. */
export function standaloneSvg({ svg, width, height }: LabelledDrawing, attributes = ''): string {
  return svg.replace(/<svg\b[^>]*>/, (root) => {
    const kept = root.replace(/\s(?:width|height|xml:lang|data-mirror)="[^"]*"/g, '').replace(/>$/, '');
    return `${kept} width="${width}" height="${height}"${attributes}>`;
  });
}

/**
 * A drawing as one SVG that stands alone: its words set over its lines in the reader's own letters, broken where their
 * places end. For readers that shape text themselves (an EPUB); a typesetter sets the words itself.
 */
export function drawnSvg(drawing: LabelledDrawing, language: string, direction: 'ltr' | 'rtl'): string {
  const { texts } = drawing;
  const sized = standaloneSvg(drawing, ` xml:lang="${value(language)}"`);
  if (texts.length === 0) return sized;
  const set = texts.map((it) => textElement(it, direction)).join('\n');
  return sized.replace(/<\/svg>\s*$/, `<g direction="${direction}" font-family="sans-serif">\n${set}\n</g></svg>\n`);
}
