import assert from 'node:assert/strict';
import type { XmlElement } from '../../../src/formats/exchange/xmlTree.ts';
import { all, attribute, drawing, own, type ReadPptx, relationOf } from './readPptx.ts';

const types = 'http://schemas.openxmlformats.org/package/2006/content-types';

/** What makes PowerPoint offer to repair a file, each looked for by itself. */
export function assertSound(read: ReadPptx): void {
  assertDeclared(read);
  assertReached(read);
  for (const path of read.paths.filter((each) =>
    /^ppt\/(slides|notesSlides|slideLayouts|slideMasters|notesMasters)\/[^/]+\.xml$/.test(each),
  )) {
    const root = read.xml(path);
    assertParagraphs(path, root);
    assertIds(path, root);
    assertPictures(path, root, read);
  }
  const ids = [read.xml('ppt/presentation.xml'), read.xml('ppt/slideMasters/slideMaster1.xml')].flatMap((root) =>
    [...own(root, 'sldMasterId'), ...own(root, 'sldLayoutId')].map((each) => Number(attribute(each, 'id'))),
  );
  assert.equal(new Set(ids).size, ids.length, 'masters and layouts share one row of numbers');
  assert.ok(ids.every((id) => id >= 2_147_483_648));
}

/** Every declared part is there, and the reverse. */
function assertDeclared({ paths, xml }: ReadPptx): void {
  const root = xml('[Content_Types].xml');
  assert.equal(paths[0], '[Content_Types].xml', 'it comes first');
  const declared = all(root, 'Override', types).map((part) => attribute(part, 'PartName').slice(1));
  assert.equal(new Set(declared).size, declared.length, 'none is declared twice');
  for (const part of declared) assert.ok(paths.includes(part), `${part} is declared and there`);
  const endings = all(root, 'Default', types).map((each) => attribute(each, 'Extension'));
  for (const path of paths) {
    const ending = path.slice(path.lastIndexOf('.') + 1);
    if (path === '[Content_Types].xml') continue;
    if (ending === 'xml') assert.ok(declared.includes(path), `${path} is declared`);
    else assert.ok(endings.includes(ending), `${path} has a declared ending`);
  }
  for (const ending of endings) {
    assert.ok(ending === 'xml' || paths.some((path) => path.endsWith(`.${ending}`)), `${ending} is declared and used`);
  }
}

/** Everything hangs on something, and nothing hangs on what is not there. */
function assertReached({ paths, relations }: ReadPptx): void {
  const reached = new Set<string>();
  const walk = (path: string): void => {
    for (const { target } of relations(path).values()) {
      assert.ok(paths.includes(target), `${path} points to ${target}, which is there`);
      if (reached.has(target)) continue;
      reached.add(target);
      walk(target);
    }
  };
  walk('');
  const parts = paths.filter((path) => path !== '[Content_Types].xml' && !path.endsWith('.rels'));
  assert.deepEqual([...reached].sort(), parts.sort());
}

function assertParagraphs(path: string, root: XmlElement): void {
  for (const paragraph of all(root, 'p')) {
    const names = paragraph.children.map((child) => (typeof child === 'string' ? 'words' : child.local));
    assert.ok(names.filter((name) => name === 'pPr').length <= 1, `${path}: one pPr in a paragraph`);
    assert.ok(names.indexOf('pPr') <= 0, `${path}: pPr comes first`);
    const end = names.indexOf('endParaRPr');
    assert.ok(end < 0 || end === names.length - 1, `${path}: endParaRPr comes last`);
  }
  for (const name of ['rPr', 'endParaRPr', 'defRPr']) {
    for (const run of all(root, name)) {
      if (name !== 'defRPr') assert.notEqual(attribute(run, 'lang'), '', `${path}: a run says its language`);
      const order = ['ln', 'noFill', 'solidFill', 'latin', 'ea', 'cs'];
      const places = run.children.map((child) => order.indexOf(typeof child === 'string' ? '' : child.local));
      assert.deepEqual(
        places,
        places.toSorted((a, b) => a - b),
        `${path}: the schema's order in a run`,
      );
    }
  }
  for (const run of all(root, 'r')) assert.equal(all(run, 'rPr').length, 1, `${path}: each run has its properties`);
}

function assertIds(path: string, root: XmlElement): void {
  const ids = own(root, 'cNvPr').map((each) => attribute(each, 'id'));
  assert.ok(ids.length > 0 && new Set(ids).size === ids.length, `${path}: numbers of shapes are its own`);
}

function assertPictures(path: string, root: XmlElement, { relations }: ReadPptx): void {
  for (const picture of own(root, 'pic')) {
    assert.ok(
      own(picture, 'cNvPr').every((each) => attribute(each, 'descr').trim() !== ''),
      `${path}: words for a picture`,
    );
    const blip = all(picture, 'blip', drawing)[0];
    assert.equal(relations(path).get(blip ? relationOf(blip, 'embed') : '')?.type, 'image');
  }
}
