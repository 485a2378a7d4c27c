import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptLink, readLink } from '../../../src/commands/people/acceptLink.ts';
import { changeRoles } from '../../../src/commands/people/changeRoles.ts';
import { createPartner } from '../../../src/commands/people/createPartner.ts';
import { invitePerson } from '../../../src/commands/people/invitePerson.ts';
import { issueReset } from '../../../src/commands/people/issueReset.ts';
import { leave } from '../../../src/commands/people/leave.ts';
import { hashToken } from '../../../src/commands/people/oneTimeLink.ts';
import { requestedResets, requestReset } from '../../../src/commands/people/requestReset.ts';
import { restorePerson } from '../../../src/commands/people/restorePerson.ts';
import { signIn } from '../../../src/commands/people/signIn.ts';
import { suspendPerson } from '../../../src/commands/people/suspendPerson.ts';
import { addPartners, addPerson, edition, password, testWorld } from '../../web/testApp.ts';

async function house() {
  const world = await testWorld();
  await addPartners(world);
  await world.store.editions.save(edition('tr-TR', 'tr'));
  const deniz = await addPerson(world, 'deniz', 'tr', ['coordinator']);
  const murat = await addPerson(world, 'murat', 'tr', ['reviewer']);
  const ingrid = await addPerson(world, 'ingrid', 'authority', ['chiefEditor']);
  return { world, deniz, murat, ingrid };
}

const refused = (code: string) => (error: unknown) => error instanceof Error && 'code' in error && error.code === code;

const invitation = {
  partner: 'tr',
  name: ' Elif  Yıldırım ',
  email: 'Elif@Example.org ',
  language: 'tr',
  roles: ['translator'],
} as const;

test('an invitation makes an account, stores only the hash of its link, and opens once', async () => {
  const { world, deniz } = await house();
  const { person, token } = await invitePerson(world, { ...invitation, by: deniz });
  assert.deepEqual([person.name, person.email, person.state], ['Elif Yıldırım', 'elif@example.org', 'invited']);
  assert.equal(token.length, 43);
  assert.equal(await world.store.links.byTokenHash(token), null);
  assert.notEqual(await world.store.links.byTokenHash(hashToken(token)), null);
  await assert.rejects(acceptLink(world, { token, password: 'too short' }), refused('passwordTooShort'));
  await acceptLink(world, { token, password });
  await assert.rejects(acceptLink(world, { token, password }), refused('linkUsed'));
  assert.equal((await signIn(world, { email: ' ELIF@example.org', password })).id, person.id);
});

test('a link is over after its time', async () => {
  const { world, deniz, murat } = await house();
  const invited = await invitePerson(world, { ...invitation, by: deniz });
  const reset = await issueReset(world, { by: deniz, person: murat.id });
  world.clock.now = '2026-11-20T10:00:00.000Z';
  await assert.rejects(readLink(world, reset.token), refused('linkUsed'));
  assert.equal((await readLink(world, invited.token)).person.id, invited.person.id);
  world.clock.now = '2026-11-27T09:00:00.000Z';
  await assert.rejects(readLink(world, invited.token), refused('linkUsed'));
});

test('a new link ends the earlier one and every session', async () => {
  const { world, deniz, murat } = await house();
  const first = await issueReset(world, { by: deniz, person: murat.id });
  const second = await issueReset(world, { by: deniz, person: murat.id });
  await assert.rejects(readLink(world, first.token), refused('linkUsed'));
  assert.equal(second.person.epoch, murat.epoch + 2);
});

test('nobody manages people of another partner, and roles fit the partner', async () => {
  const { world, deniz, murat, ingrid } = await house();
  await assert.rejects(invitePerson(world, { ...invitation, by: deniz, partner: 'eg' }), refused('notAllowed'));
  await assert.rejects(invitePerson(world, { ...invitation, by: murat }), refused('notAllowed'));
  await assert.rejects(issueReset(world, { by: deniz, person: ingrid.id }), refused('personUnknown'));
  const asChief = { ...invitation, by: deniz, roles: ['chiefEditor', 'operator'] };
  await assert.rejects(invitePerson(world, asChief), refused('formMalformed'));
  const roles = { by: ingrid, person: ingrid.id, roles: ['chiefEditor', 'operator'], revision: 1 };
  await assert.rejects(changeRoles(world, roles), refused('secondPersonNeeded'));
});

test('the last coordinator of a partner with an edition stays', async () => {
  const { world, deniz, murat, ingrid } = await house();
  const demote = { by: ingrid, person: deniz.id, roles: ['reviewer'], revision: deniz.revision };
  await assert.rejects(changeRoles(world, demote), refused('lastCoordinator'));
  await assert.rejects(suspendPerson(world, { by: ingrid, person: deniz.id }), refused('lastCoordinator'));
  await assert.rejects(leave(world, { person: deniz.id }), refused('lastCoordinator'));
  await changeRoles(world, { by: deniz, person: murat.id, roles: ['coordinator'], revision: murat.revision });
  await leave(world, { person: deniz.id });
  assert.equal((await world.store.people.byId(deniz.id))?.state, 'left');
});

test('suspension ends sessions and links, and can be taken back', async () => {
  const { world, deniz, murat } = await house();
  const { token } = await issueReset(world, { by: deniz, person: murat.id });
  await suspendPerson(world, { by: deniz, person: murat.id });
  await assert.rejects(readLink(world, token), refused('linkUsed'));
  await assert.rejects(signIn(world, { email: murat.email, password }), refused('signInFailed'));
  await restorePerson(world, { by: deniz, person: murat.id });
  assert.equal((await signIn(world, { email: murat.email, password })).state, 'active');
});

test('asking for a reset is silent about unknown addresses and shows until a link is made', async () => {
  const { world, deniz, murat } = await house();
  const before = (await world.recorded()).length;
  await requestReset(world, { email: 'nobody@example.org' });
  assert.equal((await world.recorded()).length, before);
  await requestReset(world, { email: ' MURAT@example.org' });
  assert.ok((await requestedResets(world, [deniz, murat])).has(murat.id));
  await issueReset(world, { by: deniz, person: murat.id });
  assert.equal((await requestedResets(world, [murat])).size, 0);
});

test('an unknown address costs as much as a wrong password', async () => {
  const { world, murat } = await house();
  const timeOf = async (email: string): Promise<number> => {
    const started = performance.now();
    await assert.rejects(signIn(world, { email, password: 'wrong wrong wrong' }), refused('signInFailed'));
    return performance.now() - started;
  };
  await timeOf('nobody@example.org');
  const taken: { readonly known: number; readonly unknown: number }[] = [];
  // In turns: whatever else the machine does slows both alike.
  for (let round = 0; round < 7; round += 1) {
    taken.push({ known: await timeOf(murat.email), unknown: await timeOf('nobody@example.org') });
  }
  const middle = (all: readonly number[]): number => [...all].sort((a, b) => a - b)[3] ?? 0;
  const known = middle(taken.map((each) => each.known));
  const unknown = middle(taken.map((each) => each.unknown));
  assert.ok(unknown > known / 3 && known > unknown / 3, `known ${known} ms, unknown ${unknown} ms`);
});

test('a jurisdiction has one owner', async () => {
  const { world, ingrid, deniz } = await house();
  const wish = { id: 'scot', name: 'Scot', jurisdictions: ['gb-sct'] };
  await assert.rejects(createPartner(world, { ...wish, by: deniz }), refused('notAllowed'));
  assert.deepEqual((await createPartner(world, { ...wish, by: ingrid })).jurisdictions, ['GB-SCT']);
  await assert.rejects(createPartner(world, { ...wish, id: 'two', by: ingrid }), refused('formMalformed'));
  await assert.rejects(
    createPartner(world, { ...wish, jurisdictions: ['TR'], id: 'x', by: ingrid }),
    refused('formMalformed'),
  );
});
