import { strFromU8, unzipSync } from 'fflate';
import { readXml, within, wordsOf, type XmlElement } from '../readXml.ts';

export type ReadParagraph = {
  readonly part: string;
  /** `Heading2`; empty for ordinary words. */
  readonly style: string;
  readonly text: string;
  readonly rightToLeft: boolean;
  readonly listed: boolean;
  /** Whether there is something to see: words, a picture, a line to write on. */
  readonly empty: boolean;
  readonly runs: readonly { readonly text: string; readonly rightToLeft: boolean; readonly language: string }[];
};

export type ReadDocx = {
  readonly names: readonly string[];
  readonly parts: ReadonlyMap<string, XmlElement>;
  readonly paragraphs: readonly ReadParagraph[];
  /** Of the pictures, in order. */
  readonly alts: readonly string[];
  /** The words of the parts that have any, without the marks of direction. */
  readonly text: string;
};

const child = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find((one): one is XmlElement => typeof one !== 'string' && one.name === name);

const words = (element: XmlElement): string =>
  within(element, 'w:t', 'w:br', 'w:tab')
    .map((one) => (one.name === 'w:t' ? wordsOf(one) : one.name === 'w:br' ? '\n' : '\t'))
    .join('');

function paragraph(part: string, element: XmlElement): ReadParagraph {
  const about = child(element, 'w:pPr');
  const runs = within(element, 'w:r').map((run) => {
    const look = child(run, 'w:rPr');
    const language = child(look, 'w:lang')?.attributes;
    return {
      text: words(run),
      rightToLeft: child(look, 'w:rtl') !== undefined,
      language: language?.['w:bidi'] ?? language?.['w:val'] ?? '',
    };
  });
  return {
    part,
    style: child(about, 'w:pStyle')?.attributes['w:val'] ?? '',
    text: words({ ...element, children: element.children.filter((one) => one !== about) }),
    rightToLeft: child(about, 'w:bidi') !== undefined,
    listed: child(about, 'w:numPr') !== undefined,
    empty:
      within(element, 'w:t', 'w:drawing', 'w:fldChar', 'w:sdt').length === 0 && !runs.some(({ text }) => text !== ''),
    runs,
  };
}

/** Reads a Word document back: every part is parsed strictly. */
export function readDocx(bytes: Uint8Array): ReadDocx {
  const files = unzipSync(bytes);
  const names = Object.keys(files);
  const parts = new Map(
    names
      .filter((name) => /\.(xml|rels)$/.test(name))
      .map((name) => [name, readXml(strFromU8(files[name] ?? new Uint8Array()))]),
  );
  const shown = ['word/header1.xml', 'word/document.xml', 'word/footer1.xml'];
  const paragraphs = shown.flatMap((name) => {
    const part = parts.get(name);
    return part === undefined ? [] : within(part, 'w:p').map((element) => paragraph(name, element));
  });
  const alts = shown.flatMap((name) => {
    const part = parts.get(name);
    return part === undefined ? [] : within(part, 'wp:docPr').map(({ attributes }) => attributes.descr ?? '');
  });
  const text = paragraphs
    .map((one) => one.text)
    .join('\n')
    .replace(/[\u2066\u2069]/g, '');
  return { names, parts, paragraphs, alts, text };
}

/** The parts in which a table follows a table, or ends the part: a word processor would join them, or add a line. */
export function tablesInARow({ parts }: ReadDocx): readonly string[] {
  return [...parts].flatMap(([name, part]) =>
    within(part, 'w:body', 'w:ftr', 'w:hdr', 'w:tc').flatMap(({ children }) => {
      const names = children.flatMap((one) => (typeof one === 'string' || one.name === 'w:sectPr' ? [] : [one.name]));
      return names.some((one, index) => one === 'w:tbl' && (names[index + 1] ?? 'w:tbl') === 'w:tbl') ? [name] : [];
    }),
  );
}
