import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { unzipSync } from 'fflate';
import { readXml, wordsIn, type XmlElement } from '../../../src/formats/exchange/xmlTree.ts';

export const drawing = 'http://schemas.openxmlformats.org/drawingml/2006/main';
const presentation = 'http://schemas.openxmlformats.org/presentationml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** Every element of a name, however deep, those inside of others of the name too. */
export function all(element: XmlElement, local: string, uri = drawing): readonly XmlElement[] {
  return element.children.flatMap((child) => {
    if (typeof child === 'string') return [];
    const inside = all(child, local, uri);
    return child.local === local && child.uri === uri ? [child, ...inside] : inside;
  });
}
export const own = (element: XmlElement, local: string): readonly XmlElement[] => all(element, local, presentation);
export const attribute = (element: XmlElement, name: string): string => element.attributes.get(name) ?? '';
export const relationOf = (element: XmlElement, name: string): string => attribute(element, `{${office}}${name}`);

export type Relations = ReadonlyMap<string, { readonly type: string; readonly target: string }>;

/** A presentation taken apart, as a program that opens it would. */
export type ReadPptx = {
  readonly paths: readonly string[];
  readonly bytes: (path: string) => Uint8Array;
  readonly xml: (path: string) => XmlElement;
  readonly relations: (path: string) => Relations;
  /** In the order in which they are shown. */
  readonly slides: readonly ReadSlide[];
};
export type ReadSlide = {
  readonly path: string;
  readonly root: XmlElement;
  readonly title: string;
  /** Every paragraph, in reading order. */
  readonly lines: readonly string[];
  /** What the master shows on it: paragraphs, and the files of pictures. */
  readonly footLines: readonly string[];
  readonly footPictures: readonly string[];
  readonly notesRoot: XmlElement;
  readonly notes: readonly string[];
};

const relationsPath = (path: string): string =>
  path === '' ? '_rels/.rels' : posix.join(posix.dirname(path), '_rels', `${posix.basename(path)}.rels`);

export const paragraphsOf = (root: XmlElement): readonly string[] =>
  all(root, 'p').map((paragraph) => all(paragraph, 't').map(wordsIn).join(''));

/** Says which shapes are a place of the layout. */
export const placeOf = (shape: XmlElement): string => attribute(own(shape, 'ph')[0] ?? shape, 'type');

const isPlace = (shape: XmlElement): boolean => own(shape, 'ph').length > 0;

export function readPptx(bytes: Uint8Array): ReadPptx {
  const files = unzipSync(bytes);
  const get = (path: string): Uint8Array => {
    const found = files[path];
    assert.ok(found, `${path} is in the file`);
    return found;
  };
  const xml = (path: string): XmlElement => readXml(Buffer.from(get(path)).toString('utf8'));
  const relations = (path: string): Relations => {
    const file = relationsPath(path);
    if (files[file] === undefined) return new Map();
    return new Map(
      all(xml(file), 'Relationship', packaged).map((relation) => {
        assert.notEqual(attribute(relation, 'TargetMode'), 'External', `${file} points outside`);
        const target = posix.join(posix.dirname(path), attribute(relation, 'Target'));
        return [attribute(relation, 'Id'), { type: posix.basename(attribute(relation, 'Type')), target }] as const;
      }),
    );
  };
  const targetOf = (from: string, id: string): string => {
    const found = relations(from).get(id);
    assert.ok(found, `${from} has a relation ${id}`);
    return found.target;
  };
  const main = [...relations('').values()].find(({ type }) => type === 'officeDocument')?.target ?? '';
  const nextOf = (from: string, type: string): string =>
    [...relations(from).values()].find((relation) => relation.type === type)?.target ?? '';
  /** Everything of the master that is no place to fill, unless slide or layout hide it. */
  const footOf = (path: string): Pick<ReadSlide, 'footLines' | 'footPictures'> => {
    const layout = nextOf(path, 'slideLayout');
    const hidden = [path, layout].some((each) => attribute(xml(each), 'showMasterSp') === '0');
    if (hidden) return { footLines: [], footPictures: [] };
    const master = nextOf(layout, 'slideMaster');
    const blips = own(xml(master), 'pic').flatMap((picture) => all(picture, 'blip'));
    return {
      footLines: own(xml(master), 'sp')
        .filter((shape) => !isPlace(shape))
        .flatMap(paragraphsOf),
      footPictures: blips.map((blip) => targetOf(master, relationOf(blip, 'embed'))),
    };
  };
  const slides = own(xml(main), 'sldId').map((id): ReadSlide => {
    const path = targetOf(main, relationOf(id, 'id'));
    const root = xml(path);
    const titles = own(root, 'sp').filter((shape) => placeOf(shape) === 'title');
    assert.equal(titles.length, 1, `${path} has one title`);
    const notesPath = nextOf(path, 'notesSlide');
    const notesRoot = xml(notesPath);
    const back = nextOf(notesPath, 'slide');
    assert.equal(back, path, 'the notes belong to this slide');
    const body = own(notesRoot, 'sp').filter((shape) => placeOf(shape) === 'body');
    return {
      path,
      root,
      title: titles.flatMap(paragraphsOf).join(' '),
      lines: paragraphsOf(root),
      ...footOf(path),
      notesRoot,
      notes: body.flatMap(paragraphsOf),
    };
  });
  return { paths: Object.keys(files), bytes: get, xml, relations, slides };
}
