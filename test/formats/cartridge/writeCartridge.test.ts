import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeCartridge } from '../../../src/formats/cartridge/writeCartridge.ts';
import { invalidHtml } from '../../browser/servedHtml.ts';
import { bundlePages, type River, riverBundle } from '../bundle/riverBundle.ts';
import { linkFaults, manifestFaults, textIn, unpacked, xmlElements } from '../bundle/unpacked.ts';

const namespace = 'http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1';

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
