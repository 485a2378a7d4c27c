import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { World } from '../../src/commands/ports.ts';
import { publishEdition } from '../../src/commands/publication/publishEdition.ts';
import { readSeed } from '../../src/commands/seed/readSeed.ts';
import { seedStore } from '../../src/commands/seed/seedStore.ts';
import type { Actor, Role } from '../../src/domain/access/access.ts';
import { DomainError } from '../../src/domain/errors.ts';
import { readContentFolder } from '../../src/files/contentFolder.ts';
import { type ClassroomFiles, createClassroomFiles } from '../../src/files/pdf/classroomFiles.ts';
import { createPdfBuilder } from '../../src/files/pdf/pdfBuilder.ts';
import { readPicture } from '../../src/files/pictures.ts';
import { buildLessonPage } from '../../src/formats/page/buildLessonPage.ts';
import { createPreview } from '../../src/site/preview.ts';
import { createSite } from '../../src/site/projector.ts';
import { createPublicHandler } from '../../src/site/serve.ts';
import { openStore } from '../../src/store/openStore.ts';
import { deskRoutes } from '../../src/web/routes.ts';
import { comparable, readPdf } from '../browser/pdfText.ts';
import { invalidHtml } from '../browser/servedHtml.ts';
import { startTestEngine } from '../embedded-mongo/engine.ts';
import { noise } from '../files/samplePicture.ts';
import { paperOnly } from '../site/paperOnly.ts';
import { words } from '../site/words.ts';
import { addPerson, listen, type TestApp, Visitor } from '../web/testApp.ts';

/** A text, a picture and a lesson of a partner's own, from the form to the reader's page and paper, on the river. */

const tag = 'tr-TR';
const now = '2026-09-20T09:00:00.000Z';
const river = join(import.meta.dirname, '../river/content');
const picture = 'B4.hand.1.pic';
const alt = 'Küçük bir köprünün üstünde duran üç arkadaş.';

let world: World;
let app: TestApp;
let folder: string;
let read: (path: string) => Promise<Response>;
const closing: (() => Promise<void> | void)[] = [];
const seats = new Map<string, Visitor>();

/** The river with a drawing on the sheet of five steps. */
async function riverWithDrawing(): Promise<ReadonlyMap<string, string>> {
  const content = new Map(await readContentFolder(river));
  const behind = (file: string, line: string, added: string) => {
    const text = content.get(file) ?? '';
    assert.ok(text.includes(line), `${file} has ${line}`);
    content.set(file, text.replace(line, `${added}\n\n${line}`));
  };
  const drawn = `[#${picture} picture adaptable]\ndrawing: five-steps\nFive steps on a path, one behind the other.`;
  behind('baseline/lessons/B4.md', '[#B4.hand.1.step1 step core]', drawn);
  behind(`editions/${tag}/B4.md`, '[#B4.hand.1.step1]', `[#${picture}]\nBir yolda art arda beş adım.`);
  return content;
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-material-'));
  const engine = await startTestEngine();
  const opened = await openStore({ uri: engine.uri, dbName: 'material' });
  const { store } = opened;
  const pdfs = createPdfBuilder({ workers: 1 });
  const real = createClassroomFiles(pdfs, undefined, async (hash) => (await store.archive.get(hash))?.bytes ?? null);
  // Real where it is read back, at once where it is not.
  const pdf: ClassroomFiles = {
    version: real.version,
    build: (page, file) =>
      page.lesson === 'B4' && (file.kind === 'guide' || (file.kind === 'sheet' && file.name === 'five-steps'))
        ? real.build(page, file)
        : Promise.resolve(Buffer.from(`%PDF-1.7 ${page.lesson} ${JSON.stringify(file)}`)),
  };
  const making = { store, renderLesson: buildLessonPage, writers: paperOnly(pdf), translate: words, now: () => now };
  const warnings: object[] = [];
  let made = 0;
  world = {
    store,
    now: () => now,
    wording: new Map(),
    newId: () => `id-${String(++made).padStart(4, '0')}`,
    site: createSite({ ...making, folder, baseUrl: null, log: { warn: (_, details) => warnings.push(details) } }),
  };
  const seed = readSeed(await riverWithDrawing());
  await seedStore(
    world,
    { ...seed, editions: seed.editions.filter(({ edition }) => edition.edition === tag) },
    () => {},
  );
  const source = async () => store.releases.lessonPackage((await store.editions.byTag(tag))?.upstream.release ?? '');
  const runs = { start: () => {}, progress: () => null, idle: async () => {} };
  app = await listen(
    world,
    deskRoutes({
      runs: runs as never,
      mailFolder: folder,
      origin: 'http://127.0.0.1',
      previews: createPreview({ ...making, source }),
      readPicture,
    }),
  );
  // Every question looks at the folder anew, however fast it follows the publication.
  let clock = 0;
  const site = createPublicHandler({
    folder,
    translate: words,
    progress: () => null,
    clock: () => (clock += 1000),
  });
  const server = createServer((request, response) => {
    if (!site.publicListener(request, response)) site.notFound(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  read = (path) => fetch(`http://127.0.0.1:${port}${path}`, { headers: { 'accept-encoding': 'identity' } });
  closing.push(
    () => app.close(),
    () => void server.close(),
    () => server.closeAllConnections(),
    () => pdfs.close(),
    () => opened.close(),
    () => engine.close(),
    () => rm(folder, { recursive: true, force: true }),
  );
  const partner = (await store.editions.byTag(tag))?.partner ?? '';
  const people: [string, Role][] = [
    ['elif', 'translator'],
    ['murat', 'reviewer'],
    ['ayse', 'coordinator'],
  ];
  for (const [id, role] of people) {
    await addPerson(world, id, partner, [role]);
    const visitor = new Visitor(app.origin);
    await visitor.signIn(id);
    seats.set(id, visitor);
  }
});
after(async () => {
  for (const close of closing) await close();
});

const seat = (id: string): Visitor => {
  const found = seats.get(id);
  assert.ok(found);
  return found;
};
const actor = async (id: string): Promise<Actor> => {
  const person = await world.store.people.byId(id);
  assert.ok(person);
  return { kind: 'person', person };
};
const desk = `/desk/editions/${tag}`;

async function publish(lessons: readonly string[]): Promise<number> {
  const edition = await world.store.editions.byTag(tag);
  const input = { edition: tag, lessons, revision: edition?.revision ?? 0 };
  return (await publishEdition(world, await actor('ayse'), input)).number;
}

/** Opens a page for its token, then sends a picture with its words. */
async function upload(person: Visitor, file: Blob, name: string, words: Readonly<Record<string, string>> = {}) {
  await person.get(`${desk}/material?picture=${picture}`);
  const form = new FormData();
  form.set('file', file, name);
  const written = { segment: picture, revision: '0', alt, creator: 'Ada Boyar', licence: 'CC BY 4.0' };
  const rest = { source: 'https://example.org/bridge', reason: 'Children here know this bridge' };
  for (const [field, value] of Object.entries({ ...written, ...rest, ...words })) form.set(field, value);
  return person.multipart(`${desk}/material/pictures`, form);
}

test('a translator adds a text after an open one; without a reason it is asked for and what was typed stays', async () => {
  const elif = seat('elif');
  const page = await elif.get(`${desk}/lessons/B4?unit=B4.act.1.do`);
  assert.equal(page.status, 200);
  assert.match(page.html, /action="\/desk\/editions\/tr-TR\/lessons\/B4\/additions"/);
  const wish = { after: 'B4.act.1.do', kind: 'paragraph', text: 'Bizim okulun sözü: {helpline.child} her zaman açık.' };
  const refused = await elif.post(`${desk}/lessons/B4/additions`, { ...wish, reason: ' ' });
  assert.equal(refused.status, 422);
  assert.ok(refused.html.includes('Bizim okulun sözü'));
  const foreign = { ...wish, text: 'Ara: {helpline.moon}', reason: 'why' };
  assert.equal((await elif.post(`${desk}/lessons/B4/additions`, foreign)).status, 422);
  assert.deepEqual(await world.store.material.segments(tag), []);
  const done = await elif.post(`${desk}/lessons/B4/additions`, { ...wish, reason: 'The law asks for it' });
  assert.equal(done.status, 303);
  const [local] = await world.store.material.segments(tag);
  assert.equal(local?.state, 'translated');
  assert.match(local?.id ?? '', /^local-/);
  const entry = (await world.store.ledger.ofEdition(tag)).find(({ segment }) => segment === local?.id);
  assert.deepEqual([entry?.kind, entry?.reason, entry?.owner], ['addition', 'The law asks for it', 'elif']);
  const shown = await elif.get(done.headers.get('location')?.split('#')[0] ?? '');
  assert.ok(shown.html.includes('Our own text. The baseline has none here.'));
});

test('files that are no pictures are refused with what to do, whatever they are called', async () => {
  const elif = seat('elif');
  const script = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  const svg = await upload(elif, new Blob([script], { type: 'image/png' }), 'bridge.png');
  assert.equal(svg.status, 422);
  assert.ok(svg.html.includes('This is no JPEG, PNG or WebP'), svg.html.slice(0, 3000));
  assert.ok(svg.html.includes(alt) && svg.html.includes('Ada Boyar'), 'what was typed stays');
  const png = await noise(600, 400).png().toBuffer();
  const behind = new Blob([new Uint8Array(png), '<script>alert(1)</script>'], { type: 'image/png' });
  assert.equal((await upload(elif, behind, 'bridge.png')).status, 422);
  const large = await upload(elif, new Blob([new Uint8Array(9 * 1024 * 1024)]), 'bridge.png');
  assert.equal(large.status, 413);
  const good = new Blob([new Uint8Array(png)], { type: 'image/png' });
  for (const missing of [{ alt: 'Bridge' }, { licence: '' }, { creator: '' }, { source: '' }, { reason: '' }]) {
    const answer = await upload(elif, good, 'bridge.png', missing);
    assert.equal(answer.status, 422, JSON.stringify(missing));
  }
  assert.deepEqual(await world.store.material.pictures(tag), []);
});

test('a picture is put in the place of a drawing and waits for a second person, who answers for each line', async () => {
  const [elif, murat] = [seat('elif'), seat('murat')];
  const bytes = await noise(900, 600)
    .withExif({ IFD0: { Artist: 'Hidden name' } })
    .jpeg()
    .toBuffer();
  const done = await upload(elif, new Blob([new Uint8Array(bytes)], { type: 'text/html' }), '../../evil.html');
  assert.equal(done.status, 303);
  const [kept] = await world.store.material.pictures(tag);
  assert.ok(kept);
  assert.deepEqual([kept.drawing, kept.reviewedBy, kept.width, kept.height], ['five-steps', null, 900, 600]);
  await assert.rejects(publish(['B4']), (error) => error instanceof DomainError && error.code === 'notReady');
  await elif.get(`${desk}/material`);
  const own = await elif.post(`${desk}/material/reviewed/${picture}`, { revision: '1', answer: ['noPupils'] });
  assert.equal(own.status, 403, 'a translator does not review');
  const page = await murat.get(`${desk}/material`);
  assert.ok(page.html.includes(`${desk}/material/pictures/pic-${kept.web}.webp`));
  const half = await murat.post(`${desk}/material/reviewed/${picture}`, { revision: '1', answer: ['noPupils', 'alt'] });
  assert.equal(half.status, 422);
  const all = { revision: '1', answer: ['noPupils', 'noHarm', 'alt', 'rights'] };
  assert.equal((await murat.post(`${desk}/material/reviewed/${picture}`, all)).status, 303);
  assert.equal((await world.store.material.picture(tag, picture))?.reviewedBy, 'murat');
  const served = await murat.get(`${desk}/material/pictures/pic-${kept.web}.webp`);
  assert.equal(served.status, 200);
  assert.equal(served.headers.get('content-type'), 'image/webp');
  assert.equal(served.headers.get('x-content-type-options'), 'nosniff');
  assert.match(served.headers.get('content-security-policy') ?? '', /default-src 'none'; sandbox/);
  const preview = await murat.get(`${desk}/lessons/B4/preview`);
  assert.ok(preview.html.includes(`src="../../material/pictures/pic-${kept.web}.webp"`));
  assert.match(preview.headers.get('content-security-policy') ?? '', /img-src 'self' data:/);
  assert.equal((await murat.get(`${desk}/material/pictures/pic-${kept.print}.webp`)).status, 404);
  assert.equal((await murat.get(`${desk}/material/pictures/pic-${'0'.repeat(64)}.webp`)).status, 404);
});

test('a second person agrees to the added text; published, both stand on the page and on paper', async () => {
  const murat = seat('murat');
  const [local] = await world.store.material.segments(tag);
  assert.ok(local);
  await murat.get(`${desk}/review?unit=${local.id}`);
  const own = await seat('elif').post(`${desk}/units/${local.id}/review`, { revision: '1', wish: 'approve' });
  assert.equal(own.status, 403);
  const agreed = await murat.post(`${desk}/units/${local.id}/review`, { revision: '1', wish: 'approve' });
  assert.equal(agreed.status, 303);
  assert.equal((await world.store.material.segment(tag, local.id))?.state, 'reviewed');
  await publish(['B4']);
  const kept = await world.store.material.picture(tag, picture);
  const page = await read(`/${tag}/lessons/B4`);
  const html = await page.text();
  assert.equal(page.status, 200);
  assert.match(page.headers.get('content-security-policy') ?? '', /img-src 'self' data:/);
  assert.ok(html.includes('Bizim okulun sözü'));
  assert.ok(html.includes('Ulusal ortak kuruluş ekledi.'));
  const src = `/${tag}/pictures/pic-${kept?.web}.webp`;
  assert.ok(html.includes(`<img src="${src}" width="900" height="600" alt="${alt}"`));
  assert.deepEqual(await invalidHtml(html), []);
  assert.ok(html.includes('Ada Boyar') && html.includes('https://creativecommons.org/licenses/by/4.0/'));
  const image = await read(src);
  const bytes = Buffer.from(await image.arrayBuffer());
  assert.deepEqual([image.status, image.headers.get('content-type')], [200, 'image/webp']);
  assert.equal(image.headers.get('x-content-type-options'), 'nosniff');
  assert.match(image.headers.get('content-security-policy') ?? '', /default-src 'none'; sandbox/);
  assert.ok(!bytes.includes('Hidden name') && bytes.subarray(8, 12).toString() === 'WEBP');
  const sheet = await readPdf(Buffer.from(await (await read(`/${tag}/lessons/B4/five-steps.pdf`)).arrayBuffer()));
  assert.ok(sheet.tagged);
  const onPaper = comparable(sheet.pages.join(' '));
  assert.ok(onPaper.includes(comparable('Görsel: Ada Boyar, CC BY 4.0')), onPaper);
  const guide = await readPdf(Buffer.from(await (await read(`/${tag}/lessons/B4/guide.pdf`)).arrayBuffer()));
  assert.ok(comparable(guide.pages.join(' ')).includes(comparable('Bizim okulun sözü')));
});

test('other words need a second person again, and nothing that was written is lost', async () => {
  const elif = seat('elif');
  const [local] = await world.store.material.segments(tag);
  assert.ok(local);
  await elif.get(`${desk}/lessons/B4?unit=${local.id}`);
  const change = { target: 'Sözümüz değişti.', revision: '2', lesson: 'B4', show: 'all', kind: '', reason: '' };
  assert.equal((await elif.post(`${desk}/units/${local.id}`, change)).status, 303);
  const late = await elif.post(`${desk}/units/${local.id}`, { ...change, target: 'Daha da değişti.' });
  assert.equal(late.status, 409);
  assert.ok(late.html.includes('Sözümüz değişti.') && late.html.includes('Daha da değişti.'));
  const next = await world.store.material.segment(tag, local.id);
  assert.deepEqual([next?.text, next?.state, next?.revision], ['Sözümüz değişti.', 'translated', 3]);
  assert.ok(next?.past.some(({ text }) => text.startsWith('Bizim okulun')));
  const out = await elif.post(`${desk}/material/segments/${local.id}`, { wish: 'takeOut', revision: '3' });
  assert.equal(out.status, 303);
  const page = await elif.get(`${desk}/material`);
  assert.ok(page.html.includes('1 text was taken out') && page.html.includes('Sözümüz değişti.'));
});

test('a lesson of their own: held back while something is missing, then published and marked', async () => {
  const [elif, murat, ayse] = [seat('elif'), seat('murat'), seat('ayse')];
  await elif.get(`${desk}/material`);
  const begin = { title: 'Köprüde buluşma', band: 'B', topic: ['trust'], reason: 'Our curriculum asks for it' };
  assert.equal((await elif.post(`${desk}/material/lessons`, { ...begin, topic: [] })).status, 422);
  const made = await elif.post(`${desk}/material/lessons`, begin);
  assert.equal(made.headers.get('location'), `${desk}/material/lessons/L1`);
  const page = await elif.get(`${desk}/material/lessons/L1`);
  assert.ok(page.html.includes('a practice step') && page.html.includes('a step with minutes'));
  await assert.rejects(publish(['L1']), (error) => error instanceof DomainError && error.code === 'notReady');
  const write = (revision: number, fields: Readonly<Record<string, string>>) =>
    elif.post(`${desk}/material/lessons/L1`, { wish: 'write', revision: String(revision), ...fields });
  const head = { section: 'head', kind: 'paragraph', text: 'Çocuklar yardım istemeyi dener.' };
  assert.equal((await write(1, head)).status, 303);
  const step = { section: 'steps', kind: 'step', text: 'Sesli söyle', minutes: '20', practice: 'yes' };
  assert.equal((await write(2, step)).status, 303);
  assert.equal((await write(3, { section: 'steps', kind: 'paragraph', text: 'İkişer ikişer deneyin.' })).status, 303);
  assert.equal((await write(3, step)).status, 409, 'a second writer is told');
  const whole = await elif.get(`${desk}/material/lessons/L1`);
  assert.ok(whole.html.includes('It has what every lesson has'));
  for (const local of (await world.store.material.segments(tag)).filter(({ lesson }) => lesson === 'L1')) {
    await murat.get(`${desk}/review?unit=${local.id}`);
    assert.equal(
      (await murat.post(`${desk}/units/${local.id}/review`, { revision: '1', wish: 'approve' })).status,
      303,
    );
  }
  const edition = await world.store.editions.byTag(tag);
  await ayse.get(`${desk}/lessons`);
  const offer = { state: 'offered', reason: '', revision: String(edition?.revision) };
  assert.equal((await ayse.post(`${desk}/lessons/L1/choice`, offer)).status, 303);
  await publish(['L1']);
  const html = await (await read(`/${tag}/lessons/L1`)).text();
  assert.ok(html.includes('Köprüde buluşma') && html.includes('Sesli söyle'));
  assert.ok(html.includes('Ulusal ortak kuruluşun dersi'));
  const list = await (await read(`/${tag}`)).text();
  assert.ok(list.includes(`/${tag}/lessons/L1`) && list.includes('Ulusal ortak kuruluşun dersi'));
  const latest = await world.store.editions.byTag(tag);
  assert.ok(latest);
  const gone = await elif.post(`${desk}/material/lessons/L1/removal`, { revision: '4', reason: 'Not needed any more' });
  assert.equal(gone.status, 303);
  await publish([]);
  assert.equal((await read(`/${tag}/lessons/L1`)).status, 410);
});
