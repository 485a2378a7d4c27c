import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  describeChangeSet,
  draftChangeSet,
  editChangeSet,
  submitChangeSet,
} from '../../src/commands/baseline/draftChangeSet.ts';
import { interfaceLanguages } from '../../src/domain/access/access.ts';
import type { ErrorData } from '../../src/domain/errors.ts';
import { addSegment, removeSegment } from '../../src/domain/release/editing.ts';
import { paths } from '../../src/web/paths.ts';
import { type Desk, openDesk } from '../together/desk.ts';
import {
  nextRelease,
  refusedWith,
  type SmallWorld,
  segmentOf,
  smallWorld,
  wordsOfSet,
} from '../together/smallWorld.ts';
import type { Visitor } from '../web/testApp.ts';
import { changesNothing, readable, speak, textOf } from './refusal.ts';

let world: SmallWorld;
let desk: Desk;
let ada: Visitor;
let path = '';
let set = '';

before(async () => {
  world = await smallWorld();
  desk = await openDesk(world);
  ada = await desk.enter('ada');
  set = (await draftChangeSet(world, world.as.ada, wordsOfSet('From a file', 'content'))).id;
  path = paths.changeSetImport.to(set);
});
after(() => desk.close());

const head = `---
lesson: L1
band: B
ages: [10, 12]
minutes: 45
group: class
screens: none
sheets: 1
topics: [blackmail]
sensitivity: high
notForAssembly: true
evidence: []
---

# steps

`;
const rest = `[@L1.keep]

[@L1.call]

[@L1.pay]

[@L1.practise minutes=45 practice]
`;
const file = (start: string) => `${head}${start}\n\n${rest}`;
const good = file('[#L1.start paragraph adaptable]\nRead the story aloud, twice.');

type Case = {
  readonly text: string | Uint8Array;
  readonly key: string;
  readonly data: ErrorData;
  /** The problem itself is a technical text in English, as file and line are. */
  readonly problem?: true;
};
const at = (line: number) => ({ file: 'L1.md', line });

const cases: Readonly<Record<string, Case>> = {
  'a file without front matter': { text: 'Just words.', key: 'errors:contentMalformed', data: at(1), problem: true },
  'a file that is no text': {
    ...{ text: new Uint8Array([0xff, 0xfe, 0, 1]), key: 'errors:contentMalformed', data: at(1), problem: true },
  },
  'a field of the head that nobody knows': {
    ...{ text: good.replace('band: B', 'band: Z'), key: 'errors:contentMalformed', data: at(3), problem: true },
  },
  'a marker that is broken': {
    ...{ text: file('[#L1.start poem adaptable]\nRead.'), key: 'errors:contentMalformed', data: at(17), problem: true },
  },
  'a fact that nobody defined': {
    ...{
      text: file('[#L1.start paragraph adaptable]\nRead it.\nCall {helpline.moon} now.'),
      key: 'baseline:import.fact',
    },
    data: { ...at(19), fact: 'helpline.moon' },
  },
  'a segment that is there twice': {
    text: file('[#L1.start paragraph adaptable]\nRead it.\n\n[#L1.start paragraph adaptable]\nAgain.'),
    ...{ key: 'errors:segmentDuplicate', data: { ...at(20), segment: 'L1.start' } },
  },
  'a segment that is nowhere': {
    ...{ text: file('[@L1.nowhere]'), key: 'baseline:import.segment', data: { ...at(17), segment: 'L1.nowhere' } },
  },
  'a segment named like what every object has': {
    ...{ text: file('[@constructor]'), key: 'baseline:import.segment', data: { ...at(17), segment: 'constructor' } },
  },
};

function formWith(text: string | Uint8Array, revision = '1'): FormData {
  const form = new FormData();
  form.set('revision', revision);
  form.set('file', new Blob([typeof text === 'string' ? text : Uint8Array.from(text)]), 'L1.md');
  return form;
}

for (const [name, { text, key, data, problem }] of Object.entries(cases)) {
  test(`${name} is refused with file and line in every language, and nothing changes`, async () => {
    for (const language of interfaceLanguages) {
      await speak(world, 'ada', language);
      const answer = await changesNothing(world, () => ada.multipart(path, formWith(text)), name);
      assert.equal(answer.status, 422, readable(answer.html).slice(0, 300));
      const words = textOf(language, key, problem ? { ...data, problem: '' } : data).trim();
      assert.ok(readable(answer.html).includes(words), `${language}: no “${words}”`);
      assert.ok(answer.html.includes(`lang="${language}"`));
    }
  });
}

test('no file, an empty one, and one for a set that has moved on', async () => {
  await speak(world, 'ada', 'tr');
  const none = new FormData();
  none.set('revision', '1');
  const missing = await changesNothing(world, () => ada.multipart(path, none));
  assert.ok([400, 422].includes(missing.status));
  assert.ok(readable(missing.html).includes(textOf('tr', 'errors:fileMissing')));
  const empty = await changesNothing(world, () => ada.multipart(path, formWith('')));
  assert.equal(empty.status, 422);
  const stale = await changesNothing(world, () => ada.multipart(path, formWith(good, '7')));
  assert.equal(stale.status, 409);
  assert.ok(readable(stale.html).includes(textOf('tr', 'errors:staleRevision')));
});

test('the same file without its fault is brought in', async () => {
  const answer = await ada.multipart(path, formWith(good));
  assert.equal(answer.status, 303, readable(answer.html).slice(0, 300));
  const changes = (await world.store.changeSets.byId(set))?.changes ?? [];
  assert.deepEqual(
    changes.map((change) => change.kind),
    ['segmentEdited'],
  );
});

const revision = async () => (await world.store.changeSets.byId(set))?.revision ?? 0;

test('a draft may name a fact that another set still has to bring, but cannot be handed on', async () => {
  await speak(world, 'ada', 'ar');
  const form = { verb: 'edit', lesson: 'L1', section: 'steps', policy: 'adaptable', note: '', minutes: '' };
  const wish = { ...form, text: 'Call {helpline.moon} now.', revision: String(await revision()) };
  assert.equal((await ada.post(paths.changeSetSegment.to(set, 'L1.pay'), wish)).status, 303);
  const shown = await ada.get(paths.changeSet.to(set));
  assert.ok(readable(shown.html).includes('helpline.moon'), 'the page of the draft tells');
  const details = wordsOfSet('From a file', 'safety');
  await describeChangeSet(world, world.as.ada, { set, revision: await revision() }, details);
  const submission = { verb: 'submit', revision: String(await revision()) };
  const answer = await changesNothing(world, () => ada.post(paths.changeSetSubmission.to(set), submission));
  assert.equal(answer.status, 422);
  assert.ok(readable(answer.html).includes(textOf('ar', 'errors:factUnknown', { fact: 'helpline.moon' })));
});

test('the id of a segment that is gone cannot be used for something else', async () => {
  await nextRelease(world, 'content', (lessonPackage) => removeSegment(lessonPackage, 'L1.start'));
  const again = await draftChangeSet(world, world.as.ada, wordsOfSet('Again', 'content'));
  const other = { ...segmentOf('L1.start'), text: 'Something else altogether.' };
  const at = { lesson: 'L1', section: 'steps', after: null };
  const input = { set: again.id, revision: 1 };
  await assert.rejects(async () => {
    const edited = await editChangeSet(world, world.as.ada, input, (before) => addSegment(before, other, at));
    const details = wordsOfSet('Again', 'content');
    const told = await describeChangeSet(world, world.as.ada, { ...input, revision: edited.revision }, details);
    await submitChangeSet(world, world.as.ada, { ...input, revision: told.revision });
  }, refusedWith('segmentReused'));
});
