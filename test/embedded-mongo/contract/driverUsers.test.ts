/** Libraries that keep what is theirs in the database: connect-mongo's sessions, rate-limiter-flexible's counts. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import MongoStore from 'connect-mongo';
import type { SessionData } from 'express-session';
import { RateLimiterMongo } from 'rate-limiter-flexible';
import { type Contract, openContract } from './openContract.ts';

let contract: Contract;
before(async () => {
  contract = await openContract();
});
after(async () => {
  await contract.close();
});

/** A call of express-session's kind, awaited. */
const call = <T>(run: (done: (error: unknown, value?: T | null) => void) => void) =>
  new Promise<T | null | undefined>((resolve, reject) =>
    run((error, value) => (error ? reject(error) : resolve(value))),
  );

test('connect-mongo keeps sessions', async () => {
  const store = MongoStore.create({
    client: contract.client,
    dbName: contract.db.databaseName,
    collectionName: 'sessions',
    ttl: 60,
  });
  const data = { cookie: { originalMaxAge: 60_000 }, user: 'x' } as unknown as SessionData;
  await call((done) => store.set('sid', data, done));
  const read = await call<SessionData>((done) => store.get('sid', done));
  assert.equal((read as unknown as { user: string }).user, 'x');
  await call((done) => store.touch('sid', data, done));
  assert.equal(await call<number>((done) => store.length(done)), 1);
  await call((done) => store.destroy('sid', done));
  assert.equal((await call<SessionData>((done) => store.get('sid', done))) ?? null, null);
});

test('RateLimiterMongo counts and blocks', async () => {
  const limiter = new RateLimiterMongo({
    storeClient: contract.client,
    dbName: contract.db.databaseName,
    points: 2,
    duration: 60,
    keyPrefix: 'try',
  });
  assert.equal((await limiter.consume('me')).remainingPoints, 1);
  assert.equal((await limiter.consume('me')).remainingPoints, 0);
  await assert.rejects(limiter.consume('me'), (result: { consumedPoints?: number }) => result.consumedPoints === 3);
  assert.equal((await limiter.get('me'))?.consumedPoints, 3);
  await limiter.delete('me');
  assert.equal(await limiter.get('me'), null);
});
