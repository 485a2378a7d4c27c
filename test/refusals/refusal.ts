import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { EJSON } from 'bson';
import type { InterfaceLanguage } from '../../src/domain/access/access.ts';
import type { ErrorCode, ErrorData } from '../../src/domain/errors.ts';
import { createTranslator } from '../../src/web/i18n.ts';
import { httpCode } from '../../src/web/middleware/errorCodes.ts';
import type { Answer } from '../together/desk.ts';
import type { Name, SmallWorld } from '../together/smallWorld.ts';
import type { TestWorld, Visitor } from '../web/testApp.ts';

export const translator = createTranslator();

/**
 * One hash over everything that is stored, without who is signed in, how often somebody tried, who is looking at what,
 * and what a person has typed and not saved: a refused text is kept as its person's draft.
 */
export async function everything({ connection }: Pick<TestWorld, 'connection'>): Promise<string> {
  const { db } = connection;
  assert.ok(db);
  const hash = createHash('sha256');
  const names = (await db.listCollections().toArray()).map((each) => each.name).sort();
  for (const name of names.filter((each) => !/session|limit|tries|^presence$|^unitDrafts$/i.test(each))) {
    const rows = await db.collection(name).find().toArray();
    hash.update(`\n# ${name}\n`);
    for (const row of rows.map((each) => EJSON.stringify(each)).sort()) hash.update(`${row}\n`);
  }
  return hash.digest('hex');
}

/** Runs the work and holds that not one stored byte is different afterwards. */
export async function changesNothing<T>(world: SmallWorld, work: () => Promise<T>, about = ''): Promise<T> {
  const before = await everything(world);
  const done = await work();
  assert.equal(await everything(world), before, `${about}: something was changed`);
  return done;
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#x27': "'",
  '#x3D': '=',
  '#x60': '`',
};

/** A page's text as its reader sees it: the marks that keep a name in one piece do not count. */
export function readable(html: string): string {
  return plain(html.replace(/<[^>]*>/g, '').replace(/&([#a-zA-Z0-9]+);/g, (whole, name) => entities[name] ?? whole));
}
const plain = (text: string) => text.replace(/[\u2066-\u2069]/g, '');

/** The text of a key as the reader's language says it. */
export function textOf(language: InterfaceLanguage, key: string, data: ErrorData = {}): string {
  return plain(translator.t(language, key, data));
}

/** Holds that a page says this refusal, in this language, with its HTTP code. */
export function assertRefused(
  answer: Answer,
  language: InterfaceLanguage,
  error: ErrorCode,
  data: ErrorData = {},
  key = `errors:${error}`,
): void {
  assert.equal(answer.status, httpCode(error), `${error}: ${readable(answer.html).trim().slice(0, 300)}`);
  assert.ok(
    readable(answer.html).includes(textOf(language, key, data)),
    `${language}: no “${textOf(language, key, data)}”`,
  );
  assert.ok(new RegExp(`<html[^>]* lang="${language}"`).test(answer.html), `the page is in ${language}`);
}

/** From now on this person reads the desk in this language. */
export async function speak(world: SmallWorld, name: Name, language: InterfaceLanguage): Promise<void> {
  const person = await world.store.people.byId(name);
  assert.ok(person);
  await world.store.people.save({ ...person, language, revision: person.revision + 1 });
}

/** A request as no browser would send it: any body under any name. */
export async function postRaw(
  visitor: Visitor,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<Answer> {
  const all = { Accept: 'text/html', Cookie: visitor.cookie, ...headers };
  const response = await fetch(`${visitor.origin}${path}`, { method: 'POST', redirect: 'manual', body, headers: all });
  return Object.assign(response, { html: await response.text() });
}
