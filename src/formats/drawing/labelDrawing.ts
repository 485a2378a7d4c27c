/** A word or a figure in a drawing, in the drawing's own units. */
export type DrawingText = {
  readonly text: string;
  /** The middle of the words, across and down. */
  readonly x: number;
  readonly y: number;
  /** Where lines break. */
  readonly width: number;
  /** Of the letters. */
  readonly size: number;
  readonly bold: boolean;
};

/** A drawing taken apart: lines without words, and the words with their places, which a typesetter sets over it. */
export type LabelledDrawing = {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  readonly texts: readonly DrawingText[];
};

const viewBoxOf = /<svg\b[^>]*\bviewBox="0 0 ([\d.]+) ([\d.]+)"/;
const labelPattern = /<text\b[^>]*\bdata-label="(\d+)"[^>]*>/g;
const textPattern = /<text\b([^>]*)>([^<]*)<\/text>/g;

/** How many labels a drawing has room for. */
export function labelCount(svg: string): number {
  return Math.max(0, ...Array.from(svg.matchAll(labelPattern), (match) => Number(match[1])));
}

/**
 * A drawing with its words. In the SVG a label is an empty `<text data-label="1" data-width="120" x= y= font-size=>` with
 * its anchor in the middle and `y` on the line. A drawing whose root says `data-mirror="yes"` reads in one direction (a
 * path, a comic) and is turned around where people read from the right; the places of its words move with it.
 */
export function labelDrawing(svg: string, labels: readonly string[], direction: 'ltr' | 'rtl'): LabelledDrawing {
  const [, across = '0', down = '0'] = viewBoxOf.exec(svg) ?? [];
  const width = Number(across);
  const turned = direction === 'rtl' && /<svg\b[^>]*\bdata-mirror="yes"/.test(svg);
  const texts: DrawingText[] = [];
  const bare = svg.replace(textPattern, (_, attributes: string, own: string) => {
    const number = /\bdata-label="(\d+)"/.exec(attributes)?.[1];
    const text = number === undefined ? own : labels[Number(number) - 1];
    if (text !== undefined) texts.push(placed(attributes, text, turned ? width : null));
    return '';
  });
  return { svg: turned ? turnedAround(bare, width) : bare, width, height: Number(down), texts };
}

function turnedAround(svg: string, width: number): string {
  return svg.replace(/(<svg\b[^>]*>)([\s\S]*)(<\/svg>)/, `$1<g transform="matrix(-1 0 0 1 ${width} 0)">$2</g>$3`);
}

/** How far above the line the middle of the letters is, in sizes. */
const middleOfLetters = 0.35;

function placed(attributes: string, text: string, turnedWidth: number | null): DrawingText {
  const value = (name: string, otherwise: number): number =>
    Number(new RegExp(`\\b${name}="([\\d.]+)"`).exec(attributes)?.[1] ?? otherwise);
  const size = value('font-size', 14);
  const x = value('x', 0);
  return {
    text,
    x: turnedWidth === null ? x : turnedWidth - x,
    y: value('y', 0) - middleOfLetters * size,
    width: value('data-width', 8 * size),
    size,
    bold: /\bfont-weight="(?:bold|[6-9]00)"/.test(attributes),
  };
}
