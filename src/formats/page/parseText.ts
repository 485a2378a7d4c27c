import type { List, Node, Parent, PhrasingContent, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import type { ResolvedFact } from '../../domain/facts/fact.ts';
import { factInlines, urlLabel } from './factInlines.ts';
import type { Inline, Paragraph } from './lessonPage.ts';
import { splitNumbers } from './numberRuns.ts';

/** What a text needs besides its words. */
export type TextContext = {
  readonly language: string;
  readonly facts: Readonly<Record<string, ResolvedFact>>;
  /** The text of a segment: the sentence that stands in for a missing fact. */
  readonly textOf?: (segment: string) => string | undefined;
};

/** A fact in braces: `{helpline.child}` or `{safeguarding.lead_title|dative}`; `\{` is a brace. */
const placeholder = /(?<!\\)\{([a-z][a-z0-9_.-]*)(?:\|([a-z][a-z0-9_-]*))?\}/g;

/** Private use characters hold the places of facts, so that Markdown sees a letter and no braces or underscores. */
const firstHolder = 0xe000;
const holders = /[\ue000-\uf8ff]/gu;
const emergency = 'emergency.number';

/** Everything of Markdown that our texts do not have is read as the words it is written with. */
const onlyOurs = {
  disable: {
    null: [
      ...['autolinkProtocol', 'blockQuote', 'codeFenced', 'codeIndented', 'codeText', 'definition', 'headingAtx'],
      ...['htmlFlow', 'htmlText', 'setextUnderline', 'thematicBreak'],
    ],
  },
};

type Held = { readonly key: string; readonly form: string | undefined };
type Reading = { readonly context: TextContext; readonly held: readonly Held[]; readonly within: readonly string[] };

/** A sentence that stands in, as nodes of the line it stands in. */
function standIn(sentence: string, key: string, reading: Reading): readonly Inline[] {
  const paragraphs = read(sentence, reading.context, [...reading.within, key]);
  return paragraphs.flatMap((paragraph, index) =>
    index === 0 ? paragraph : [{ kind: 'break' } as const, ...paragraph],
  );
}

function factNodes({ key, form }: Held, reading: Reading): readonly Inline[] {
  const { facts, language, textOf } = reading.context;
  const fact = facts[key];
  const missing: Inline = { kind: 'missingFact', key };
  if (!fact || reading.within.includes(key)) return [missing];
  const nodes = factInlines(fact, form, language);
  if (nodes.length > 0) return nodes;
  const sentence = fact.whenMissing === undefined ? undefined : textOf?.(fact.whenMissing);
  if (sentence !== undefined) return standIn(sentence, key, reading);
  const callable = fact.type === 'phone' || fact.type === 'contact';
  const stand = fact.problem === 'suspended' && callable ? facts[emergency] : undefined;
  const standing = stand ? factInlines(stand, undefined, language) : [];
  return standing.length > 0 ? standing : [missing];
}

function textNodes(value: string, reading: Reading): readonly Inline[] {
  const nodes: Inline[] = [];
  let end = 0;
  const words = value.replace(/\s*\n\s*/g, ' ');
  for (const match of words.matchAll(holders)) {
    nodes.push(...splitNumbers(words.slice(end, match.index)));
    const held = reading.held[(match[0].codePointAt(0) ?? 0) - firstHolder];
    if (held) nodes.push(...factNodes(held, reading));
    end = match.index + match[0].length;
  }
  nodes.push(...splitNumbers(words.slice(end)));
  return nodes;
}

/** The address of a link: https, or the one address of a fact; null for everything else. */
function linkUrl(url: string, reading: Reading): string | null {
  const held = reading.held[(url.codePointAt(0) ?? 0) - firstHolder];
  if (url.length === 1 && held) {
    const node = factNodes(held, reading)[0];
    return node?.kind === 'url' ? node.url : null;
  }
  if (url.search(holders) >= 0 || !URL.canParse(url)) return null;
  return new URL(url).protocol === 'https:' ? url : null;
}

function inlines(nodes: readonly PhrasingContent[], reading: Reading): readonly Inline[] {
  return nodes.flatMap((node): readonly Inline[] => {
    switch (node.type) {
      case 'text':
        return textNodes(node.value, reading);
      case 'strong':
      case 'emphasis':
        return [{ kind: node.type, children: inlines(node.children, reading) }];
      case 'break':
        return [{ kind: 'break' }];
      case 'link': {
        const url = linkUrl(node.url, reading);
        const children = inlines(node.children, reading);
        if (url === null) return children;
        const only = node.children[0];
        const bare = node.children.length === 1 && only?.type === 'text' && urlLabel(only.value) === urlLabel(url);
        return bare ? [{ kind: 'url', name: '', url, label: urlLabel(url) }] : [{ kind: 'link', url, children }];
      }
      case 'image':
        return textNodes(node.alt ?? '', reading);
      default:
        return textNodes(wordsOf(node), reading);
    }
  });
}

/** The words of a node that our texts do not have. */
function wordsOf(node: Node): string {
  if ('value' in node && typeof node.value === 'string') return node.value;
  return 'children' in node ? (node as Parent).children.map(wordsOf).join('') : '';
}

/** A list as paragraphs. An ordered one keeps its numbers: `2024. gada` at the start of a line is not a list. */
function listParagraphs(list: List, reading: Reading): readonly Paragraph[] {
  return list.children.flatMap((item, index) => {
    const paragraphs = item.children.flatMap((child) => paragraphsOf(child, reading));
    const [first = [], ...rest] = paragraphs;
    if (!list.ordered) return paragraphs;
    return [[{ kind: 'text', text: `${(list.start ?? 1) + index}. ` } as const, ...first], ...rest];
  });
}

function paragraphsOf(node: RootContent, reading: Reading): readonly Paragraph[] {
  if (node.type === 'list') return listParagraphs(node, reading);
  if (node.type === 'paragraph') return [inlines(node.children, reading)];
  const words = wordsOf(node);
  return words.trim() ? [textNodes(words, reading)] : [];
}

function read(text: string, context: TextContext, within: readonly string[]): readonly Paragraph[] {
  const held: Held[] = [];
  const safe = text.replace(holders, '').replace(placeholder, (_: string, key: string, form: string | undefined) => {
    held.push({ key, form });
    return String.fromCodePoint(firstHolder + held.length - 1);
  });
  const reading = { context, held, within };
  return fromMarkdown(safe, { extensions: [onlyOurs] }).children.flatMap((node) => paragraphsOf(node, reading));
}

/** A segment's Markdown as paragraphs, with facts put in. */
export function parseText(text: string, context: TextContext): readonly Paragraph[] {
  return read(text, context, []);
}
