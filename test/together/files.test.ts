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
let broken = true;
const failing = documentWriter('1', {
  build: async ({ title }) => {
    await gate.promise;
    if (broken) throw new FileError('refused', 'no font has U+1F642');
    return Buffer.from(title);
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
  // With a place in it, the link would only scroll, and ask for nothing.
  assert.ok(html.includes(`<a href="${path}">Look again`), 'without script, a link does');
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

for (const [language, told, button] of [
  ['en', 'tr-TR: one file could not be made (L1 guide.docx)', 'Try this file again now'],
  ['tr', 'tr-TR: bir dosya hazırlanamadı (L1 guide.docx)', 'Bu dosyayı şimdi yeniden dene'],
  ['ar', 'tr-TR: تعذّر إعداد ملف واحد (L1 guide.docx)', 'أعد المحاولة لهذا الملف الآن'],
] as const) {
  test(`the coordinators find one notice of the round in their inbox (${language}), and a button on the page`, async () => {
    await speak(language);
    // A name or a number keeps its direction by signs that nobody sees.
    const inbox = (await deniz.get(paths.inbox.to())).html.replace(/[\u2068\u2069]/g, '');
    assert.equal(inbox.split(told).length, 2, inbox);
    assert.ok(inbox.includes(`href="${path}#files"`));
    assert.ok((await deniz.get(path)).html.includes(`<button type="submit">${button}</button>`));
  });
}

test('who may not publish sees what failed and has no button; the other coordinator is told, too', async () => {
  const elif = new Visitor(desk.origin);
  await elif.signIn('elif');
  const { html } = await elif.get(path);
  assert.match(html, /One file could not be made/);
  assert.doesNotMatch(html, /Try this file again now/);
  assert.equal((await elif.post(paths.filesAgain.to('tr-TR'), {})).status, 403);
  const { notices } = desk.world.store;
  const kinds = async (person: string) => (await notices.ofPerson(person, 50)).map(({ kind }) => kind);
  assert.equal((await kinds('derya')).filter((kind) => kind === 'filesFailed').length, 1);
  assert.ok(!(await kinds('elif')).includes('filesFailed') && !(await kinds('hala')).includes('filesFailed'));
});

test('tried again while it still fails, it is no second notice; tried again after it was mended, it is there', async () => {
  await speak('en');
  await deniz.get(path);
  const again = await deniz.post(paths.filesAgain.to('tr-TR'), {});
  assert.deepEqual([again.status, again.headers.get('location')], [303, `${path}#files`]);
  await desk.world.settled();
  const told = (await desk.world.store.notices.ofPerson('deniz', 50)).filter(({ kind }) => kind === 'filesFailed');
  assert.equal(told.length, 1);
  broken = false;
  await deniz.get(path);
  await deniz.post(paths.filesAgain.to('tr-TR'), {});
  await desk.world.settled();
  const { html } = await deniz.get(path);
  assert.match(html, /One file is tried again\./);
  assert.doesNotMatch(html, /could not be made/);
  assert.equal((await deniz.get('/tr-TR/lessons/L1/guide.docx')).status, 200);
  const done = (await desk.world.recorded()).filter(({ action }) => action === 'edition/filesAgain');
  assert.deepEqual([done.length, done[0]?.by], [2, 'deniz']);
  await deniz.post(paths.filesAgain.to('tr-TR'), {});
  assert.match((await deniz.get(path)).html, /there is nothing to try again/);
});
