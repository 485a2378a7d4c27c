import type { SetBlock } from '../typst/pdfInput.ts';
import type { Line } from '../typst/sheetLabels.ts';
import type { ChapterSetting } from './bookSetting.ts';
import { attribute, element, lineXhtml } from './xhtml.ts';

const inEnglish = attribute('lang', 'en') + attribute('xml:lang', 'en') + attribute('dir', 'ltr');

export const oneLine = (lines: readonly Line[]): Line =>
  lines.flatMap((line, index): Line => (index === 0 ? line : [{ kind: 'break' }, ...line]));

function figure(block: SetBlock, setting: ChapterSetting): string {
  const { labels, pictureOf } = setting;
  if (block.drawing === undefined) return block.lines.map((line) => element('p', lineXhtml(line, labels))).join('');
  const { path, alt } = pictureOf(block.drawing.key);
  const credit = element('figcaption', lineXhtml(block.drawing.credit, labels));
  return `<figure><img${attribute('src', path)}${attribute('alt', alt)}/>${credit}</figure>\n`;
}

/** One segment. `level` of the headings among them. */
function blockXhtml(block: SetBlock, setting: ChapterSetting, level: number): string {
  const { labels } = setting;
  const own = block.untranslated ? inEnglish : '';
  const paragraphs = block.lines.map((line) => element('p', lineXhtml(line, labels))).join('');
  const whole = lineXhtml(oneLine(block.lines), labels);
  const classed = (name: string): string => element('div', paragraphs, `${attribute('class', name)}${own}`);
  switch (block.kind) {
    case 'heading':
    case 'step':
      return element(`h${level}`, whole, own);
    case 'speech':
      return element('blockquote', paragraphs, own);
    case 'statement':
    case 'caption':
      return classed(block.kind);
    case 'blank':
      return `<p${attribute('class', 'blank')}${own}>${whole}</p>\n`;
    case 'tick':
      return element('p', whole, `${attribute('class', 'tick')}${own}`);
    case 'picture':
      return figure(block, setting);
    default:
      return own === '' ? paragraphs : element('div', paragraphs, own);
  }
}

/** Segments in reading order; neighbouring points make one list. */
export function blocksXhtml(
  blocks: readonly SetBlock[],
  setting: ChapterSetting,
  level: number,
  marks = 'points',
): string {
  const parts: string[] = [];
  let points: string[] = [];
  const flush = (): void => {
    if (points.length > 0) parts.push(`<ul${attribute('class', marks)}>\n${points.join('')}</ul>\n`);
    points = [];
  };
  for (const block of blocks) {
    if (block.kind === 'item') {
      points.push(element('li', lineXhtml(oneLine(block.lines), setting.labels), block.untranslated ? inEnglish : ''));
      continue;
    }
    flush();
    parts.push(blockXhtml(block, setting, level));
  }
  flush();
  return parts.join('');
}
