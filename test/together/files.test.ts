import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { pdfWriter } from '../../src/files/pdf/pdfWriter.ts';
import { FileError } from '../../src/formats/files/fileError.ts';
import { paths } from '../../src/web/paths.ts';
import { invalidHtml } from '../browser/servedHtml.ts';
import { startSmallDesk } from '../browser/smallDesk.ts';
import { documentWriter, stickWriter } from '../site/formatWriters.ts';
import { Visitor } from '../web/testApp.ts';
import { revisionOf } from './smallWorld.ts';

/** Publishing with files that take their time and one that cannot be made, as the coordinator sees it. */

const gate = Promise.withResolvers<void>();
const failing = documentWriter('1', {
  build: async () => {
    await gate.promise;
    throw new FileError('refused', 'no font has U+1F642');
  },
});
const desk = await startSmallDesk((pdf) => ({ lessons: [pdfWriter(pdf), failing], editions: [stickWriter()] }));
after(() => desk.close());
const path = paths.publish.to('tr-TR');
const deniz = new Visitor(desk.origin);
await deniz.signIn('deniz');
await deniz.get('/desk/me');
const speak = async (language: string): Promise<void> => {
  const person = await desk.world.store.people.byId('deniz');
  assert.ok(person);
  await desk.world.store.people.save({
    ...person,
    language: language as typeof person.language,
    revision: person.revision + 1,
  });
};

test('before the first publication nothing is said about files', async () => {
  assert.doesNotMatch((await deniz.get(path)).html, /id="files"/);
});

test('the pages are out while files are made; the desk counts them, with and without script', async () => {
  const wish = { lesson: 'L1', revision: String(await revisionOf(desk.world)) };
  assert.equal((await deniz.post(path, wish)).status, 303);
  await desk.runs.idle();
  assert.equal((await deniz.get('/tr-TR/lessons/L1')).status, 200);
  const { html } = await deniz.get(path);
  assert.match(html, /Publication 1 is what readers see now/);
  assert.match(html, /Files behind the pages/);
  assert.match(html, /\d of \d files are there/);
  assert.match(html, /Class packs \(PDF\)<\/th><td>.*[12] of 2/);
  assert.match(html, /Guides and sheets \(Word\)<\/th><td>0 of 1/);
  assert.ok(html.includes(`data-progress-url="${path}?progress&#x3D;files"`), 'a script asks again');
  assert.match(html, /href="[^"]+#files">Look again/, 'without script, a link does');
  const told = JSON.parse((await deniz.get(`${path}?progress=files`)).html);
  assert.deepEqual([told.done, told.next], [false, path]);
  assert.ok(told.value < told.max);
  assert.deepEqual(await invalidHtml(html), []);
});

for (const [language, failed, why] of [
  ['en', 'One file could not be made', 'a character that no font has'],
  ['tr', 'Bir dosya hazırlanamadı', 'hiçbir yazı tipinde olmayan bir karakter'],
  ['ar', 'تعذّر إعداد ملف واحد', 'حرف لا يوجد في أي خط'],
] as const) {
  test(`what could not be made says why (${language}), and everything else is there`, async () => {
    gate.resolve();
    await desk.world.settled();
    await speak(language);
    const { html } = await deniz.get(path);
    assert.ok(html.includes(failed) && html.includes(why), html);
    assert.ok(html.includes('<bdi dir="ltr">guide.docx</bdi>') && html.includes('no font has U+1F642'));
    assert.doesNotMatch(html, /<progress/);
    assert.deepEqual(await invalidHtml(html), []);
    const told = JSON.parse((await deniz.get(`${path}?progress=files`)).html);
    assert.equal(told.done, true);
    assert.equal((await deniz.get('/tr-TR/package/usb.zip')).status, 200);
    assert.equal((await deniz.get('/tr-TR/lessons/L1/guide.docx')).status, 503);
  });
}
