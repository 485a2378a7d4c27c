import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  type DecisionKind,
  type ItemKind,
  itemKinds,
  type Update,
  type UpdateItem,
  type UpdatePlan,
} from '../../../src/domain/update/update.ts';
import { appliedNote } from '../../../src/web/desk/update/appliedNote.ts';
import { loggedUpdates } from '../../../src/web/desk/update/logPage.ts';
import { groupNames, groupsOf } from '../../../src/web/desk/update/updateGroups.ts';
import { openItemOf } from '../../../src/web/desk/update/updateItems.ts';
import { createTranslator } from '../../../src/web/i18n.ts';
import { createViews } from '../../../src/web/views.ts';
import { sampleEdition, sampleUnit } from './sampleRiver.ts';

const views = createViews({
  directory: join(import.meta.dirname, '../../../views'),
  translator: createTranslator(),
  asset: (name) => name,
  cache: false,
});
const locals = {
  ...{ language: 'en' as const, dir: 'ltr' as const, nonce: '', csrfToken: '', keys: 'on' as const, url: '/' },
  said: null,
};

const nothingAsked: ReadonlySet<ItemKind> = new Set(['revived', 'dissolved', 'factNeeded', 'factVerify']);
const choices: readonly DecisionKind[] = ['redo', 'confirm', 'later'];

const itemOf = (key: string, kind: ItemKind, change: Partial<UpdateItem> = {}): UpdateItem => ({
  key,
  kind,
  severity: 'content',
  due: null,
  segmentKind: 'paragraph',
  policy: 'adaptable',
  lessons: ['B4'],
  notOffered: [],
  base: 'Tell an adult.',
  ours: 'Bir yetişkine söyle.',
  theirs: 'Tell an adult now.',
  proposal: null,
  proposalFrom: null,
  merged: false,
  bulk: false,
  from: [],
  revive: null,
  terms: [],
  reason: null,
  meaning: `meaning-${key}`,
  theirsHash: null,
  sets: [],
  choices: nothingAsked.has(kind) ? [] : choices,
  unitRevision: 1,
  segments: 1,
  words: 4,
  ...change,
});

const update: Update = {
  id: 'u',
  edition: 'tr-TR',
  base: '1.0.0',
  target: '1.1.0',
  state: 'draft',
  decisions: {},
  log: [],
  before: null,
  startedBy: 'elif',
  updatedAt: '2026-11-20T09:00:00.000Z',
  appliedAt: null,
  revision: 1,
};
const planOf = (items: readonly UpdateItem[]): UpdatePlan => ({
  base: '1.0.0',
  target: '1.1.0',
  upstream: { release: '1.1.0', ahead: [] },
  brought: [],
  items,
  counts: { take: 0, carry: 0, stale: 0, staleWords: 0, conflicts: 0, added: 0, removed: 0, safety: 0, factsNeeded: 0 },
});
const names = new Map([['elif', 'Elif Yıldırım']]);
const context = { tag: 'tr-TR', goal: {}, update, names };

test('every kind has its place, in order of harm, and is there once', () => {
  const items = itemKinds.map((kind) => itemOf(`B4.${kind}`, kind));
  const groups = groupsOf(context, planOf([...items, itemOf('CPS-03', 'stale', { severity: 'safety' })]));
  const order = groups.map(({ name }) => groupNames.indexOf(name));
  assert.deepEqual(
    order,
    order.toSorted((one, other) => one - other),
  );
  assert.equal(groups[0]?.name, 'safety');
  assert.deepEqual(
    groups.flatMap(({ lines }) => lines.map(({ key }) => key)).sort(),
    [...items.map(({ key }) => key), 'CPS-03'].sort(),
  );
  const look = groups.find(({ name }) => name === 'editorial');
  assert.equal(look?.asked, 0);
});

test('a decision counts while it answers the item; “later” and one made on another text do not', () => {
  const decision = (key: string, kind: DecisionKind, unitRevision = 1) => ({
    [key]: { kind, meaning: `meaning-${key}`, by: 'elif', at: '2026-11-20T09:00:00.000Z', unitRevision },
  });
  const decisions = { ...decision('a', 'confirm'), ...decision('b', 'later'), ...decision('c', 'confirm', 0) };
  const plan = planOf(['a', 'b', 'c', 'd'].map((key) => itemOf(key, 'stale')));
  const [group] = groupsOf({ ...context, update: { ...update, decisions } }, plan);
  assert.deepEqual([group?.decided, group?.asked], [1, 4]);
  assert.equal(group?.lines[0]?.decidedBy, 'Elif Yıldırım');
});

test('only what may be answered with others can be ticked, and a suggestion is shown before it is accepted', () => {
  const plan = planOf([
    itemOf('a', 'stale', { bulk: true }),
    itemOf('b', 'stale', { bulk: true, proposal: 'Hemen söyle.' }),
    itemOf('c', 'stale'),
    itemOf('d', 'added', { bulk: true, choices: ['redo', 'later'] }),
  ]);
  const lines = groupsOf(context, plan).flatMap((group) => group.lines);
  assert.deepEqual(
    lines.map(({ tick, offered }) => [tick, offered]),
    [
      ['a|1|', null],
      ['b|1|', 'Hemen söyle.'],
      [null, null],
      [null, null],
    ],
  );
});

test('bold stands bold in the opened item, and no difference is lost by it', async () => {
  const edition = sampleEdition('tr-TR', 'tr');
  const about = { ...context, edition, sets: new Map(), put: '', refused: null };
  const item = itemOf('a', 'conflict', {
    ...{ base: 'Tell **an adult**.', theirs: 'Tell **an adult** *now*.', ours: '**Bir yetişkine** söyle.' },
    ...{ bulk: true, proposal: '**Hemen** söyle.' },
  });
  const opened = openItemOf(about, item);
  const html = await views.render('desk/update/opened', opened, locals, null);
  const words = html.slice(0, html.indexOf('<form'));
  assert.match(words, /Tell <span class="stars">\*\*<\/span><strong>an adult<\/strong><span class="stars">/);
  assert.match(words, /<ins>.*<strong>Bir yetişkine<\/strong>/s);
  const read = words.replaceAll('<span class="stars">**</span>', '').replace(/ data-put="[^"]*"/g, '');
  assert.ok(!read.includes('**'), read);
  assert.equal(opened.start.includes('**'), true, 'the field keeps what is written');
  const line = groupsOf(context, planOf([item])).flatMap(({ lines }) => lines)[0];
  assert.deepEqual([line?.offered, line?.offeredWords], ['**Hemen** söyle.', 'Hemen söyle.']);
});

test('undo says beforehand what somebody wrote since; the log has who decided and why', () => {
  const applied: Update = {
    ...update,
    state: 'applied',
    appliedAt: '2026-11-20T09:00:00.000Z',
    decisions: {
      a: { kind: 'decline', meaning: 'm', reason: 'Law differs', by: 'elif', at: update.updatedAt, unitRevision: 1 },
    },
    log: [
      { key: 'B4.title', done: 'redone', unitBefore: 1, unitRevision: 2 },
      { key: 'B4.summary', done: 'redone', unitBefore: 1, unitRevision: 2 },
      { key: 'a', kind: 'stale', done: 'declined', unitRevision: 1 },
    ],
  };
  const units = new Map([
    ['B4.title', sampleUnit('tr-TR', 'B4.title', 'x', { revision: 2 })],
    ['B4.summary', sampleUnit('tr-TR', 'B4.summary', 'y', { revision: 3 })],
  ]);
  assert.deepEqual(appliedNote(applied, units, names).stays, ['B4.summary']);
  const [logged] = loggedUpdates('tr-TR', [update, applied], names);
  assert.equal(logged?.lines.at(-1)?.reason, 'Law differs');
  assert.equal(logged?.lines.at(-1)?.by, 'Elif Yıldırım');
});

test('three hundred lines are light', () => {
  const long = 'Tell an adult you trust. '.repeat(80);
  const plan = planOf(Array.from({ length: 300 }, (_, at) => itemOf(`B4.${at}`, 'stale', { theirs: long })));
  const [group] = groupsOf(context, plan);
  assert.equal(group?.lines.length, 300);
  assert.ok(group.lines.every(({ gist }) => gist.length <= 90));
});
