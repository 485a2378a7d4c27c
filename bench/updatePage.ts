import { strict as assert } from 'node:assert';
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import MongoStore from 'connect-mongo';
import { pino } from 'pino';
import { hashPassword } from '../src/commands/people/password.ts';
import type { World } from '../src/commands/ports.ts';
import type { OpenStore } from '../src/store/openStore.ts';
import { createApp } from '../src/web/app.ts';
import { signInRoutes } from '../src/web/desk/sign-in/routes.ts';
import { updateRoutes } from '../src/web/desk/update/routes.ts';
import { paths } from '../src/web/paths.ts';
import { Visitor } from '../test/web/testApp.ts';

const password = 'a river runs downhill';

export type Openings = { readonly ms: readonly number[]; readonly kilobytes: number };

/** Opens the update of an edition as its coordinator does: through HTTP, the real page over the real store. */
export async function openUpdatePage(
  world: World,
  connection: OpenStore['connection'],
  at: { readonly tag: string; readonly person: string; readonly times: number },
): Promise<Openings> {
  const person = await world.store.people.byId(at.person);
  assert(person !== null, 'nobody opens the page');
  await world.store.people.setPasswordHash(person.id, await hashPassword(password));
  const sessions = MongoStore.create({
    client: connection.getClient(),
    dbName: connection.name,
    collectionName: 'sessions',
    touchAfter: 60,
  });
  // The clock of the rounds runs in days; sessions end by the real one.
  const app = createApp({
    world: { ...world, now: () => new Date().toISOString() },
    routes: [...signInRoutes, ...updateRoutes],
    sessions: { store: sessions, secret: randomBytes(32).toString('hex') },
    config: { trustProxy: false, secureCookies: false, baseUrl: null },
    log: pino({ level: 'silent' }),
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const visitor = new Visitor(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await visitor.get('/desk/sign-in');
  await visitor.post('/desk/sign-in', { email: person.email, password });
  const ms: number[] = [];
  let bytes = 0;
  for (let time = -2; time < at.times; time++) {
    const began = performance.now();
    const page = await visitor.get(paths.update.to(at.tag));
    if (time >= 0) ms.push(performance.now() - began);
    assert.equal(page.status, 200, `the update answers ${page.status}`);
    bytes = Buffer.byteLength(page.html);
  }
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return { ms, kilobytes: Math.round(bytes / 1024) };
}
