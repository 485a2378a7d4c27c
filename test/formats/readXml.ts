import { SaxesParser } from 'saxes';

/** An element with what it holds, as it stands in a file. */
export type XmlElement = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (XmlElement | string)[];
};

/** Reads a file strictly: what is not well-formed throws. */
export function readXml(text: string): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, children: [] };
  const open: XmlElement[] = [root];
  const parser = new SaxesParser({});
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: XmlElement = { name, attributes, children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (words) => open.at(-1)?.children.push(words));
  parser.on('closetag', () => open.pop());
  parser.write(text).close();
  const first = root.children.find((child): child is XmlElement => typeof child !== 'string');
  if (first === undefined) throw new Error('there is no element');
  return first;
}

/** Every element of these names within, outermost first. */
export function within(element: XmlElement, ...names: readonly string[]): readonly XmlElement[] {
  return element.children.flatMap((child) => {
    if (typeof child === 'string') return [];
    return [...(names.includes(child.name) ? [child] : []), ...within(child, ...names)];
  });
}

/** The words within. */
export function wordsOf(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : wordsOf(child))).join('');
}
