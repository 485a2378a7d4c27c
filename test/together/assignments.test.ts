import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { writeComment } from '../../src/commands/comments/writeComment.ts';
import { keepDraft } from '../../src/commands/edition/keepDraft.ts';
import { loadFacts } from '../../src/commands/edition/loadWorking.ts';
import { replaceInEdition, undoReplacement } from '../../src/commands/edition/replaceInEdition.ts';
import { returnUnit } from '../../src/commands/edition/reviewUnit.ts';
import { upstreamPackage } from '../../src/commands/edition/upstreamPackage.ts';
import { warmMemory } from '../../src/commands/memory/warmMemory.ts';
import { type AssignmentRole, assignmentId } from '../../src/domain/edition/assignment.ts';
import type { Edition } from '../../src/domain/edition/edition.ts';
import { paths } from '../../src/web/paths.ts';
import { invalidHtml } from '../browser/servedHtml.ts';
import { type Desk, openDesk, wordsOf } from './desk.ts';
import { edits, nextRelease, type SmallWorld, smallWorld } from './smallWorld.ts';
import { stepsIn } from './updateSteps.ts';

let world: SmallWorld;
let steps: ReturnType<typeof stepsIn>;
let desk: Desk;
const tag = 'tr-TR';

before(async () => {
  world = await smallWorld();
  steps = stepsIn(world);
  desk = await openDesk(world);
  await give('elif', 'translate');
  await give('murat', 'review');
});
after(() => desk.close());

async function give(person: string, role: AssignmentRole): Promise<void> {
  const key = { edition: tag, lesson: 'L1', role, person };
  const at = world.now();
  await world.store.assignments.save({ ...key, id: assignmentId(key), due: null, by: 'deniz', at, revision: 1 });
}
const isDone = async (person: string) => (await world.store.assignments.ofPerson(person))[0]?.doneAt !== undefined;
const told = async (person: string) =>
  (await world.store.notices.ofPerson(person, 50)).filter(({ kind }) => kind === 'commentWritten').length;
const editionNow = async () => (await world.store.editions.byTag(tag)) as Edition;

test('words replaced all over close what they finish, and leave what somebody is typing', async () => {
  const at = { edition: tag, segment: 'L1.start', revision: 1 };
  await keepDraft(world, world.as.elif, { ...at, text: 'Daha bitmedi' });
  assert.equal(await isDone('elif'), false);
  const replacing = {
    find: 'Birinci',
    replace: 'İlk',
    wholeWord: false,
    matchCase: true,
    matchMarks: true,
    inFacts: false,
  };
  const done = await replaceInEdition(world, world.as.derya, {
    ...{ edition: tag, replacing },
    units: [{ segment: 'L1.start', revision: 1 }],
  });
  assert.equal(done.changed.length, 1);
  assert.equal(await isDone('elif'), true);
  assert.equal((await world.store.unitDrafts.of(tag, 'L1.start', 'elif'))?.text, 'Daha bitmedi');
  const page = await (await desk.enter('elif')).get(`${paths.workbench.to(tag, 'L1')}?unit=L1.start`);
  assert.match(wordsOf(page), /Daha bitmedi/, 'offered beside the text that came meanwhile');
  await undoReplacement(world, world.as.derya, { edition: tag, replacement: done.id });
  assert.equal(await isDone('elif'), true);
});

test('an update that leaves texts stale opens the lesson again, and taking it back closes it', async () => {
  await nextRelease(world, 'content', edits({ 'L1.keep': 'Keep the proof and tell two adults.' }));
  await steps.apply('deniz');
  assert.equal((await world.unit('L1.keep'))?.revision, 1, 'nobody wrote the text');
  assert.equal(await isDone('elif'), false);

  const say = { edition: tag, segment: 'L1.pay', to: 'colleagues', text: 'Çok uzun.', answers: null } as const;
  await writeComment(world, world.as.derya, say);
  assert.deepEqual([await told('elif'), await told('murat'), await told('deniz')], [1, 1, 0]);
  await writeComment(world, world.as.derya, { ...say, to: 'author', text: 'Why never?' });
  assert.equal(await told('elif'), 1, 'a question to the author is not theirs to answer');

  await steps.undo('deniz');
  assert.equal(await isDone('elif'), true);
  await writeComment(world, world.as.derya, { ...say, text: 'Bir daha.' });
  assert.equal(await told('elif'), 1, 'who has finished the lesson is left in peace');
});

test('a text that went back says who, when and why above its field, until it is saved', async () => {
  await steps.save('elif', 'L1.pay', 'Asla ödeme.');
  const at = { edition: tag, segment: 'L1.pay', revision: 2 };
  await returnUnit(world, world.as.murat, at, { reason: 'Siz <dili> değil.', lesson: 'L1' });
  assert.equal(await isDone('elif'), false);
  const elif = await desk.enter('elif');
  const page = `${paths.workbench.to(tag, 'L1')}?unit=L1.pay`;
  const shown = await elif.get(page);
  const words = wordsOf(shown);
  assert.match(words, /Came back from Murat, 20 Nov.*What does not fit: Siz &lt;dili&gt; değil\./);
  assert.ok(shown.html.indexOf('sent-back') < shown.html.indexOf('<textarea'));
  assert.deepEqual(await invalidHtml(shown.html), []);
  await steps.save('elif', 'L1.pay', 'Sakın ödeme.');
  assert.doesNotMatch(wordsOf(await elif.get(page)), /Came back from/);
  assert.equal(await isDone('elif'), true);
});

test('a fact that becomes another kind of value has to be checked again; its value and its check stay', async () => {
  const key = 'helpline.child';
  const value = await world.store.facts.byKey('TR', key);
  assert.ok(value !== null);
  const check = { on: '2026-11-10', by: 'deniz', method: 'called' } as const;
  await world.store.facts.save({ ...value, wordings: { tr: { name: 'ALO' } }, check });
  const fact = async () => {
    const edition = { ...(await editionNow()), demonstration: false };
    const { facts, stops } = await loadFacts(
      world.store,
      edition,
      await upstreamPackage(world.store, edition),
      world.now(),
    );
    return { problem: facts[key]?.problem, stops: facts[key] !== undefined && stops(facts[key]) };
  };
  assert.deepEqual(await fact(), { problem: undefined, stops: false });
  await nextRelease(world, 'content', ({ facts }) => {
    const before = facts[key];
    assert.ok(before);
    return [{ kind: 'factChanged', before, after: { ...before, type: 'contact' } }];
  });
  await steps.apply('deniz');
  assert.deepEqual(await fact(), { problem: 'unchecked', stops: true });
  const kept = await world.store.facts.byKey('TR', key);
  assert.deepEqual([kept?.neutral.phone, kept?.check], ['183', { ...check, type: 'phone' }]);
  await steps.undo('deniz');
  assert.deepEqual(await fact(), { problem: undefined, stops: false }, 'on the old release the check is still true');
});

test('the memory of every language is read after a start; one that cannot be read is passed over', async () => {
  const go = async () => true;
  assert.deepEqual([...(await warmMemory(world, go, assert.fail))].sort(), ['ar', 'tr']);
  const failed: string[] = [];
  const translationMemory = {
    index: async (language: string) => {
      if (language === 'tr') throw new Error('no');
      return world.store.translationMemory.index(language, world.now());
    },
  };
  const store = { ...world.store, translationMemory };
  assert.deepEqual(await warmMemory({ store, now: world.now }, go, (language) => failed.push(language)), ['ar']);
  assert.deepEqual(failed, ['tr']);
  assert.deepEqual(await warmMemory(world, async () => false, assert.fail), [], 'a start that ends reads nothing');
});
