import { strFromU8, strToU8, unzipSync } from 'fflate';
import { value, words } from '../exchange/xmlWords.ts';
import { fixedZip } from '../fixedZip.ts';

/** The properties of a document, in the words of its file. */
export type DocxProperties = {
  readonly title: string;
  readonly description: string;
  readonly language: string;
  /** `2025-09-08`; null in a draft. */
  readonly on: string | null;
};

/** The ids that the library gives to links by chance: 21 characters of nanoid. */
const chanceId = /(?<=\b(?:r:id|Id)=")rId[a-z0-9_-]{21}(?=")/g;
/** The numbers of pictures, which the library counts on from one document to the next. */
const pictureId = /(?<=<wp:docPr id=")\d+(?=")/g;

function coreProperties({ title, description, language, on }: DocxProperties): string {
  const time = (name: string): string =>
    on === null ? '' : `<dcterms:${name} xsi:type="dcterms:W3CDTF">${value(on)}T00:00:00Z</dcterms:${name}>`;
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ' +
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" ' +
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<dc:title>${words(title)}</dc:title><dc:creator>Headwater</dc:creator>` +
    (description === '' ? '' : `<dc:description>${words(description)}</dc:description>`) +
    `<dc:language>${words(language)}</dc:language>${time('created')}${time('modified')}</cp:coreProperties>`
  );
}

/**
 * A document without chance and clock: the library gives links random ids and writes the time of its run into the
 * properties and the archive. Here ids are numbered as they appear, and the only day is that of the lesson edition.
 */
export function sealDocx(bytes: Uint8Array, properties: DocxProperties): Uint8Array {
  const parts = Object.entries(unzipSync(bytes));
  const numbers = new Map<string, string>();
  const numbered = (id: string): string => {
    const known = numbers.get(id) ?? `rIdLink${numbers.size + 1}`;
    numbers.set(id, known);
    return known;
  };
  let pictures = 0;
  const sealed = parts.map(([path, part]) => {
    if (path === 'docProps/core.xml') return { path, bytes: strToU8(coreProperties(properties)) };
    if (!/\.(xml|rels)$/.test(path)) return { path, bytes: part };
    return {
      path,
      bytes: strToU8(
        strFromU8(part)
          .replace(chanceId, numbered)
          .replace(pictureId, () => String(++pictures)),
      ),
    };
  });
  return fixedZip(sealed, properties.on);
}
