/** How words are set into a drawing. */
export type LabelSetting = {
  readonly direction: 'ltr' | 'rtl';
  /** The families to set the words in, best first. */
  readonly fonts: string;
};

const viewBoxOf = /<svg\b[^>]*\bviewBox="0 0 ([\d.]+) ([\d.]+)"/;
const labelPattern = /<text\b([^>]*\bdata-label="(\d+)"[^>]*)>[^<]*<\/text>/g;
const textPattern = /<text\b([^>]*)>([^<]*)<\/text>/g;

/** How many labels a drawing has room for. */
export function labelCount(svg: string): number {
  return Math.max(0, ...Array.from(svg.matchAll(labelPattern), (match) => Number(match[2])));
}

/**
 * A drawing with its words. In the SVG a label is an empty `<text data-label="1" data-width="120" x= y= font-size=>` with
 * its anchor in the middle; words that do not fit its width go on in further lines, around the same middle. A drawing
 * whose root says `data-mirror="yes"` reads in one direction (a path, a comic) and is turned around where people read
 * from the right; its words, and the figures drawn into it as text, are not.
 */
export function labelDrawing(svg: string, labels: readonly string[], setting: LabelSetting): string {
  const width = Number(viewBoxOf.exec(svg)?.[1] ?? 0);
  const turned = setting.direction === 'rtl' && /<svg\b[^>]*\bdata-mirror="yes"/.test(svg);
  const words: string[] = [];
  const bare = svg.replace(textPattern, (_, attributes: string, own: string) => {
    const number = /\bdata-label="(\d+)"/.exec(attributes)?.[1];
    const text = number === undefined ? own : labels[Number(number) - 1];
    if (text !== undefined) words.push(setLabel(attributes, text, setting, turned ? width : null));
    return '';
  });
  const body = turned
    ? bare.replace(/(<svg\b[^>]*>)([\s\S]*)(<\/svg>)/, `$1<g transform="matrix(-1 0 0 1 ${width} 0)">$2</g>$3`)
    : bare;
  return body.replace(/<\/svg>\s*$/, `${words.join('')}</svg>`);
}

function setLabel(attributes: string, label: string, setting: LabelSetting, turnedWidth: number | null): string {
  const value = (name: string, otherwise: number): number =>
    Number(new RegExp(`\\b${name}="([\\d.]+)"`).exec(attributes)?.[1] ?? otherwise);
  const size = value('font-size', 14);
  const x = value('x', 0);
  const middle = turnedWidth === null ? x : turnedWidth - x;
  const lines = wrapped(label, value('data-width', 10_000), size);
  const leading = size * 1.25;
  const first = value('y', 0) - ((lines.length - 1) * leading) / 2;
  const weight = /\bfont-weight="(\w+)"/.exec(attributes)?.[1] ?? 'normal';
  return lines
    .map(
      (line, index) =>
        `<text x="${middle}" y="${first + index * leading}" text-anchor="middle" font-size="${size}" ` +
        `font-weight="${weight}" font-family="${setting.fonts}">${escaped(inDirection(line, setting))}</text>`,
    )
    .join('');
}

/** Lines of words; the width of a letter is estimated, so a drawing leaves its labels some air. */
function wrapped(label: string, width: number, size: number): readonly string[] {
  const room = Math.max(4, Math.floor(width / (size * 0.54)));
  const lines: string[] = [];
  for (const word of label.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= room) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** A mark of the direction at both ends, so that a full stop stands where the sentence ends. */
const inDirection = (line: string, { direction }: LabelSetting): string =>
  direction === 'rtl' ? `\u200f${line}\u200f` : line;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
