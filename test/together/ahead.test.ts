import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { chooseLesson } from '../../src/commands/edition/chooseLesson.ts';
import { loadEdition, loadWorking } from '../../src/commands/edition/loadWorking.ts';
import { saveUnit } from '../../src/commands/edition/saveUnit.ts';
import { publishEdition } from '../../src/commands/publication/publishEdition.ts';
import { applyEditionUpdate } from '../../src/commands/update/applyEditionUpdate.ts';
import { decideItem, decideItems } from '../../src/commands/update/decideItem.ts';
import { openUpdate } from '../../src/commands/update/loadUpdate.ts';
import { raiseSeverity } from '../../src/commands/update/raiseSeverity.ts';
import { undoEditionUpdate } from '../../src/commands/update/undoEditionUpdate.ts';
import { diffPackages } from '../../src/domain/diff/diffReleases.ts';
import { standsOn } from '../../src/domain/edition/standsOn.ts';
import { workingUnit } from '../../src/domain/edition/workingText.ts';
import type { LessonPackage } from '../../src/domain/package/lessonPackage.ts';
import { textHash } from '../../src/domain/release/canonical.ts';
import { addSegment, removeSegment } from '../../src/domain/release/editing.ts';
import { edits, nextRelease, refusedWith, revisionOf, type SmallWorld, segmentOf, smallWorld } from './smallWorld.ts';

const tag = 'tr-TR';
let world: SmallWorld;
let sets: { readonly plain: string; readonly keep: string; readonly more: string };

const edition = () => loadEdition(world.store, tag);
const working = async () => loadWorking(world.store, await edition());
const opened = async (goal = {}) => {
  const open = await openUpdate(world.store, await edition(), world.now(), goal);
  assert.ok(open);
  return open;
};
const apply = async (goal = {}) =>
  applyEditionUpdate(world, world.as.deniz, { edition: tag, revision: await revisionOf(world), ...goal });
const undo = async () => undoEditionUpdate(world, world.as.deniz, { edition: tag, revision: await revisionOf(world) });
const decide = async (key: string, kind: 'redo' | 'confirm' | 'decline', text: string, goal = {}) => {
  const unitRevision = (await world.unit(key))?.revision ?? 0;
  const answer = { kind, text, reason: 'Because.' };
  return decideItem(world, world.as.deniz, { edition: tag, key, answer, unitRevision, ...goal });
};
const setOf = (release: { readonly sets: readonly { readonly id: string }[] }) => release.sets[0]?.id ?? '';

before(async () => {
  world = await smallWorld();
  const plain = await nextRelease(world, 'content', edits({ 'L1.start': 'Read the story aloud, slowly.' }));
  const keep = await nextRelease(world, 'safety', edits({ 'L1.keep': 'Keep the proof. Tell an adult today.' }));
  const more = await nextRelease(world, 'content', edits({ 'L1.keep': 'Keep the proof. Tell two adults today.' }));
  sets = { plain: setOf(plain), keep: setOf(keep), more: setOf(more) };
});

test('one change set ahead of the rest: its text alone, everywhere; undo gives the place back', async () => {
  const goal = { set: sets.keep };
  const { plan } = await opened(goal);
  assert.deepEqual(
    [plan.items.map(({ key }) => key), plan.brought, plan.upstream],
    [['L1.keep'], [], { release: '1.0.0', ahead: [sets.keep] }],
  );
  await decide('L1.start', 'redo', 'Yavaşça oku.');
  await decide('L1.keep', 'redo', 'Kanıtı sakla. Bugün anlat.', goal);
  const { update } = await apply(goal);
  assert.equal(update.set, sets.keep);
  assert.equal(standsOn((await edition()).upstream), `1.0.0 + ${sets.keep}`);
  assert.equal((await world.unit('L1.keep'))?.basedOn, textHash('Keep the proof. Tell an adult today.'));
  const now = await working();
  assert.deepEqual(
    [workingUnit(now, 'L1.keep')?.staleness, workingUnit(now, 'L1.start')?.source],
    [null, 'Read the story aloud.'],
  );
  const draft = await world.store.updates.draft(tag);
  assert.deepEqual(Object.keys(draft?.decisions ?? {}), ['L1.start'], 'what the set does not touch waits in a draft');
  assert.deepEqual(await undo(), []);
  assert.equal(standsOn((await edition()).upstream), '1.0.0');
  assert.equal(
    (await opened()).plan.items.some(({ key }) => key === 'L1.keep'),
    true,
  );
});

test('what a set needs comes along and is named; what is there or unknown is refused', async () => {
  const { plan } = await opened({ set: sets.more });
  assert.deepEqual([plan.brought, plan.upstream.ahead], [[sets.keep], [sets.keep, sets.more]]);
  await assert.rejects(apply({ set: 'unheard-of' }), refusedWith('changeSetUnknown'));
  await assert.rejects(apply({ set: 'the-start' }), refusedWith('aheadAlready'));
});

test('ahead: a save is made from that text, the manifest says where it stands, the release does not ask again', async () => {
  await apply({ set: sets.keep });
  await assert.rejects(apply({ set: sets.keep }), refusedWith('aheadAlready'));
  const revision = (await world.unit('L1.keep'))?.revision ?? 0;
  const saved = await saveUnit(world, world.as.elif, {
    edition: tag,
    segment: 'L1.keep',
    target: 'Kanıtı bugün göster.',
    revision,
  });
  assert.equal(saved.basedOn, textHash('Keep the proof. Tell an adult today.'));
  const published = await publishEdition(world, world.as.deniz, {
    edition: tag,
    lessons: ['L1'],
    revision: await revisionOf(world),
  });
  assert.deepEqual([published.lessons[0]?.release, published.lessons[0]?.ahead], ['1.0.0', [sets.keep]]);
  const upTo = await opened({ target: '1.2.0' });
  assert.deepEqual(
    upTo.plan.items.map(({ key }) => key),
    ['L1.start'],
  );
  await apply({ target: '1.2.0' });
  assert.deepEqual((await edition()).upstream, { release: '1.2.0', ahead: [], passed: [sets.keep] });
  assert.equal((await world.unit('L1.keep'))?.target, 'Kanıtı bugün göster.');
  const again = await publishEdition(world, world.as.deniz, {
    edition: tag,
    lessons: ['L1'],
    revision: await revisionOf(world),
  });
  assert.equal(again.lessons[0]?.ahead, undefined);
});

test('a partner raises a severity for its own edition, never lowers it', async () => {
  const raise = async (severity: 'editorial' | 'content' | 'safety', due: string | null) =>
    raiseSeverity(world, world.as.deniz, {
      ...{ edition: tag, set: sets.more, severity, due },
      reason: 'It happened here.',
      revision: await revisionOf(world),
    });
  await assert.rejects(raise('editorial', null), refusedWith('severityNotRaised'));
  await assert.rejects(raise('safety', null), refusedWith('dueNeeded'));
  await raise('safety', '2027-01-15');
  const item = (await opened()).plan.items.find(({ key }) => key === 'L1.keep');
  assert.deepEqual([item?.severity, item?.due, item?.choices], ['safety', '2027-01-15', ['redo', 'confirm', 'later']]);
  await assert.rejects(raise('content', null), refusedWith('severityNotRaised'));
  await apply();
  const stale = workingUnit(await working(), 'L1.keep')?.staleness;
  assert.deepEqual([stale?.severity, stale?.due, stale?.sets], ['safety', '2027-01-15', [sets.more]]);
  const elsewhere = await openUpdate(world.store, await loadEdition(world.store, 'ar-EG'), world.now());
  assert.equal(elsewhere?.plan.items.find(({ key }) => key === 'L1.keep')?.due, '2027-03-01', 'only here');
});

test('many answers at once: all or none', async () => {
  await nextRelease(world, 'content', edits({ 'L1.start': 'Read it.', 'L1.pay': 'Never pay.' }));
  const answers = (await opened()).plan.items.map(({ key, unitRevision }) => ({
    key,
    unitRevision,
    answer: { kind: 'confirm' as const },
  }));
  const late = answers.map((each) => (each.key === 'L1.pay' ? { ...each, unitRevision: 99 } : each));
  const refused = await decideItems(world, world.as.deniz, { edition: tag, answers: late });
  assert.deepEqual(refused.notTaken, [{ key: 'L1.pay', code: 'staleRevision' }]);
  assert.equal(await world.store.updates.draft(tag), null, 'the draft is untouched');
  const taken = await decideItems(world, world.as.deniz, { edition: tag, answers });
  assert.deepEqual(taken.notTaken, []);
  const { update } = await apply();
  assert.deepEqual(
    update.log.map(({ key, done }) => `${key} ${done}`),
    ['L1.pay confirmed', 'L1.start confirmed'],
  );
});

test('a text that comes back goes on counting: who saw the first one is told', async () => {
  const seen = (await world.unit('L1.pay'))?.revision ?? 0;
  await nextRelease(world, 'content', (on) => removeSegment(on, 'L1.pay'));
  await apply();
  assert.equal(await world.unit('L1.pay'), null);
  const at = { lesson: 'L1', section: 'steps', after: 'L1.keep' };
  await nextRelease(world, 'content', (on) => addSegment(on, { ...segmentOf('L1.pay'), text: 'Never pay.' }, at));
  assert.deepEqual(
    (await opened()).plan.items.map(({ key, kind }) => `${kind} ${key}`),
    ['revived L1.pay'],
  );
  await apply();
  assert.equal((await world.unit('L1.pay'))?.revision, seen + 1);
  const late = { edition: tag, segment: 'L1.pay', target: 'Geç kaldım.', revision: seen };
  await assert.rejects(saveUnit(world, world.as.elif, late), refusedWith('staleRevision'));
  assert.deepEqual(await undo(), []);
  assert.equal(await world.unit('L1.pay'), null);
  await apply();
});

test('a lesson that the baseline removed stays with readers until a person withdraws it', async () => {
  const second = (on: LessonPackage): LessonPackage => {
    const [first] = on.lessons;
    assert.ok(first);
    const sections = first.sections.map((section) => ({ ...section, placements: section.placements.slice(0, 1) }));
    return { ...on, lessons: [...on.lessons, { ...first, id: 'L2', sections }] };
  };
  await nextRelease(world, 'content', (on) => diffPackages(on, second(on)));
  await apply();
  const choose = async (state: 'offered' | 'leftOut') =>
    chooseLesson(world, world.as.deniz, {
      ...{ edition: tag, lesson: 'L2', state },
      reason: 'Gone.',
      revision: await revisionOf(world),
    });
  await choose('offered');
  const publish = async () =>
    (
      await publishEdition(world, world.as.deniz, { edition: tag, lessons: ['L1'], revision: await revisionOf(world) })
    ).lessons.map(({ lesson }) => lesson);
  const revision = await revisionOf(world);
  await publishEdition(world, world.as.deniz, { edition: tag, lessons: ['L1', 'L2'], revision });
  await nextRelease(world, 'content', (on) => diffPackages(on, { ...on, lessons: on.lessons.slice(0, 1) }));
  assert.deepEqual(
    (await opened()).plan.items.map(({ key, kind }) => `${kind} ${key}`),
    ['lessonRemoved L2'],
  );
  await apply();
  assert.equal((await edition()).kept?.[0]?.kind, 'lesson');
  assert.deepEqual(
    (await working()).lessonPackage.lessons.map(({ id }) => id),
    ['L1', 'L2'],
  );
  assert.deepEqual(await publish(), ['L1', 'L2']);
  await choose('leftOut');
  assert.deepEqual(await publish(), ['L1']);
});
