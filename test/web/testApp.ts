import type { AddressInfo } from 'node:net';
import { after } from 'node:test';
import session from 'express-session';
import { pino } from 'pino';
import { hashPassword } from '../../src/commands/people/password.ts';
import type { World } from '../../src/commands/ports.ts';
import type { Person, Role } from '../../src/domain/access/access.ts';
import type { Edition } from '../../src/domain/edition/edition.ts';
import type { DomainEvent } from '../../src/domain/notification/notification.ts';
import { type OpenStore, openStore } from '../../src/store/openStore.ts';
import { type AppDependencies, createApp } from '../../src/web/app.ts';
import { inboxRoutes } from '../../src/web/desk/inbox/routes.ts';
import { mailsRoutes } from '../../src/web/desk/mails/routes.ts';
import { meRoutes } from '../../src/web/desk/me/routes.ts';
import { peopleRoutes } from '../../src/web/desk/people/routes.ts';
import { signInRoutes } from '../../src/web/desk/sign-in/routes.ts';
import type { Route } from '../../src/web/route.ts';
import { startTestEngine, type TestEngine } from '../embedded-mongo/engine.ts';
import { idleSite } from './idleSite.ts';
import { password, Visitor } from './visitor.ts';

export { password, Visitor };

/** The routes of the frame itself. */
export function frontRoutes(mailFolder = '/nonexistent'): readonly Route[] {
  return [
    ...signInRoutes,
    ...peopleRoutes({ origin: 'http://127.0.0.1:3000' }),
    ...meRoutes,
    ...inboxRoutes,
    ...mailsRoutes({ folder: mailFolder }),
  ];
}

export type TestWorld = World & {
  readonly clock: { now: string };
  readonly connection: OpenStore['connection'];
  /** Everything recorded so far, oldest first. */
  readonly recorded: () => Promise<readonly DomainEvent[]>;
};

let engine: Promise<TestEngine> | undefined;
const opened: OpenStore[] = [];

after(async () => {
  for (const open of opened) await open.close();
  await (await engine)?.close();
});

/** A world on the real store, with a database of its own and a clock that stands still. */
export async function testWorld(): Promise<TestWorld> {
  engine ??= startTestEngine();
  const open = await openStore({ uri: (await engine).uri, dbName: `test-${opened.length}` });
  opened.push(open);
  const { store, connection } = open;
  const clock = { now: '2026-11-20T09:00:00.000Z' };
  let next = 0;
  return {
    store,
    wording: new Map(),
    connection,
    site: idleSite,
    clock,
    recorded: async () => [...(await store.events.recent('', 1000))].reverse(),
    now: () => clock.now,
    newId() {
      next += 1;
      return `id-${String(next).padStart(3, '0')}`;
    },
  };
}

/** Puts a person with the usual password into the store. */
export async function addPerson(
  world: World,
  id: string,
  partner: string,
  roles: readonly Role[],
  change: Partial<Person> = {},
): Promise<Person> {
  const person: Person = {
    id,
    name: `${id[0]?.toUpperCase()}${id.slice(1)} Aksoy`,
    email: `${id}@example.org`,
    language: 'en',
    partner,
    roles,
    state: 'active',
    mail: 'all',
    epoch: 0,
    revision: 1,
    ...change,
  };
  await world.store.people.save(person);
  await world.store.people.setPasswordHash(id, await hashPassword(password));
  return person;
}

export async function addPartners(world: World): Promise<void> {
  await world.store.partners.save({ id: 'authority', name: 'The authority', kind: 'authority', jurisdictions: [] });
  await world.store.partners.save({ id: 'tr', name: 'Güvenli Ağ', kind: 'national', jurisdictions: ['TR'] });
  await world.store.partners.save({ id: 'eg', name: 'شبكة آمنة', kind: 'national', jurisdictions: ['EG'] });
}

export function edition(tag: string, partner: string): Edition {
  const [language = '', country = ''] = tag.split('-');
  return {
    tag,
    partner,
    language,
    country,
    demonstration: true,
    upstream: { release: '1.3.0', ahead: [] },
    lessons: {},
    exitUrl: 'https://example.org/',
    publication: null,
    withdrawn: null,
    revision: 1,
  };
}

export type TestApp = { readonly origin: string; readonly close: () => Promise<void> };

export async function listen(world: World, routes: readonly Route[], change: Partial<AppDependencies> = {}) {
  const app = createApp({
    world,
    routes,
    sessions: { store: new session.MemoryStore(), secret: 'only for tests, only for tests, only' },
    config: { trustProxy: false, secureCookies: false, baseUrl: null },
    log: pino({ level: process.env.LOG ?? 'silent' }),
    ...change,
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { origin: `http://127.0.0.1:${port}`, close } satisfies TestApp;
}
