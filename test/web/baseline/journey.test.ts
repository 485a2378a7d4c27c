import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { paths } from '../../../src/web/paths.ts';
import { listen, type TestApp, type TestWorld, Visitor } from '../testApp.ts';
import { baselineWorld, routes } from './baselineWorld.ts';

let world: TestWorld;
let app: TestApp;
let ingrid: Visitor;
let tomas: Visitor;

before(async () => {
  world = await baselineWorld();
  app = await listen(world, routes);
  ingrid = await signedIn('ingrid');
  tomas = await signedIn('tomas');
});
after(() => app.close());

async function signedIn(id: string): Promise<Visitor> {
  const visitor = new Visitor(app.origin);
  await visitor.signIn(id);
  return visitor;
}

const revisionOf = async (set: string) => String((await world.store.changeSets.byId(set))?.revision);
const setOf = async (id: string) => (await world.store.changeSets.byId(id)) ?? assert.fail(`no set ${id}`);
const at = { lesson: 'B4', section: 'steps' };

/** Opens a page for its token, then posts a form with the set's revision. */
async function save(
  who: Visitor,
  set: string,
  path: string,
  fields: Readonly<Record<string, string | readonly string[]>>,
) {
  await who.get(paths.changeSet.to(set));
  return who.post(path, { revision: await revisionOf(set), ...fields });
}

test('the door leads each to their own', async () => {
  const deniz = await signedIn('deniz');
  const answer = await deniz.get(paths.desk.to());
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/desk/editions/tr-TR']);
  const today = await ingrid.get(paths.desk.to());
  assert.equal(today.status, 200);
  assert.match(today.html, /One edition lacks a safety change/);
  assert.equal((await deniz.get(paths.changeSets.to())).status, 403);
  assert.equal((await deniz.get(paths.baselineLesson.to('B4'))).status, 200);
});

test('a set goes from a title to a release, by two people', async () => {
  await tomas.get(paths.changeSets.to());
  const none = await tomas.post(paths.changeSets.to(), { title: ' ', severity: 'safety' });
  assert.equal(none.status, 422);
  assert.match(none.html, /Give the set a title/);
  const begun = await tomas.post(paths.changeSets.to(), { title: 'Ask first', severity: 'editorial', lesson: 'B4' });
  assert.equal(begun.headers.get('location'), '/desk/baseline/change-sets/ask-first/lessons/B4');

  const segment = paths.changeSetSegment.to('ask-first', 'B4.act.2.ask');
  const open = await tomas.get(`${begun.headers.get('location')}?segment=B4.act.2.ask`);
  assert.match(open.html, /id="open"/);
  const edited = { verb: 'edit', ...at, text: 'Ask who is responsible. Wait 2 minutes.', policy: 'core', note: '' };
  assert.equal((await save(tomas, 'ask-first', segment, edited)).status, 303);
  const marked = await tomas.get(paths.changeSetLesson.to('ask-first', 'B4'));
  assert.match(marked.html, /<ins>.*2 minutes/);
  assert.match(marked.html, /was: Adaptable/);

  const page = await tomas.get(paths.changeSet.to('ask-first'));
  assert.match(page.html, /Submit, after 2 things/);
  assert.match(page.html, /Content is proposed/);
  assert.match(page.html, /0\.2\.1 would make 2 units stale in 2 editions/);
  const details = { title: 'Ask first', severity: 'editorial', reason: 'Because.', summary: 'Ask first.', due: '' };
  const described = await save(tomas, 'ask-first', paths.changeSetDetails.to('ask-first'), {
    ...details,
    'evidence-E18': 'yes',
    'evidence-E19': 'yes',
  });
  assert.equal(described.status, 303);
  assert.deepEqual((await setOf('ask-first')).evidence, ['E18', 'E19']);
  const submission = paths.changeSetSubmission.to('ask-first');
  const low = await save(tomas, 'ask-first', submission, { verb: 'submit' });
  assert.equal(low.status, 422);
  assert.match(low.html, /Editorial is too low for these changes\. At least Content fits/);
  await save(tomas, 'ask-first', paths.changeSetDetails.to('ask-first'), { ...details, severity: 'content' });
  assert.equal((await save(tomas, 'ask-first', submission, { verb: 'submit' })).status, 303);

  const own = await tomas.get(paths.changeSet.to('ask-first'));
  assert.doesNotMatch(own.html, /Approve the set/);
  assert.match(own.html, /Can approve: .*Ingrid Solheim/);
  assert.equal((await save(tomas, 'ask-first', paths.changeSetApproval.to('ask-first'), {})).status, 403);
  assert.match((await ingrid.get(paths.desk.to())).html, /One change set waits for you/);
  assert.equal((await save(ingrid, 'ask-first', paths.changeSetApproval.to('ask-first'), {})).status, 303);

  const before = await ingrid.get(`${paths.releases.to()}?sets=ask-first`);
  assert.match(before.html, /0\.3\.0 would make 2 units stale in 2 editions/);
  assert.match(before.html, /Release 0\.3\.0/);
  const wish = { set: 'ask-first', summary: 'Ask first.', previous: '0.2.0' };
  assert.equal((await tomas.post(paths.releases.to(), wish)).status, 403);
  assert.equal((await ingrid.post(paths.releases.to(), { ...wish, summary: '' })).status, 422);
  assert.equal((await ingrid.post(paths.releases.to(), { ...wish, previous: '0.1.0' })).status, 409);
  const made = await ingrid.post(paths.releases.to(), wish);
  assert.equal(made.headers.get('location'), '/desk/baseline/releases/0.3.0');
  const release = await ingrid.get('/desk/baseline/releases/0.3.0');
  assert.match(release.html, /0\.3\.0: 0 of 2 editions/);
  assert.equal((await setOf('ask-first')).state, 'released');
});

test('every verb of the editor leaves what it says, and is taken back', async () => {
  await tomas.get(paths.changeSets.to());
  await tomas.post(paths.changeSets.to(), { title: 'Rework', severity: 'content' });
  const edit = (id: string, fields: Readonly<Record<string, string>>) =>
    save(tomas, 'rework', paths.changeSetSegment.to('rework', id), { ...at, ...fields });
  const kinds = async () => (await setOf('rework')).changes.map((change) => change.kind);

  assert.equal((await edit('B4.act.1.do', { verb: 'move', to: 'B4 steps B4.act.2.do' })).status, 303);
  assert.deepEqual(await kinds(), ['moved']);
  const split = { verb: 'split', id1: 'B4.x1', text1: 'One.', id2: 'B4.x2', text2: 'Two.' };
  assert.equal((await edit('B4.act.2.ask', { ...split, id2: 'not an id' })).status, 422);
  assert.equal((await edit('B4.act.2.ask', split)).status, 303);
  assert.equal((await edit('B4.x1', { verb: 'join', next: 'B4.x2', id: 'B4.x3', text: 'One. Two.' })).status, 303);
  const add = { verb: 'add', id: 'B4.new', kind: 'step', policy: 'core', text: 'A new step', minutes: '4' };
  assert.equal((await edit('B4.x3', { ...add, id: 'B4.act.3' })).status, 422);
  assert.equal((await edit('B4.x3', add)).status, 303);
  assert.equal((await edit('SHR.rules.1', { verb: 'remove', where: 'here' })).status, 303);
  assert.equal(
    (await edit('B4.act.5', { verb: 'edit', text: 'Four questions', policy: 'adaptable', note: '', minutes: '7' }))
      .status,
    303,
  );
  const first = {
    verb: 'add',
    lesson: 'B4',
    section: 'objectives',
    id: 'B4.obj.0',
    kind: 'item',
    policy: 'core',
    text: 'first',
  };
  assert.equal((await save(tomas, 'rework', paths.changeSetChanges.to('rework'), first)).status, 303);
  const page = await tomas.get(paths.changeSet.to('rework'));
  assert.match(page.html, /new: step, Core, B4, Steps, after B4\.x3/);
  assert.match(page.html, /minutes: 5 → 7/);
  assert.match(page.html, /B4 says 45 minutes, its steps add up to 51/);
  assert.match(page.html, /taken out: B4, Steps/);
  const lesson = await tomas.get(paths.changeSetLesson.to('rework', 'B4'));
  for (const words of ['moved here', 'made of B4.act.2.ask', 'taken out of this lesson', 'was: 5 minutes']) {
    assert.ok(lesson.html.includes(words), words);
  }
  const takeBack = (subject: string) =>
    save(tomas, 'rework', paths.changeSetChanges.to('rework'), { verb: 'takeBack', subject });
  assert.equal((await takeBack('B4.act.5')).status, 303);
  assert.equal((await takeBack('SHR.rules.1')).status, 303);
  assert.ok(!(await kinds()).includes('placementChanged'));
  assert.ok(!(await tomas.get(paths.changeSet.to('rework'))).html.includes('SHR.rules.1</'));
  const discarded = await save(tomas, 'rework', paths.changeSetSubmission.to('rework'), { verb: 'discard' });
  assert.equal(discarded.headers.get('location'), '/desk/baseline/change-sets');
});

test('two writers: 409, both texts, and nothing lost', async () => {
  await tomas.get(paths.changeSets.to());
  await tomas.post(paths.changeSets.to(), { title: 'Both', severity: 'content' });
  const path = paths.changeSetSegment.to('both', 'B4.act.2.do');
  const revision = await revisionOf('both');
  const fields = { verb: 'edit', ...at, policy: 'adaptable', note: '', revision };
  await ingrid.get(paths.changeSet.to('both'));
  assert.equal((await ingrid.post(path, { ...fields, text: 'Hers.' })).status, 303);
  const late = await tomas.post(path, { ...fields, text: 'His.' });
  assert.equal(late.status, 409);
  assert.match(late.html, /Saved meanwhile/);
  assert.match(late.html, /Hers\./);
  assert.match(late.html, /<textarea id="text"[^>]*>His\.<\/textarea>/);
});
