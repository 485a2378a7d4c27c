import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeScorm } from '../../../src/formats/scorm/writeScorm.ts';
import { invalidHtml } from '../../browser/servedHtml.ts';
import { bundlePages, type River, riverBundle } from '../bundle/riverBundle.ts';
import { linkFaults, manifestFaults, textIn, unpacked, xmlElements } from '../bundle/unpacked.ts';

for (const tag of ['en-GB', 'tr-TR', 'ar-EG'] as const satisfies readonly River[]) {
  test(`${tag}: an item a lesson, all files named`, async () => {
    const bundle = riverBundle(tag);
    const files = unpacked(writeScorm(bundle, bundlePages));
    const manifest = textIn(files, 'imsmanifest.xml');
    const elements = xmlElements(manifest);
    assert.deepEqual(manifestFaults(files, elements), []);
    assert.equal(elements.filter(({ name }) => name === 'organization').length, 1);
    const titles = elements.filter(({ name, within }) => name === 'title' && within.at(-1) === 'item');
    assert.deepEqual(
      titles.map(({ text }) => text),
      bundle.lessons.map(({ page }) => `${page.lesson} ${page.title}`),
    );
    const scos = elements.filter(({ attributes }) => attributes['adlcp:scormtype'] === 'sco');
    assert.equal(scos.length, bundle.lessons.length);
    assert.deepEqual(linkFaults(files, /^https:\/\//), []);
    for (const { page } of bundle.lessons) {
      const html = textIn(files, `lessons/${page.lesson}.html`);
      assert.deepEqual(await invalidHtml(html), []);
      assert.match(html, /<button class="button" type="button" id="done" hidden>/);
      assert.match(html, /<script src="\.\.\/scorm\.js" defer><\/script>/);
    }
  });
}

test('titles that would break a manifest do not', () => {
  const bundle = riverBundle('en-GB');
  const nasty = 'A <b>&amp;</b> "q" \u0001\u2028]]> \ud83d\ude00 {{x}}';
  const lessons = bundle.lessons.map((lesson) => ({ ...lesson, page: { ...lesson.page, title: nasty } }));
  const manifest = textIn(unpacked(writeScorm({ ...bundle, lessons }, bundlePages)), 'imsmanifest.xml');
  const found = xmlElements(manifest).find(({ name, within }) => name === 'title' && within.at(-1) === 'item');
  assert.equal(found?.text, `B4 ${nasty.replace('\u0001', '')}`);
});
