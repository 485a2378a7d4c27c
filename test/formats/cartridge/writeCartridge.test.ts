import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeCartridge } from '../../../src/formats/cartridge/writeCartridge.ts';
import { invalidHtml } from '../../browser/servedHtml.ts';
import { bundlePages, type River, riverBundle } from '../bundle/riverBundle.ts';
import { linkFaults, manifestFaults, textIn, unpacked, type XmlElement, xmlElements } from '../bundle/unpacked.ts';

const namespace = 'http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1';

/** What the profile asks beyond being well-formed: its published schema and the rules beside it. */
function profileFaults(elements: readonly XmlElement[]): readonly string[] {
  const faults: string[] = [];
  for (const [place, { name, attributes, within }] of elements.entries()) {
    const inside = elements.slice(place + 1);
    const end = inside.findIndex((each) => each.within.length <= within.length);
    const children = inside
      .slice(0, end < 0 ? undefined : end)
      .filter((each) => each.within.length === within.length + 1);
    const names = children.map((child) => child.name);
    const id = attributes.identifier ?? '';
    if (name === 'item' && within.at(-1) === 'organization') {
      if (names.includes('title') || attributes.identifierref)
        faults.push(`${id}: the root has no title and no resource`);
    } else if (name === 'item') {
      if (names[0] !== 'title' || names.lastIndexOf('title') > 0) faults.push(`${id}: one title, first`);
      if (attributes.identifierref ? names.includes('item') : !names.includes('item'))
        faults.push(`${id}: folder or leaf`);
    }
    if (name === 'organization' && attributes.structure !== 'rooted-hierarchy') faults.push(`${id}: structure`);
    if (name === 'metadata' && names.join() !== 'schema,schemaversion,lomimscc:lom') faults.push('metadata');
    if (name !== 'resource') continue;
    const needs = children.flatMap((child) => child.attributes.identifierref ?? []);
    if (new Set(needs).size < needs.length || needs.includes(id)) faults.push(`${id}: needs`);
    if (names.indexOf('dependency') >= 0 && names.lastIndexOf('file') > names.indexOf('dependency'))
      faults.push(`${id}: order`);
    if (attributes.type === 'imswl_xmlv1p1') {
      if (attributes.href || names.join() !== 'file') faults.push(`${id}: a link has one file and nothing else`);
    } else if (attributes.type !== 'webcontent' || !attributes.href) faults.push(`${id}: type or address`);
  }
  return faults;
}

for (const tag of ['en-GB', 'tr-TR', 'ar-EG'] as const satisfies readonly River[]) {
  test(`${tag}: well-formed, recognised as version 1.1, all files named, all links good`, async () => {
    const bundle = riverBundle(tag);
    const files = unpacked(writeCartridge(bundle, bundlePages));
    const manifest = textIn(files, 'imsmanifest.xml');
    assert.ok(Buffer.from(manifest).subarray(0, 500).includes(namespace), 'where Moodle looks for it');
    const elements = xmlElements(manifest);
    assert.equal(elements[0]?.attributes.xmlns, namespace);
    assert.deepEqual(manifestFaults(files, elements), []);
    assert.equal(elements.find(({ name }) => name === 'schemaversion')?.text, '1.1.0');
    const folders = elements.filter(({ name, attributes }) => name === 'item' && !attributes.identifierref);
    assert.equal(folders.length, 1 + bundle.lessons.length, 'the root, and a folder a lesson');
    assert.deepEqual(profileFaults(elements), []);
    const opened = elements.filter(({ attributes }) => attributes.identifierref).map(({ name }) => name);
    const beside = bundle.lessons.flatMap((lesson) => lesson.files).length;
    assert.equal(opened.filter((name) => name === 'item').length, 1 + bundle.lessons.length + beside);
    assert.deepEqual(linkFaults(files, /^https:\/\//), []);
    for (const path of files.keys()) {
      if (path.endsWith('.html')) assert.deepEqual(await invalidHtml(textIn(files, path)), [], path);
    }
    const link = xmlElements(textIn(files, 'links/edition.xml'));
    assert.equal(link[0]?.attributes.xmlns, 'http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1');
    assert.equal(link.find(({ name }) => name === 'url')?.attributes.href, `https://headwater.example/${tag}`);
    assert.equal(elements.find(({ name }) => name === 'lomimscc:string')?.attributes.language, tag.slice(0, 2));
  });
}

test('without an address there is no link to one', () => {
  const files = unpacked(writeCartridge(riverBundle('tr-TR', null), bundlePages));
  assert.equal(files.has('links/edition.xml'), false);
  const elements = xmlElements(textIn(files, 'imsmanifest.xml'));
  assert.deepEqual(manifestFaults(files, elements), []);
  assert.ok(elements.every(({ attributes }) => attributes.type !== 'imswl_xmlv1p1'));
});

test('the rules of the profile do find what is wrong', () => {
  const manifest = textIn(unpacked(writeCartridge(riverBundle('en-GB'), bundlePages)), 'imsmanifest.xml');
  const faults = (from: string, to: string) => {
    const changed = manifest.replace(from, to);
    assert.notEqual(changed, manifest);
    return profileFaults(xmlElements(changed));
  };
  assert.deepEqual(faults('<item identifier="ROOT">', '<item identifier="ROOT"><title>x</title>'), [
    'ROOT: the root has no title and no resource',
  ]);
  assert.deepEqual(faults('identifierref="RES-B4"><title>Lesson page</title>', 'identifierref="RES-B4">'), [
    'ITEM-B4: one title, first',
  ]);
  assert.deepEqual(faults('type="imswl_xmlv1p1"', 'type="imswl_xmlv1p1" href="links/edition.xml"'), [
    'RES-ONLINE: a link has one file and nothing else',
  ]);
});
