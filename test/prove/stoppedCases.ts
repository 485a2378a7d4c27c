import { createServer } from 'node:net';
import { join } from 'node:path';
import { startMailbox } from '../browser/mailbox.ts';
import type { Visitor } from '../web/visitor.ts';
import { startChild } from './child.ts';
import { see } from './everyAddress.ts';
import { type Product, startProduct, until } from './product.ts';
import { moved, order, rowOf, second, setWritable, user } from './stoppedDesk.ts';

export type Stage = {
  readonly home: string;
  readonly publicFolder: string;
  readonly base: string;
  /** The public site in a process of its own, which is never stopped. */
  readonly site: Product;
  readonly chief: Visitor;
  readonly pedagogue: Visitor;
  readonly check: (what: string, so: boolean) => void;
};

const pageOf = (edition: string, lesson: string): string => `/${edition}/lessons/${lesson}`;

/** The status of a lesson in an edition, as readers get it from the process that is never stopped. */
const statusOf = async ({ site }: Stage, edition: string, lesson: string): Promise<number> =>
  (await see(site.origin, pageOf(edition, lesson))).status;

export const startDesk = ({ home, base }: Pick<Stage, 'home' | 'base'>, env: Readonly<Record<string, string>> = {}) =>
  startProduct(['start'], { env: { DATA_DIR: home, BASE_URL: base, TRUST_PROXY: '1', ...env }, user });

async function recallPage(visitor: Visitor, id: string): Promise<string> {
  return rowOf((await visitor.get('/desk/recalls')).html, id);
}

const waits = /Recorded, not yet delivered\. Readers of these editions do not see it yet: [^<]*en-GB/;
const delivered = /Delivered: the public pages of every edition show it/;

/** Committed, and killed before anything could be written: the next start delivers it. */
export async function killedBeforeProjection(stage: Stage, desk: Product, lesson: string): Promise<Product> {
  const { check, publicFolder } = stage;
  const [chief, pedagogue] = [moved(stage.chief, desk), moved(stage.pedagogue, desk)];
  const id = await order(chief, lesson);
  setWritable(publicFolder, false);
  const answer = await second(pedagogue, id);
  check('killed: the second person is answered', answer.status === 303);
  check('killed: the desk says that it is not delivered', waits.test(await recallPage(pedagogue, id)));
  await desk.kill();
  setWritable(publicFolder, true);
  check('killed: readers have the lesson while the desk is dead', (await statusOf(stage, 'en-GB', lesson)) === 200);
  const next = await startDesk(stage);
  await until('readers see the recall after the start', async () => (await statusOf(stage, 'en-GB', lesson)) === 410);
  const again = moved(stage.chief, next);
  await until('the desk says that it is delivered', async () => delivered.test(await recallPage(again, id)));
  check('killed: every edition shows it', (await statusOf(stage, 'tr-TR', lesson)) === 410);
  return next;
}

/** Killed so many ms after the second person's wish was sent: afterwards it waits for that person, or it is with the readers. */
export async function killedAtAnyMoment(
  stage: Stage,
  before: Product,
  lessons: readonly string[],
  moment: () => number,
): Promise<{ readonly desk: Product; readonly ended: Readonly<Record<string, number>> }> {
  const ended: Record<string, number> = {};
  let desk = before;
  for (const lesson of lessons) {
    const [chief, pedagogue] = [moved(stage.chief, desk), moved(stage.pedagogue, desk)];
    const id = await order(chief, lesson);
    const wish = second(pedagogue, id).then(
      ({ status }) => String(status),
      () => 'no answer',
    );
    await new Promise((done) => setTimeout(done, moment()));
    await desk.kill();
    const answered = await wish;
    desk = await startDesk(stage);
    await until('the desk is ready', async () => (await see(desk.origin, '/readyz')).status === 200);
    const row = await recallPage(moved(stage.chief, desk), id);
    const inForce = row.includes('Seconded by');
    const status = await statusOf(stage, 'en-GB', lesson);
    const state = inForce ? 'in force and delivered' : 'waits for the second person';
    ended[state] = (ended[state] ?? 0) + 1;
    const whole = inForce
      ? status === 410 && delivered.test(row)
      : status === 200 && row.includes('Withdraw the order');
    stage.check(`killed at any moment: ${lesson} is neither, ${status}`, whole);
    stage.check(`killed at any moment: ${lesson} was promised`, answered !== '303' || inForce);
  }
  return { desk, ended };
}

/** The public folder cannot be written for a while: recorded, told, and delivered by the same process. */
export async function folderAway(stage: Stage, desk: Product, lesson: string): Promise<number> {
  const { check, publicFolder } = stage;
  const [chief, pedagogue] = [moved(stage.chief, desk), moved(stage.pedagogue, desk)];
  const id = await order(chief, lesson);
  setWritable(publicFolder, false);
  const answer = await second(pedagogue, id);
  check('folder away: the second person is answered', answer.status === 303);
  const page = (await pedagogue.get('/desk/recalls')).html;
  check('folder away: said at once', page.includes('The recall is recorded, but not yet delivered'));
  check('folder away: the headline is the news', /recalls? ha(s|ve) not reached all readers/.test(page));
  check('folder away: since when', page.includes('The public pages cannot be written since'));
  check('folder away: the recall names its editions', waits.test(rowOf(page, id)));
  check('folder away: readers still have the lesson', (await statusOf(stage, 'en-GB', lesson)) === 200);
  setWritable(publicFolder, true);
  const back = performance.now();
  await until('readers see it', async () => (await statusOf(stage, 'en-GB', lesson)) === 410);
  const seconds = (performance.now() - back) / 1000;
  await until('the desk says so', async () => delivered.test(await recallPage(chief, id)));
  check('folder away: the same process', desk.process.exitCode === null);
  return Number(seconds.toFixed(1));
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const at = server.address();
      server.close(() => resolve(typeof at === 'object' && at !== null ? at.port : 0));
    });
  });
}

/** The mail server is down: told, kept, and sent when it is back. `usual`: ms that the second person's wish took. */
export async function mailAway(stage: Stage, before: Product, lesson: string) {
  const { check } = stage;
  await before.stop();
  const port = await freePort();
  const desk = await startDesk(stage, { SMTP_URL: `smtp://127.0.0.1:${port}` });
  await until('the desk is ready', async () => (await see(desk.origin, '/readyz')).status === 200);
  const [chief, pedagogue] = [moved(stage.chief, desk), moved(stage.pedagogue, desk)];
  const id = await order(chief, lesson);
  const began = performance.now();
  check('mail away: the second person is answered', (await second(pedagogue, id)).status === 303);
  const usual = performance.now() - began;
  const unsent = async (): Promise<number> =>
    Number(/(\d+) mails? about it (?:is|are) not sent yet/.exec(await recallPage(chief, id))?.[1] ?? 0);
  const waiting = await unsent();
  check('mail away: the desk counts mails that are not sent', waiting > 0);
  check('mail away: readers see the recall meanwhile', (await statusOf(stage, 'en-GB', lesson)) === 410);
  // Longer than the outbox rests between two looks: the server has been asked in vain.
  await new Promise((done) => setTimeout(done, 8_000));
  check('mail away: nothing is lost by a try in vain', (await unsent()) === waiting);
  const mailbox = await startMailbox(port);
  await until('the mails are sent', async () => (await unsent()) === 0, 120_000);
  const about = mailbox.mails().filter(({ text }) => text.includes(`/desk/recalls/${id}`));
  check('mail away: one mail each, and no more', about.length === waiting);
  await mailbox.close();
  return { desk, mails: about.length, usual };
}

/** The database, in a process of its own, is killed: nothing is half done, and the desk says what is the matter. */
export async function databaseAway(stage: Stage, before: Product, lesson: string): Promise<Product> {
  const { check, home } = stage;
  await before.stop();
  const script = join(import.meta.dirname, 'databaseChild.ts');
  const file = join(home, 'headwater.db');
  let database = startChild(script, [file], [], { user });
  const uri = String((await database.hear('serving')).data);
  const desk = await startDesk(stage, { MONGODB_URI: uri });
  await until('the desk is ready', async () => (await see(desk.origin, '/readyz')).status === 200);
  const chief = moved(stage.chief, desk);
  const count = async (): Promise<number> =>
    (await chief.get('/desk/recalls')).html.split('<li id="recall-').length - 1;
  const known = await count();
  database.kill();
  await database.ended;
  const wish = { target: lesson, reason: 'A sentence put blame on the child.', instead: 'Say: it is not your fault.' };
  for (const [language, words] of [
    ['en', 'Readers still have everything'],
    ['tr', 'Okurlar her şeyi görmeye devam ediyor'],
    ['ar', 'ما زال كل شيء متاحًا للقراء'],
  ] as const) {
    const answer = await chief.post('/desk/recalls', wish, { 'Accept-Language': language });
    check(`database away: ${language} is told by a page, ${answer.status}`, answer.status === 503);
    check(`database away: in its words (${language})`, answer.html.includes(words));
  }
  check('database away: readers have everything', (await statusOf(stage, 'en-GB', lesson)) === 200);
  check('database away: from the desk, too', (await see(desk.origin, pageOf('en-GB', lesson))).status === 200);
  database = startChild(script, [file], [], { user });
  check('database away: it comes back where it was', String((await database.hear('serving')).data) === uri);
  await until('the desk is back', async () => (await chief.get('/desk/recalls')).status === 200);
  check('database away: nothing was half done', (await count()) === known);
  const id = await order(chief, lesson);
  await second(moved(stage.pedagogue, desk), id);
  await until('readers see the recall', async () => (await statusOf(stage, 'en-GB', lesson)) === 410);
  await desk.stop();
  database.kill();
  await database.ended;
  return startDesk(stage);
}
