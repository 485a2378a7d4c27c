import { legal, words } from '../exchange/xmlWords.ts';
import { urlLabel } from '../page/factInlines.ts';
import type { SetBlock } from '../typst/pdfInput.ts';
import type { Line, Setting } from '../typst/sheetLabels.ts';
import { hasBoldTitles, scriptOf } from './officeFonts.ts';

/** In which language and direction words are written. */
export type Voice = { readonly tag: string; readonly rtl: boolean; readonly missing: string };
/** Texts that nobody has translated yet. */
const sourceVoice = { tag: 'en-GB', rtl: false } as const;

export type TextStyle = {
  /** In points; none: as the placeholder says. */
  readonly size?: number;
  readonly bold?: boolean;
  readonly font?: 'title';
  readonly colour?: 'second' | 'accent';
  readonly align?: 'start' | 'end' | 'center';
  readonly bullet?: boolean;
  /** From the margin, in points. */
  readonly indent?: number;
  readonly before?: number;
  /** Behind other words, which must stay readable. */
  readonly faint?: true;
};

const points = (size: number): number => Math.round(size * 100);
const emu = (size: number): number => Math.round(size * 12700);

/**
 * A value that must never be reordered, for a right-to-left line. The isolates are for programs that know them; the marks
 * inside hold digits and dashes together in those that do not.
 */
const isolated = (text: string): string => `\u2066\u200e${text}\u200e\u2069`;

type Run = { readonly text: string; readonly bold: boolean; readonly italic: boolean; readonly break?: true };
type Weight = { readonly bold: boolean; readonly italic: boolean };

const runsOf = (line: Line, weight: Weight, voice: Voice): readonly Run[] =>
  line.flatMap((node) => nodeRuns(node, weight, voice));

function nodeRuns(node: Setting, weight: Weight, voice: Voice): readonly Run[] {
  const one = (text: string, more: Partial<Weight> = {}): readonly Run[] =>
    text === '' ? [] : [{ text, ...weight, ...more }];
  const typed = (text: string, more: Partial<Weight> = {}): readonly Run[] =>
    one(voice.rtl ? isolated(text) : text, more);
  // A name before a number is a run of its own: only the number is isolated.
  const name = 'name' in node && node.name !== '' ? one(`${node.name} `) : [];
  switch (node.kind) {
    case 'text':
    case 'wording':
      return one(node.text);
    case 'strong':
      return runsOf(node.children, { ...weight, bold: true }, voice);
    case 'emphasis': {
      // Arabic script has no italics.
      const arabic = scriptOf(voice.tag) === 'Arab';
      return runsOf(node.children, arabic ? { ...weight, bold: true } : { ...weight, italic: true }, voice);
    }
    case 'break':
      return [{ text: '', ...weight, break: true }];
    case 'phone':
      return [...name, ...typed(node.display, { bold: true })];
    case 'url':
      return [...name, ...typed(node.label)];
    case 'link':
      return [...runsOf(node.children, weight, voice), ...one(' ('), ...typed(urlLabel(node.url)), ...one(')')];
    case 'number':
      return typed(node.text);
    case 'age':
      return typed(String(node.years));
    case 'missingFact':
      return one(voice.missing.replace('{{fact}}', node.key));
    case 'page':
    case 'pages':
    case 'pageOfPages':
      // Only a typesetter knows these; a deck has none.
      return [];
  }
}

const colours = { second: 'tx2', accent: 'accent2' } as const;

function runProperties(name: 'rPr' | 'endParaRPr', run: Weight, style: TextStyle, voice: Voice): string {
  const size = style.size === undefined ? '' : ` sz="${points(style.size)}"`;
  const bold = run.bold ? ' b="1"' : '';
  const italic = run.italic ? ' i="1"' : '';
  const colour = style.colour === undefined ? 'tx1' : colours[style.colour];
  const fill = style.faint
    ? '<a:solidFill><a:srgbClr val="E4DCCB"/></a:solidFill>'
    : `<a:solidFill><a:schemeClr val="${colour}"/></a:solidFill>`;
  const face = style.font === 'title' ? 'mj' : 'mn';
  // Said on every run: programs differ in what a text box inherits.
  const fonts = `<a:latin typeface="+${face}-lt"/><a:ea typeface="+${face}-ea"/><a:cs typeface="+${face}-cs"/>`;
  return `<a:${name} lang="${voice.tag}"${size}${bold}${italic} dirty="0">${fill}${fonts}</a:${name}>`;
}

/** One paragraph: one set of properties at its start, then runs that each say their language. */
export function paragraphXml(line: Line, style: TextStyle, voice: Voice): string {
  const weight = { bold: style.bold ?? (style.font === 'title' && hasBoldTitles(voice.tag)), italic: false };
  const runs = runsOf(line, weight, voice).map((run) => {
    const properties = runProperties('rPr', run, style, voice);
    if (run.break) return `<a:br>${properties}</a:br>`;
    return `<a:r>${properties}<a:t>${words(legal(run.text))}</a:t></a:r>`;
  });
  const end = runs.length === 0 ? runProperties('endParaRPr', weight, style, voice) : '';
  return `<a:p>${paragraphProperties(style, voice)}${runs.join('')}${end}</a:p>`;
}

function paragraphProperties(style: TextStyle, voice: Voice): string {
  const { align = 'start', bullet = false, indent = 0, before = 0 } = style;
  const start = voice.rtl ? 'r' : 'l';
  const end = voice.rtl ? 'l' : 'r';
  const side = align === 'center' ? 'ctr' : align === 'start' ? start : end;
  const margin = `marL="${emu(indent)}" indent="${bullet ? -emu(indent) : 0}"`;
  const mark = bullet
    ? '<a:buClr><a:schemeClr val="accent1"/></a:buClr><a:buFont typeface="Arial"/><a:buChar char="–"/>'
    : '<a:buNone/>';
  return (
    `<a:pPr ${margin} algn="${side}" rtl="${voice.rtl ? 1 : 0}">` +
    `<a:spcBef><a:spcPts val="${points(before)}"/></a:spcBef>${mark}</a:pPr>`
  );
}

/** A segment's paragraphs at a size, in the manner of its kind. */
export function blockXml(block: SetBlock, size: number | undefined, voice: Voice, first: boolean): readonly string[] {
  const spoken = block.untranslated ? { ...voice, ...sourceVoice } : voice;
  const own = size === undefined ? {} : { size };
  const before = (size ?? 12) * 0.4;
  return block.lines.map((line, index) => {
    const style: TextStyle = { ...own, ...mannerOf(block, size, index), before: first && index === 0 ? 0 : before };
    return paragraphXml(line, style, spoken);
  });
}

function mannerOf({ kind }: SetBlock, size: number | undefined, index: number): TextStyle {
  if (size === undefined) return {};
  if (kind === 'item') return { bullet: index === 0, indent: size * 0.9 };
  if (kind === 'speech') return { font: 'title', bold: false, indent: size * 0.9 };
  if (kind === 'caption') return { size: size * 0.75, colour: 'second' };
  return kind === 'heading' || kind === 'step' ? { bold: true } : {};
}
