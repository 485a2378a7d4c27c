import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { saveUnit } from '../../src/commands/edition/saveUnit.ts';
import { paths } from '../../src/web/paths.ts';
import type { Visitor } from '../web/testApp.ts';
import { areaOf, type Desk, fieldOf, openDesk, wordsOf } from './desk.ts';
import { firstText, refusedWith, type SmallWorld, smallWorld, textsKept } from './smallWorld.ts';

let world: SmallWorld;
let desk: Desk;
let elif: Visitor;
let murat: Visitor;

before(async () => {
  world = await smallWorld();
  desk = await openDesk(world);
  elif = await desk.enter('elif');
  murat = await desk.enter('murat');
});
after(() => desk.close());

const page = (segment: string) => `${paths.workbench.to('tr-TR', 'L1')}?unit=${segment}`;
const save = (visitor: Visitor, segment: string, target: string, revision: string) =>
  visitor.post(paths.unit.to('tr-TR', segment), { target, revision, lesson: 'L1', way: 'stay' });

test('two people save one unit: the second sees both texts, and nothing is lost', async () => {
  const seenByElif = fieldOf(await elif.get(page('L1.keep')), 'revision');
  const seenByMurat = fieldOf(await murat.get(page('L1.keep')), 'revision');
  assert.deepEqual([seenByElif, seenByMurat], ['1', '1']);
  const first = 'Kanıtı sakla ve bir yetişkine söyle.';
  const second = 'Delilleri sakla, güvendiğin bir yetişkine anlat.';
  assert.equal((await save(elif, 'L1.keep', first, seenByElif)).status, 303);

  const told = await save(murat, 'L1.keep', second, seenByMurat);
  assert.equal(told.status, 409);
  const words = wordsOf(told);
  for (const word of [...first.split(' '), ...second.split(' ')]) assert.ok(words.includes(word), word);
  assert.equal((await world.unit('L1.keep'))?.target, first);
  assert.equal((await world.unit('L1.keep'))?.by, 'elif');
  assert.notEqual(areaOf(told, 'target'), '');
  assert.equal(fieldOf(told, 'revision'), '2');

  const merged = 'Kanıtı sakla, güvendiğin bir yetişkine anlat.';
  assert.equal((await save(murat, 'L1.keep', merged, fieldOf(told, 'revision'))).status, 303);
  assert.equal((await world.unit('L1.keep'))?.target, merged);
  assert.deepEqual(await textsKept(world, 'L1.keep'), [merged, first, firstText('tr-TR', 'L1.keep')]);
});

test('saves that arrive at the same moment: exactly one goes through each time', async () => {
  const write = (who: 'elif' | 'murat' | 'deniz' | 'derya', revision: number) =>
    saveUnit(world, world.as[who], { edition: 'tr-TR', segment: 'L1.pay', target: `${who} ${revision}`, revision });
  const kept: string[] = [];
  for (let revision = 1; revision <= 5; revision += 1) {
    const done = await Promise.allSettled([
      write('elif', revision),
      write('murat', revision),
      write('deniz', revision),
      write('derya', revision),
    ]);
    const won = done.filter((each) => each.status === 'fulfilled');
    assert.equal(won.length, 1);
    for (const each of done) {
      if (each.status === 'fulfilled') kept.push(each.value.target);
      else assert.ok(refusedWith('staleRevision')(each.reason), String(each.reason));
    }
  }
  assert.deepEqual(await textsKept(world, 'L1.pay'), [...kept.reverse(), firstText('tr-TR', 'L1.pay')]);
});

test('a back-translation of a text that was changed meanwhile is refused with both texts', async () => {
  await saveUnit(world, world.as.elif, { edition: 'tr-TR', segment: 'L1.practise', target: 'Beş adım', revision: 1 });
  await saveUnit(world, world.as.elif, {
    edition: 'tr-TR',
    segment: 'L1.practise',
    target: 'Beş adımı dene',
    revision: 2,
  });
  const text = 'Five steps, said back.';
  const path = paths.unitBackTranslation.to('tr-TR', 'L1.practise');
  const told = await murat.post(path, { text, revision: '2', lesson: 'L1' });
  assert.equal(told.status, 409);
  assert.ok(told.html.includes(text), 'what was typed is on the page');
  assert.ok(told.html.includes('Beş adımı dene'));
  assert.equal((await world.unit('L1.practise'))?.backTranslation, null);
});

test('“old text still fits”, said about a text that somebody changed meanwhile, changes nothing', async () => {
  await saveUnit(world, world.as.elif, { edition: 'tr-TR', segment: 'L1.start', target: 'Öyküyü oku', revision: 1 });
  const told = await murat.post(paths.unitConfirmation.to('tr-TR', 'L1.start'), { revision: '1', lesson: 'L1' });
  assert.equal(told.status, 409);
  assert.deepEqual([(await world.unit('L1.start'))?.by, (await world.unit('L1.start'))?.revision], ['elif', 2]);
});
