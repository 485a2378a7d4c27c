import { type Zippable, zipSync } from 'fflate';
import { value } from '../exchange/xmlWords.ts';
import { xmlHead } from './shapeXml.ts';

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const typeOf = {
  document: `${office}/officeDocument`,
  core: `${packageRelations}/metadata/core-properties`,
  properties: `${office}/extended-properties`,
  master: `${office}/slideMaster`,
  layout: `${office}/slideLayout`,
  theme: `${office}/theme`,
  slide: `${office}/slide`,
  notesMaster: `${office}/notesMaster`,
  notes: `${office}/notesSlide`,
  image: `${office}/image`,
} as const;

/** A relation to another part of the same file; there are none to the outside. */
export type Relation = { readonly kind: keyof typeof typeOf; readonly to: string };

const main = 'application/vnd.openxmlformats-officedocument.presentationml.';
export const contentTypes = {
  presentation: `${main}presentation.main+xml`,
  master: `${main}slideMaster+xml`,
  layout: `${main}slideLayout+xml`,
  slide: `${main}slide+xml`,
  notesMaster: `${main}notesMaster+xml`,
  notes: `${main}notesSlide+xml`,
  theme: 'application/vnd.openxmlformats-officedocument.theme+xml',
  core: 'application/vnd.openxmlformats-package.core-properties+xml',
  properties: 'application/vnd.openxmlformats-officedocument.extended-properties+xml',
} as const;

/** A part by its path: `ppt/slides/slide1.xml`. Its relations are numbered `rId1`, `rId2` … in their order. */
export type Part =
  | {
      readonly path: string;
      readonly type: keyof typeof contentTypes;
      readonly xml: string;
      readonly relations?: readonly Relation[];
    }
  | { readonly path: string; readonly type: 'png' | 'jpeg'; readonly bytes: Uint8Array };

/** `../media/a.png`, from one part to another. */
function pathFrom(from: string, to: string): string {
  const [here, there] = [from.split('/').slice(0, -1), to.split('/')];
  let same = 0;
  while (same < here.length && here[same] === there[same]) same += 1;
  return [...here.slice(same).map(() => '..'), ...there.slice(same)].join('/');
}

function relationsXml(from: string, relations: readonly Relation[]): string {
  const each = relations.map(({ kind, to }, index) => {
    return `<Relationship Id="rId${index + 1}" Type="${typeOf[kind]}" Target="${value(pathFrom(from, to))}"/>`;
  });
  return `${xmlHead}<Relationships xmlns="${packageRelations}">${each.join('')}</Relationships>`;
}

function contentTypesXml(parts: readonly Part[]): string {
  const defaults = [
    ['rels', 'application/vnd.openxmlformats-package.relationships+xml'],
    ['xml', 'application/xml'],
    ...[...new Set(parts.map(({ type }) => type))]
      .filter((type) => type === 'png' || type === 'jpeg')
      .sort()
      .map((type) => [type, `image/${type}`] as const),
  ];
  const overrides = parts.flatMap(({ path, type }) =>
    type === 'png' || type === 'jpeg' ? [] : [`<Override PartName="/${path}" ContentType="${contentTypes[type]}"/>`],
  );
  return (
    `${xmlHead}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
    `${defaults.map(([ending, type]) => `<Default Extension="${ending}" ContentType="${type}"/>`).join('')}${overrides.join('')}</Types>`
  );
}

const relationsPath = (path: string): string => path.replace(/([^/]*)$/, '_rels/$1.rels');

/**
 * Parts in one file. Every entry has the same date. It is made from local parts because the writer reads local parts:
 * so the same day stands in the file in every time zone.
 */
export function writePackage(
  parts: readonly Part[],
  root: readonly Relation[],
  [year, month, day]: readonly [number, number, number],
): Uint8Array {
  const files: [string, Uint8Array][] = [
    ['[Content_Types].xml', Buffer.from(contentTypesXml(parts))],
    ['_rels/.rels', Buffer.from(relationsXml('', root))],
  ];
  for (const part of parts) {
    files.push([part.path, 'xml' in part ? Buffer.from(part.xml) : part.bytes]);
    if ('xml' in part && part.relations) {
      files.push([relationsPath(part.path), Buffer.from(relationsXml(part.path, part.relations))]);
    }
  }
  const entries: Zippable = Object.fromEntries(files.map(([path, bytes]) => [path, Uint8Array.from(bytes)]));
  return zipSync(entries, { level: 9, mtime: new Date(year, month - 1, day, 12), os: 0 });
}
