import { SaxesParser } from 'saxes';
import { demandUtf8 } from './decodeText.ts';
import { Refused } from './refusal.ts';

/** An element as it was read. Attributes without a namespace stand under their name, others under `{namespace}name`. */
export type XmlElement = {
  readonly uri: string;
  readonly local: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly (XmlElement | string)[];
  readonly line: number;
};
type Growing = Omit<XmlElement, 'children'> & { readonly children: (XmlElement | string)[] };

const limits = { depth: 40, elements: 400_000, attributes: 40, attribute: 20_000 } as const;

/**
 * The root of an XML text. No document type, hence no entities but the five; nothing is ever fetched. Throws `Refused`.
 */
export function readXml(text: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true, position: true, defaultXMLVersion: '1.0', forceXMLVersion: true });
  const open: Growing[] = [];
  let root: XmlElement | null = null;
  let elements = 0;
  let attributes = 0;
  const add = (words: string) => {
    const last = open.at(-1);
    if (last !== undefined) last.children.push(words);
  };
  parser.on('error', (error) => {
    throw new Refused('malformed', parser.line, error.message.replace(/^\d+:\d+: /, ''));
  });
  parser.on('doctype', () => {
    throw new Refused('doctype', parser.line);
  });
  parser.on('xmldecl', ({ encoding }) => demandUtf8(encoding, parser.line));
  parser.on('opentagstart', () => {
    attributes = 0;
    elements += 1;
    if (open.length >= limits.depth) throw new Refused('tooDeep', parser.line);
    if (elements > limits.elements) throw new Refused('tooMany', parser.line);
  });
  parser.on('attribute', ({ value }) => {
    attributes += 1;
    if (attributes > limits.attributes) throw new Refused('tooMany', parser.line);
    if (value.length > limits.attribute) throw new Refused('textTooLong', parser.line);
  });
  parser.on('opentag', (tag) => {
    const named = Object.values(tag.attributes).map(({ uri, local, value }) => {
      return [uri === '' ? local : `{${uri}}${local}`, value] as const;
    });
    const { uri, local } = tag;
    const element: Growing = { uri, local, attributes: new Map(named), children: [], line: parser.line };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.on('text', add);
  parser.on('cdata', add);
  parser.write(text).close();
  if (root === null) throw new Refused('malformed');
  return root;
}

/** The children of a name, in the namespace of their parent unless said otherwise. */
export function childrenOf(element: XmlElement, local: string, uri = element.uri): readonly XmlElement[] {
  return element.children.filter(
    (child) => typeof child !== 'string' && child.local === local && child.uri === uri,
  ) as readonly XmlElement[];
}

export const childOf = (element: XmlElement, local: string, uri = element.uri): XmlElement | undefined =>
  childrenOf(element, local, uri)[0];

/** All words inside, whatever elements are around them. */
export function wordsIn(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : wordsIn(child))).join('');
}

/** The children of a name in any of these namespaces. */
export function namedChildren(element: XmlElement, local: string, uris: ReadonlySet<string>): readonly XmlElement[] {
  return element.children.filter(
    (child) => typeof child !== 'string' && child.local === local && uris.has(child.uri),
  ) as readonly XmlElement[];
}

/** The elements of a name at any depth, in order; what is inside one of them is not looked into. */
export function descendants(element: XmlElement, local: string, uris: ReadonlySet<string>): readonly XmlElement[] {
  return element.children.flatMap((child) => {
    if (typeof child === 'string') return [];
    return child.local === local && uris.has(child.uri) ? [child] : descendants(child, local, uris);
  });
}
