import assert from 'node:assert/strict';
import { after, before, test as plainTest } from 'node:test';
import turkish from '../../locales/tr/public.json' with { type: 'json' };
import { comparable, readPdf } from '../browser/pdfText.ts';
import { look, type River, startRiver, takeSeat, until, type Visitor, visitor } from './river.ts';

/**
 * The main job, end to end, on real content: a pedagogue revises the baseline, partners are told what changed, take it in,
 * publish, and a teacher downloads the new sheet. In English, Turkish and Arabic. Each step stands on the one before.
 */

const segment = 'B4.hand.1.line3';
const english = 'You can take a friend with you.';
const words = {
  'en-GB': english,
  'tr-TR': 'Yanına bir arkadaşını alabilirsin.',
  'ar-EG': 'يمكنكم أن تصطحبوا صديقًا معكم.',
} as const;
type Tag = keyof typeof words;
/** The sentence of the safety change that the Turkish edition has not taken in yet. */
const stillStop = 'Ödeme yaptıysan ya da bir şey gönderdiysen, şimdi durabilir ve yardım alabilirsin.';

/** A chapter of the story; after one that failed, the later ones have nothing to stand on. */
let broken = '';
function test(name: string, chapter: () => Promise<void>): void {
  plainTest(name, async () => {
    assert.equal(broken, '', 'an earlier chapter failed');
    broken = name;
    await chapter();
    broken = '';
  });
}

let river: River;
const seats = new Map<string, Visitor>();
const codes = new Map<Tag, string>();

const seat = (name: string): Visitor => {
  const found = seats.get(name);
  assert.ok(found, `nobody sits on ${name}`);
  return found;
};

/** Presses the button of a form that is named by its field or action, whatever the language. */
async function send({ page }: Visitor, selector: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.locator(selector).first().click()]);
  await look(page);
}

async function pdfOf({ page }: Visitor, path: string) {
  const answer = await page.context().request.get(river.running.address + path);
  assert.equal(answer.status(), 200, path);
  assert.equal(answer.headers()['content-type'], 'application/pdf');
  return readPdf(await answer.body());
}

before(async () => {
  river = await startRiver();
});
after(async () => {
  await river?.close();
});

test('a fresh start shows its progress, then the editions, and prints one-time links for its seats', async () => {
  const teacher = await visitor(river);
  await teacher.visit('/', 503);
  await river.running.ready;
  await until(
    'links are printed',
    async () => river.printed.filter((line) => line.includes('/desk/link/')).length === 12,
  );
  await teacher.visit('/?language=en');
  assert.ok(/Türkiye/.test(await teacher.words()));
  await teacher.context.close();
});

test('people take their seats with their links, and a link works once', async () => {
  const links = river.printed.flatMap((line) => {
    const link = line.match(/(\S+\/desk\/link\/\S+)/)?.[1];
    return link === undefined ? [] : [link];
  });
  for (const link of links) {
    const person = await takeSeat(river, link, seats.size === 0);
    seats.set(person.email, person);
  }
  assert.ok(seats.has('chief-editor@authority') && seats.has('reviewer@tr-partner'));
  const late = await visitor(river);
  await late.visit(new URL(links[0] ?? '').pathname, 410);
  await late.context.close();
});

test('before anything changes, the sheets of today are read in three languages', async () => {
  const teacher = await visitor(river);
  for (const tag of Object.keys(words) as Tag[]) {
    const pdf = await pdfOf(teacher, `/${tag}/lessons/B4/five-steps.pdf`);
    const text = comparable(pdf.pages.join(' '));
    assert.ok(!text.includes(comparable(words[tag])), tag);
    const code = text.match(/[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}/)?.[0];
    assert.ok(code, `a code is printed on the ${tag} sheet`);
    codes.set(tag, code);
  }
  await teacher.context.close();
});

test('a pedagogue drafts a change set, edits a segment, and asks a second person', async () => {
  const pedagogue = seat('pedagogue@authority');
  const { page } = pedagogue;
  await pedagogue.visit('/desk');
  await pedagogue.visit('/desk/baseline/lessons/B4');
  await pedagogue.visit('/desk/baseline/change-sets');
  await page.locator('#title').fill('A friend may come along');
  await page.locator('[name=severity][value=content]').check();
  await send(pedagogue, 'form:has(#title) button.main');
  const set = '/desk/baseline/change-sets/a-friend-may-come-along';
  await pedagogue.visit(`${set}/lessons/B4?segment=${segment}`);
  const text = await page.locator('#text').inputValue();
  await page.locator('#text').fill(`${text} ${english}`);
  await send(pedagogue, 'form:has(#text) button.main');
  await pedagogue.visit(set);
  await page.locator('#reason').fill('Children said in the trial that the walk to an adult is the hardest part.');
  await page.locator('#summary').fill('The sheet says that a friend may come along.');
  await send(pedagogue, 'form:has(#summary) button');
  assert.ok(/tr-TR/.test(await pedagogue.words()), 'the impact per edition is shown before anybody approves');
  await send(pedagogue, 'form:has([value=submit]) button');
});

test('the author cannot approve; a second person can, sees the impact first, and releases', async () => {
  const pedagogue = seat('pedagogue@authority');
  assert.equal(await pedagogue.page.locator('form[action$="/approval"]').count(), 0);
  const chief = seat('chief-editor@authority');
  await chief.visit('/desk');
  await chief.visit('/desk/baseline/change-sets/a-friend-may-come-along');
  await send(chief, 'form[action$="/approval"] button');
  await chief.visit('/desk/baseline/releases');
  await chief.page.locator('[name="set-a-friend-may-come-along"]').check();
  await send(chief, 'form:has([name="set-a-friend-may-come-along"]) button');
  assert.ok(/0\.3\.0/.test(await chief.words()));
  await send(chief, 'form:has([name=previous]) button.main');
  await chief.visit('/desk/baseline/releases/0.3.0');
});

test('everybody is told: one notice an edition in the inbox, one mail a person with counts and a link', async () => {
  const told = ['coordinator@tr-partner', 'translator@tr-partner', 'reviewer@tr-partner', 'coordinator@eg-partner'];
  const toTurkey = () =>
    river.mailbox.mails().filter((mail) => mail.envelopeTo.some((to) => to.includes('@tr-partner')));
  await until('three mails reached Türkiye', async () => toTurkey().length >= 3);
  assert.equal(toTurkey().length, 3, 'one mail a person, whatever the number of notices');
  const mail = toTurkey()[0];
  assert.match(mail?.subject ?? '', /0\.3\.0/);
  assert.match(mail?.text ?? '', /\/desk\/editions\/tr-TR\/update/);
  for (const name of told) {
    await seat(name).visit('/desk/inbox');
    assert.match(await seat(name).words(), /0\.3\.0/);
  }
});

test('past its date, a lesson that misses a safety change is withheld, with a page that says so and the helpline', async () => {
  const teacher = await visitor(river);
  await teacher.visit('/tr-TR/lessons/B4', 410);
  assert.ok((await teacher.words()).includes('ALO 183'));
  await teacher.visit('/en-GB/lessons/B4');
  await teacher.context.close();
});

/** Opens an item of the update, writes our text, and keeps it. */
async function redo(person: Visitor, tag: Tag, key: string, change: (text: string) => string): Promise<void> {
  await person.visit(`/desk/editions/${tag}/update?item=${key}`);
  const field = person.page.locator('#text');
  await field.fill(change(await field.inputValue()));
  await send(person, '[name=kind][value=redo]');
}

async function apply(person: Visitor, tag: Tag): Promise<void> {
  await person.visit(`/desk/editions/${tag}/update`);
  await send(person, 'form[action$="/application"] button');
  assert.ok(/0\.3\.0/.test(await person.words()));
}

async function publish(person: Visitor, tag: Tag, number: number): Promise<void> {
  await person.visit(`/desk/editions/${tag}/publish`);
  await send(person, 'form:has([name=lesson]) button.main');
  // The page follows the work by itself and comes back when it is done.
  await until(`publication ${number} of ${tag} is out`, async () => {
    const running = await person.page
      .locator('[data-progress-url]')
      .count()
      .catch(() => 1);
    return running === 0;
  });
  await person.page.waitForLoadState();
  assert.equal(await person.page.locator('.problems').count(), 0);
  await person.visit(`/desk/editions/${tag}/publish`);
  await person.visit(`/desk/editions/${tag}/publications/${number}`);
}

test('Turkish: the translator sees the changed words and redoes them; what is new is translated', async () => {
  const translator = seat('translator@tr-partner');
  await translator.visit('/desk/editions/tr-TR');
  await translator.visit(`/desk/editions/tr-TR/update?item=${segment}`);
  assert.match((await translator.page.locator('#open ins').first().textContent()) ?? '', /friend/);
  await redo(translator, 'tr-TR', segment, (text) => `${text} ${words['tr-TR']}`);
  await redo(
    translator,
    'tr-TR',
    'B4.act.2.word',
    () => 'Sözcüğü tahtaya yazın. Her çocuk şantajın ne olduğunu kendi sözleriyle bir arkadaşına anlatır.',
  );
  const reviewer = seat('reviewer@tr-partner');
  await reviewer.visit('/desk/editions/tr-TR/update');
  assert.equal(await reviewer.page.locator('form[action$="/application"]').count(), 0, 'only a coordinator applies');
});

test('Turkish: applied, taken back in one step, applied again; every word is kept', async () => {
  const coordinator = seat('coordinator@tr-partner');
  await apply(coordinator, 'tr-TR');
  await coordinator.visit(`/desk/editions/tr-TR/lessons/B4?unit=${segment}`);
  assert.ok(/Yanına bir arkadaşını/.test(await coordinator.words()));
  await coordinator.visit('/desk/editions/tr-TR/update');
  await send(coordinator, 'form[action$="/undo"] button');
  await coordinator.visit(`/desk/editions/tr-TR/lessons/B4?unit=${segment}`);
  assert.doesNotMatch(await coordinator.page.locator('#target').inputValue(), /Yanına bir arkadaşını/);
  const translator = seat('translator@tr-partner');
  await redo(translator, 'tr-TR', segment, (text) => `${text} ${words['tr-TR']}`);
  for (const key of ['CPS-03', 'CPS-03.plain', 'B4.hand.1.line1', 'C3.hand.1.line2']) {
    await redo(translator, 'tr-TR', key, (text) => `${text} ${stillStop}`);
  }
  await redo(
    translator,
    'tr-TR',
    'B4.act.2.word',
    () => 'Sözcüğü tahtaya yazın. Her çocuk şantajın ne olduğunu kendi sözleriyle bir arkadaşına anlatır.',
  );
  await apply(coordinator, 'tr-TR');
});

test('Turkish: core text needs a back-translation by another and a second person', async () => {
  const reviewer = seat('reviewer@tr-partner');
  const coordinator = seat('coordinator@tr-partner');
  await coordinator.visit(`/desk/editions/tr-TR/lessons/B4?unit=${segment}`);
  await coordinator.page.locator('#back').fill('Tell an adult you trust. … You can take a friend with you.');
  await send(coordinator, 'form[action$="/back-translation"] button');
  await reviewer.visit(`/desk/editions/tr-TR/review?unit=${segment}`);
  await reviewer.page.locator(`[name=unit][form=agree][value$=":${segment}"]`).check();
  await send(reviewer, '#agree button.main');
  await reviewer.visit(`/desk/editions/tr-TR/lessons/B4?unit=${segment}`);
  assert.ok(/kesin/.test(await reviewer.words()));
});

test('previews come from the working text, stamped DRAFT, as a page and as a PDF', async () => {
  const coordinator = seat('coordinator@tr-partner');
  await coordinator.page.goto(`${river.running.address}/desk/editions/tr-TR/lessons/B4/preview`);
  await look(coordinator.page);
  assert.ok((await coordinator.words()).includes('Taslak'), 'the page says that it is a draft');
  const draft = await pdfOf(coordinator, '/desk/editions/tr-TR/lessons/B4/preview/five-steps.pdf');
  const text = comparable(draft.pages.join(' '));
  assert.ok(text.includes(comparable(words['tr-TR'])));
  assert.match(text, /TASLAK/i);
});

test('Turkish, Arabic and English go out', async () => {
  await publish(seat('coordinator@tr-partner'), 'tr-TR', 2);
  const translator = seat('translator@eg-partner');
  await redo(translator, 'ar-EG', segment, (text) => `${text} ${words['ar-EG']}`);
  await apply(seat('coordinator@eg-partner'), 'ar-EG');
  await publish(seat('coordinator@eg-partner'), 'ar-EG', 2);
  // The British edition inherits what it has not changed: nothing to translate, only to take in.
  await apply(seat('coordinator@gb-partner'), 'en-GB');
  await publish(seat('coordinator@gb-partner'), 'en-GB', 2);
});

for (const script of [true, false]) {
  test(`a teacher ${script ? 'with' : 'without'} script goes from home to the new sheet, in each language`, async () => {
    const teacher = await visitor(river, { script, width: script ? 1280 : 360 });
    for (const tag of Object.keys(words) as Tag[]) {
      await teacher.visit('/?language=en');
      await teacher.page.locator(`main a[href="/${tag}"], a[href="/${tag}"]`).first().click();
      await look(teacher.page);
      await teacher.visit(`/${tag}?age=10-12&topic=blackmail`);
      await teacher.page.locator(`a[href="/${tag}/lessons/B4"]`).first().click();
      await look(teacher.page);
      const href = await teacher.page.locator('a[href$="five-steps.pdf"]').first().getAttribute('href');
      const pdf = await pdfOf(teacher, href ?? '');
      const text = comparable(pdf.pages.join(' ').replaceAll('\n', ' '));
      assert.ok(text.includes(comparable(words[tag])), `${tag}: the new sentence is on the sheet`);
      assert.ok(pdf.tagged && pdf.title !== '');
    }
    await teacher.context.close();
  });
}

test('the Arabic helpline reads 16000 on the page and on paper', async () => {
  const teacher = await visitor(river);
  await teacher.visit('/ar-EG/lessons/B4');
  assert.ok(/16000/.test(await teacher.words()));
  const pdf = await pdfOf(teacher, '/ar-EG/lessons/B4/five-steps.pdf');
  assert.match(pdf.pages.join(' '), /16000/);
  await teacher.context.close();
});

test('yesterday’s paper is told that it was replaced, and today’s that it is current', async () => {
  const teacher = await visitor(river);
  const old = codes.get('tr-TR') ?? '';
  await teacher.visit(`/verify/${old}`);
  assert.ok((await teacher.words()).includes(turkish.verify.verdict.replaced), 'in the language of the sheet');
  const pdf = await pdfOf(teacher, '/tr-TR/lessons/B4/five-steps.pdf');
  const code = comparable(pdf.pages.join(' ')).match(/[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}/)?.[0] ?? '';
  assert.notEqual(code, old);
  await teacher.visit(`/verify/${code}`);
  assert.ok((await teacher.words()).includes(turkish.verify.do.current));
  await teacher.context.close();
});

test('two people recall a lesson: it is off every page and file within ten seconds, and comes back when lifted', async () => {
  const chief = seat('chief-editor@authority');
  await chief.visit('/desk/recalls');
  await chief.page.locator('#target').fill('B4');
  await chief.page.locator('#reason').fill('A sentence on the sheet can be misread.');
  await chief.page.locator('#instead').fill('Teach lesson C3 or wait for the new sheet.');
  await send(chief, 'form:has(#instead) button');
  const pedagogue = seat('pedagogue@authority');
  await pedagogue.visit('/desk/recalls');
  const ordered = Date.now();
  await send(pedagogue, 'form[action$="/second"] button');
  const teacher = await visitor(river);
  const { request } = teacher.context;
  const gone = async () => {
    const asked = ['/tr-TR/lessons/B4', '/ar-EG/lessons/B4/five-steps.pdf', '/en-GB/lessons/B4/pack.pdf'];
    const answers = await Promise.all(asked.map((path) => request.get(river.running.address + path)));
    return answers.every((answer) => answer.status() === 410);
  };
  await until('the lesson is off everywhere', gone, 10_000);
  assert.ok(Date.now() - ordered < 10_000, 'within ten seconds');
  await teacher.visit('/tr-TR/lessons/B4', 410);
  assert.ok(/ALO 183/.test(await teacher.words()), 'the page that stands in shows the helpline');
  await chief.visit('/desk/recalls');
  await send(chief, 'form[action$="/lift"] button');
  await until(
    'the lesson is back',
    async () => (await request.get(`${river.running.address}/tr-TR/lessons/B4`)).status() === 200,
  );
  await teacher.context.close();
});
