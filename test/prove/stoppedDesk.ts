import { chmodSync, chownSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { password, Visitor } from '../web/visitor.ts';
import { type Product, until } from './product.ts';

/** Whom the product runs as: whoever may do everything is not stopped by a folder that cannot be written. */
export const user: number | null = process.getuid?.() === 0 ? 65_534 : null;

function* foldersIn(root: string): Generator<string> {
  yield root;
  for (const entry of readdirSync(root, { withFileTypes: true })) {
    if (entry.isDirectory()) yield* foldersIn(join(root, entry.name));
  }
}

/** Gives a folder, with all that is in it, to the one whom the product runs as. */
export function handOver(root: string): void {
  if (user === null) return;
  for (const folder of foldersIn(root)) {
    chownSync(folder, user, user);
    for (const name of readdirSync(folder)) {
      const place = join(folder, name);
      if (lstatSync(place).isFile()) chownSync(place, user, user);
    }
  }
}

/** A disk that can be read and not written, as it is when it is full, mounted anew or in the hands of a backup. */
export function setWritable(publicFolder: string, writable: boolean): void {
  for (const folder of [...foldersIn(publicFolder)]) chmodSync(folder, writable ? 0o755 : 0o555);
}

/**
 * In front of the desk stands something that speaks TLS; it says so to the desk. Each wish has a connection of its own: one
 * that was kept may end with a desk that is killed.
 */
const proxied = { 'X-Forwarded-Proto': 'https', Connection: 'close' };

/** Takes a seat by the one-time link that the start printed: setting a password signs in. `seat`: `Chief editor (authority)`. */
export async function takeSeat(desk: Product, seat: string): Promise<Visitor> {
  await until(`${seat} has a link`, () => desk.printed.some((line) => line.startsWith(`${seat}: `)));
  const line = desk.printed.find((each) => each.startsWith(`${seat}: `)) ?? '';
  const visitor = new Visitor(desk.origin, proxied);
  const link = new URL(line.slice(seat.length + 2)).pathname;
  await visitor.get(link);
  const answer = await visitor.post(link, { password });
  if (answer.status !== 303) throw new Error(`${seat} could not set a password: ${answer.status}`);
  await visitor.get('/desk/me');
  return visitor;
}

/** The same person at another start of the desk: sessions outlive it, addresses do not. */
export function moved(visitor: Visitor, desk: Product): Visitor {
  const there = new Visitor(desk.origin, proxied);
  return Object.assign(there, { cookie: visitor.cookie, token: visitor.token });
}

/** The part of the recalls page that is about one of them, by its id. */
export function rowOf(html: string, id: string): string {
  const from = html.indexOf(`id="recall-${id}"`);
  return from === -1 ? '' : html.slice(from, html.indexOf('</li>', from));
}

/** Orders a recall of a lesson and returns its id. */
export async function order(chief: Visitor, lesson: string): Promise<string> {
  await chief.get('/desk/recalls');
  const wish = { target: lesson, reason: 'A sentence put blame on the child.', instead: 'Say: it is not your fault.' };
  const answer = await chief.post('/desk/recalls', wish);
  if (answer.status !== 303) throw new Error(`${lesson} could not be recalled: ${answer.status}`);
  const { html } = await chief.get('/desk/recalls');
  const rows = [...html.matchAll(/<li id="recall-([^"]+)"/g)].map(([, id = '']) => id);
  const id = rows.find((each) => rowOf(html, each).includes(`Withdraw the order for ${lesson}`));
  if (id === undefined) throw new Error(`the order for ${lesson} is not on the page`);
  return id;
}

/** The second person agrees; the answer as it came. */
export async function second(pedagogue: Visitor, id: string): Promise<Response & { html: string }> {
  const { html } = await pedagogue.get('/desk/recalls');
  const revision = /name="revision" value="(\d+)"/.exec(rowOf(html, id))?.[1] ?? '1';
  return pedagogue.post(`/desk/recalls/${id}/second`, { revision });
}
