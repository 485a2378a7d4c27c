import { ExternalHyperlink, type IRunOptions, PageNumber, type ParagraphChild, TextRun } from 'docx';
import { legal } from '../exchange/xmlWords.ts';
import { urlLabel } from '../page/factInlines.ts';
import type { Line, Setting } from '../typst/sheetLabels.ts';
import type { Writing } from './writing.ts';

/** How words look, beyond their style. `size` in half points. */
export type Look = Pick<IRunOptions, 'bold' | 'italics' | 'size' | 'font' | 'highlight'>;

/** Words in the direction and language of what is written. */
export function wordsRun(text: string, writing: Writing, look: Look = {}): TextRun {
  const language = writing.direction === 'rtl' ? { bidirectional: writing.language } : { value: writing.language };
  return new TextRun({
    text: legal(text),
    ...look,
    language,
    ...(writing.direction === 'rtl' ? { rightToLeft: true } : {}),
  });
}

/**
 * Values as typed, left to right. In right-to-left words they are a run of their own, which is what Word goes by, and
 * within isolates, which is what everything else goes by.
 */
export function typedRun(text: string, { direction }: Writing, look: Look = {}): TextRun {
  const typed = direction === 'rtl' ? `\u2066${legal(text)}\u2069` : legal(text);
  return new TextRun({ text: typed, ...look, noProof: true });
}

/** A link, if it is one that a reader can follow without harm; else its words alone. */
export function linked(url: string, children: readonly TextRun[]): readonly ParagraphChild[] {
  return /^(https?|tel):/i.test(url) ? [new ExternalHyperlink({ link: url, children: [...children] })] : children;
}

const named = (name: string, gap: string, writing: Writing, look: Look): readonly TextRun[] =>
  name === '' ? [] : [wordsRun(`${name}${gap}`, writing, look)];

const address = (url: string, label: string, writing: Writing, look: Look): readonly ParagraphChild[] =>
  linked(url, [typedRun(label, writing, look)]);

/** The words of a link: links stand in no links. */
export function plainRuns(line: Line, writing: Writing, look: Look): readonly TextRun[] {
  return runs(line, writing, look).filter((run): run is TextRun => run instanceof TextRun);
}

function pageRun(kind: 'page' | 'pages' | 'pageOfPages', { direction }: Writing, look: Look): TextRun {
  const { CURRENT, TOTAL_PAGES } = PageNumber;
  const fields = { page: [CURRENT], pages: [TOTAL_PAGES], pageOfPages: [CURRENT, '/', TOTAL_PAGES] }[kind];
  return new TextRun({
    children: direction === 'rtl' ? ['\u2066', ...fields, '\u2069'] : fields,
    ...look,
    noProof: true,
  });
}

function setting(node: Setting, writing: Writing, look: Look): readonly ParagraphChild[] {
  switch (node.kind) {
    case 'text':
    case 'wording':
      return node.text === '' ? [] : [wordsRun(node.text, writing, look)];
    case 'strong':
      return runs(node.children, writing, { ...look, bold: true });
    case 'emphasis':
      return runs(node.children, writing, { ...look, ...(writing.arabic ? { bold: true } : { italics: true }) });
    case 'break':
      return [new TextRun({ break: 1 })];
    case 'phone':
      return [
        ...named(node.name, '\u00a0', writing, look),
        ...linked(`tel:${node.dial}`, [typedRun(node.display, writing, { ...look, bold: true })]),
      ];
    case 'url':
      return [...named(node.name, ' ', writing, look), ...address(node.url, node.label, writing, look)];
    case 'link':
      // On paper the address is all there is.
      return [
        ...linked(node.url, plainRuns(node.children, writing, look)),
        wordsRun(' (', writing, look),
        ...address(node.url, urlLabel(node.url), writing, look),
        wordsRun(')', writing, look),
      ];
    case 'number':
      return node.text === '' ? [] : [typedRun(node.text, writing, look)];
    case 'age':
      return [typedRun(String(node.years), writing, look)];
    case 'missingFact': {
      const [before = '', after = ''] = writing.labels.missingFact.split('{{fact}}');
      const marked: Look = { ...look, highlight: 'yellow' };
      return [
        ...(before ? [wordsRun(before, writing, marked)] : []),
        typedRun(node.key, writing, marked),
        ...(after ? [wordsRun(after, writing, marked)] : []),
      ];
    }
    case 'page':
    case 'pages':
    case 'pageOfPages':
      return [pageRun(node.kind, writing, look)];
  }
}

/** Words that follow each other are one run, so that whoever changes the document can search and mark them. */
function joined(line: Line): Line {
  const nodes: Setting[] = [];
  for (const node of line) {
    const last = nodes.at(-1);
    if (node.kind === 'text' && last?.kind === 'text')
      nodes[nodes.length - 1] = { ...last, text: last.text + node.text };
    else nodes.push(node);
  }
  return nodes;
}

/** A line of words and values as runs. */
export function runs(line: Line, writing: Writing, look: Look = {}): readonly ParagraphChild[] {
  return joined(line).flatMap((node) => setting(node, writing, look));
}
