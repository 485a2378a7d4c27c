import { createHash } from 'node:crypto';
import type { Chapter } from './bookSetting.ts';
import { attribute, element, text } from './xhtml.ts';

/** What a book says about itself. */
export type BookAbout = {
  readonly title: string;
  /** What the book is, whatever its edition: its identifier is made of it. */
  readonly name: string;
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly description: string;
  readonly release: string;
  /** The day of the newest lesson edition in it. */
  readonly on: string;
  readonly licence: string;
  readonly contents: string;
  readonly accessibility: string;
};

/** A lesson in the table of contents. */
export type BookLesson = { readonly title: string; readonly chapters: readonly Chapter[] };
/** A picture or another file that chapters show. */
export type BookFile = { readonly path: string; readonly type: string; readonly bytes: Uint8Array };

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

export const container = `${declaration}<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="book/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n`;

/** A whole page. `up` leads to the folder of the style. */
export function pageXhtml(about: BookAbout, title: string, up: string, body: string, bodyAttributes = ''): string {
  const language = `${attribute('lang', about.language)}${attribute('xml:lang', about.language)}${attribute('dir', about.direction)}`;
  return (
    `${declaration}<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"${language}>\n` +
    `<head><title>${text(title)}</title><link rel="stylesheet" type="text/css" href="${up}book.css"/></head>\n` +
    `<body${bodyAttributes}>\n${body}</body>\n</html>\n`
  );
}

const entry = (path: string, title: string, within = ''): string =>
  element('li', `<a${attribute('href', path)}>${text(title)}</a>${element('ol', within)}`);

/** The table of contents: a lesson, which opens its guide, with the guide's steps and the sheets below it. */
export function navXhtml(about: BookAbout, lessons: readonly BookLesson[]): string {
  const entries = lessons.map(({ title, chapters }) => {
    const [guide, ...sheets] = chapters;
    if (guide === undefined) return '';
    const steps = guide.places.map((place) => entry(`${guide.path}#${place.id}`, place.title));
    return entry(guide.path, title, [...steps, ...sheets.map((sheet) => entry(sheet.path, sheet.title))].join(''));
  });
  const list = `<nav epub:type="toc" role="doc-toc">\n<h1>${text(about.contents)}</h1>\n<ol>\n${entries.join('')}</ol>\n</nav>\n`;
  return pageXhtml(about, about.contents, '', list);
}

/** A name-based UUID: the same book has the same one in every edition of it. */
export function identifierOf(name: string): string {
  const hash = createHash('sha256').update(`headwater book ${name}`).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return `urn:uuid:${[hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')}`;
}

/** The package: what the book is, which files it has, and in which order they are read. */
export function packageXml(
  about: BookAbout,
  lessons: readonly BookLesson[],
  files: readonly BookFile[],
  navFirst: boolean,
): string {
  const meta = (property: string, plain: string): string => `<meta property="${property}">${text(plain)}</meta>\n`;
  const chapters = lessons.flatMap((lesson) => lesson.chapters);
  const shown = files.length > 0;
  const items = [
    '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
    '<item id="style" href="book.css" media-type="text/css"/>',
    ...chapters.map(
      ({ path }, index) => `<item id="c${index + 1}"${attribute('href', path)} media-type="application/xhtml+xml"/>`,
    ),
    ...files.map(
      ({ path, type }, index) => `<item id="f${index + 1}"${attribute('href', path)} media-type="${type}"/>`,
    ),
  ];
  const spine = [
    ...(navFirst ? ['<itemref idref="nav"/>'] : []),
    ...chapters.map((_, index) => `<itemref idref="c${index + 1}"/>`),
  ];
  return (
    `${declaration}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="book-id"${attribute('xml:lang', about.language)}${attribute('dir', about.direction)}>\n` +
    '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n' +
    `<dc:identifier id="book-id">${identifierOf(about.name)}</dc:identifier>\n` +
    `<dc:title>${text(about.title)}</dc:title>\n<dc:language>${text(about.language)}</dc:language>\n` +
    `<dc:creator>Headwater</dc:creator>\n<dc:date>${text(about.on)}</dc:date>\n<dc:rights>${text(about.licence)}</dc:rights>\n` +
    `<dc:source>${text(`Headwater baseline ${about.release}`)}</dc:source>\n` +
    element('dc:description', text(about.description)) +
    meta('dcterms:modified', `${about.on}T00:00:00Z`) +
    meta('schema:accessMode', 'textual') +
    (shown ? meta('schema:accessMode', 'visual') : '') +
    meta('schema:accessModeSufficient', 'textual') +
    [
      'structuralNavigation',
      'tableOfContents',
      'readingOrder',
      'displayTransformability',
      ...(shown ? ['alternativeText'] : []),
    ]
      .map((feature) => meta('schema:accessibilityFeature', feature))
      .join('') +
    meta('schema:accessibilityHazard', 'none') +
    meta('schema:accessibilitySummary', about.accessibility) +
    `</metadata>\n<manifest>\n${items.join('\n')}\n</manifest>\n` +
    `<spine page-progression-direction="${about.direction}">\n${spine.join('\n')}\n</spine>\n</package>\n`
  );
}
