import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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
  ingrid = new Visitor(app.origin);
  tomas = new Visitor(app.origin);
  await ingrid.signIn('ingrid');
  await tomas.signIn('tomas');
});
after(() => app.close());

const revisionOf = async (set: string) => String((await world.store.changeSets.byId(set))?.revision);
const setOf = async (id: string) => (await world.store.changeSets.byId(id)) ?? assert.fail(`no set ${id}`);

test('a lesson file becomes changes; a malformed one is named by file and line', async () => {
  await tomas.get(paths.changeSets.to());
  await tomas.post(paths.changeSets.to(), { title: 'From a file', severity: 'content' });
  const text = readFileSync(join(import.meta.dirname, '../../river/content/baseline/lessons/C3.md'), 'utf8');
  const send = async (content: string | Uint8Array<ArrayBuffer>) => {
    await tomas.get(paths.changeSet.to('from-a-file'));
    const form = new FormData();
    form.set('revision', await revisionOf('from-a-file'));
    form.set('file', new Blob([content], { type: 'text/markdown' }), 'C3.md');
    return tomas.multipart(paths.changeSetImport.to('from-a-file'), form);
  };
  const wrong = await send(text.replace('# head', '# nonsense'));
  assert.equal(wrong.status, 422);
  assert.match(wrong.html, /C3\.md, line \d+: there is no such kind of section: nonsense/);
  assert.equal((await send(new Uint8Array([0x2d, 0xff, 0xfe]))).status, 422);
  assert.match((await send(`${text}\n[@NO.such]\n`)).html, /C3\.md, line \d+: there is no segment NO\.such/);
  assert.match((await send(`${text}\n[#C3.f paragraph core]\nCall {no.fact}\n`)).html, /there is no fact no\.fact/);
  assert.equal((await setOf('from-a-file')).changes.length, 0);
  assert.equal((await send(`${text}\n[#C3.fresh paragraph core]\nA fresh end.\n`)).status, 303);
  assert.deepEqual(
    (await setOf('from-a-file')).changes.map((change) => change.kind),
    ['segmentAdded', 'placed'],
  );
  assert.equal((await send(text)).status, 303);
  assert.equal((await setOf('from-a-file')).changes.length, 0, 'the file as it was takes the change back');
});

test('a recall takes two people, and is lifted', async () => {
  await ingrid.get(paths.recalls.to());
  const nowhere = await ingrid.post(paths.recalls.to(), { target: 'Z9', reason: 'x', instead: 'y' });
  assert.equal(nowhere.status, 422);
  assert.match(nowhere.html, /There is no segment Z9/);
  assert.equal((await ingrid.post(paths.recalls.to(), { target: 'B4', reason: '', instead: 'y' })).status, 422);
  assert.equal((await ingrid.post(paths.recalls.to(), { target: 'B4', reason: 'Wrong.', instead: 'C3.' })).status, 303);
  const [recall] = await world.store.recalls.all();
  const id = recall?.id ?? '';
  assert.doesNotMatch((await ingrid.get(paths.recalls.to())).html, /Take B4 off every edition/);
  assert.equal((await ingrid.post(paths.recallSecond.to(id), { revision: '1' })).status, 403);
  assert.match((await tomas.get(paths.recalls.to())).html, /Take B4 off every edition/);
  assert.equal((await tomas.post(paths.recallSecond.to(id), { revision: '1' })).status, 303);
  assert.match((await ingrid.get(paths.recalls.to())).html, /1 recall is in force/);
  assert.equal((await ingrid.post(paths.recallLift.to(id), { revision: '2' })).status, 303);
  assert.match((await ingrid.get(paths.recalls.to())).html, /Nothing is recalled/);
});
