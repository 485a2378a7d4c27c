import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addPartners, addPerson, frontRoutes, listen, testWorld, Visitor } from './testApp.ts';

test('a store that is away is told as such, without a trace of the inside', async () => {
  const away = await testWorld();
  await addPartners(away);
  await addPerson(away, 'deniz', 'tr', ['coordinator']);
  const unread = async () => {
    throw Object.assign(new Error('10.0.0.5:27017'), { name: 'MongoServerSelectionError' });
  };
  const store = { ...away.store, notices: { ...away.store.notices, unread } };
  const broken = await listen({ ...away, store }, frontRoutes());
  const visitor = new Visitor(broken.origin);
  await visitor.signIn('deniz');
  const answer = await visitor.get('/desk/me');
  assert.equal(answer.status, 503);
  assert.ok(answer.html.includes('Readers still have everything') && !answer.html.includes('10.0.0.5'));
  const missing = await visitor.get('/desk/nowhere');
  assert.equal(missing.status, 404);
  assert.ok(missing.html.includes('There is no page'));
  await broken.close();
});
