import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LedgerEntry, TranslationUnit } from '../../../src/domain/edition/edition.ts';
import type { Term } from '../../../src/domain/memory/term.ts';
import type { LessonPackage } from '../../../src/domain/package/lessonPackage.ts';
import {
  addSegment,
  joinSegments,
  moveSegment,
  removeSegment,
  splitSegment,
} from '../../../src/domain/release/editing.ts';
import type { Change, Severity } from '../../../src/domain/release/release.ts';
import { decide, decideAll } from '../../../src/domain/update/decide.ts';
import type { OurSide } from '../../../src/domain/update/ourSide.ts';
import type { PackageDelta } from '../../../src/domain/update/packageDelta.ts';
import { planUpdate } from '../../../src/domain/update/planUpdate.ts';
import type { DecisionKind, UpdateItem } from '../../../src/domain/update/update.ts';
import { flowStep, newestOf, richSpring } from './richRiver.ts';
import { apply, freshDraft, open, type Shelf, sourceOf, undo } from './shelf.ts';
import { edit, editionAt, flow, now, type River, segmentOf, spring, unitOf } from './smallRiver.ts';

const source = 'Do not pay. Keep the messages.';
const start = spring(['S1', 'S2', 'S3'].map((id) => segmentOf(id, `${id}: ${source}`)));
const spot = { lesson: 'L1', section: 'steps' } as const;

type Setting = {
  readonly language?: string;
  readonly units?: readonly TranslationUnit[];
  readonly ledger?: readonly LedgerEntry[];
};

function shelf(river: River, { language = 'tr', units, ledger = [] }: Setting = {}): Shelf {
  const edition = {
    ...editionAt('1.0.0', language),
    lessons: { L1: { state: 'offered' }, L2: { state: 'planned' } },
  } as const;
  const all = units ?? ['S1', 'S2', 'S3'].map((id) => unitOf(start, id, `${id} hedef`, { edition: edition.tag }));
  const byId = new Map(all.map((unit) => [unit.segment, unit]));
  const entries = new Map(ledger.map((entry) => [entry.segment, entry]));
  return { river, edition, units: byId, past: new Map(), ledger: entries, draft: null, applied: [] };
}

const entry = (segment: string, more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  ...{
    edition: 'tr-TR',
    segment,
    kind: 'example',
    reason: 'A local example.',
    owner: 'elif',
    on: '2026-01-02',
    omits: false,
    revision: 1,
  },
  ...more,
});
const omission = (segment: string) => entry(segment, { omits: true, kind: 'omission', reason: 'Not here.' });

const planned = (on: Shelf) => {
  const { plan } = open(on, { release: on.river.newest });
  return { plan, item: (key: string) => plan.items.find((item) => item.key === key) };
};
const termOf = (text: string): Term => ({
  ...{ id: text, language: 'tr', source: { text, forms: [] }, targets: [], forbidden: [], definition: '', note: '' },
  ...{ revision: 1, by: 'elif', at: now },
});
const withTerms = (ours: OurSide, delta: PackageDelta, terms: readonly string[]) => ({
  plan: planUpdate(delta, { ...ours, terms: terms.map(termOf) }),
});
const kindsOf = (on: Shelf) => planned(on).plan.items.map((item) => `${item.kind} ${item.key}`);

function answer(on: Shelf, key: string, kind: DecisionKind, text = `${key} yeni`): void {
  const { plan } = open(on, { release: on.river.newest });
  const item = plan.items.find((each) => each.key === key) as UpdateItem;
  on.draft = decide(
    on.draft ?? freshDraft(on.edition, plan, now),
    item,
    { kind, text, reason: 'Because.' },
    'elif',
    now,
  );
}
const applied = (on: Shelf) => apply(on, { release: on.river.newest }, now);
const placements = (lessonPackage: LessonPackage) =>
  lessonPackage.lessons[0]?.sections[0]?.placements.map(({ segment }) => segment);

const splitUp = (river: River) =>
  flow(
    river,
    'content',
    splitSegment(newestOf(river), 'S1', [
      { id: 'S1a', text: 'Do not pay.' },
      { id: 'S1b', text: 'Keep.' },
    ]),
  );
const joined = (river: River) =>
  flow(river, 'content', joinSegments(newestOf(river), ['S1', 'S2'], { id: 'J', text: 'Both at once.' }));
const revise = (severity: Severity, id = 'S1', text = 'Tell somebody.') =>
  flow(start, severity, [edit(start, id, text)]);

test('split: each part begins with our text; until somebody redoes it, it is prefilled and no translation', () => {
  const on = shelf(splitUp(start));
  const item = planned(on).item('S1a');
  assert.deepEqual([item?.kind, item?.proposal, item?.from], ['lineage', 'S1 hedef', ['S1']]);
  answer(on, 'S1b', 'redo', 'Sakla.');
  applied(on);
  assert.deepEqual([on.units.get('S1a')?.target, on.units.get('S1a')?.state], ['S1 hedef', 'initial']);
  assert.deepEqual([on.units.get('S1b')?.target, on.units.get('S1b')?.state], ['Sakla.', 'translated']);
  assert.equal(on.units.has('S1'), false);
  assert.equal(on.past.get('S1')?.[0]?.target, 'S1 hedef');
});

test('joined: our texts of the parts in their order; where they fit as they are, a person says so', () => {
  const on = shelf(joined(start));
  assert.equal(planned(on).item('J')?.proposal, 'S1 hedef S2 hedef');
  answer(on, 'J', 'confirm');
  applied(on);
  assert.deepEqual([on.units.get('J')?.target, on.units.get('J')?.state], ['S1 hedef S2 hedef', 'translated']);
});

test('a part that we left out: the reason is offered again for what was made of it', () => {
  const on = shelf(splitUp(start), { ledger: [omission('S1')] });
  assert.deepEqual([planned(on).item('S1a')?.kind, planned(on).item('S1a')?.reason], ['reoffer', 'Not here.']);
  answer(on, 'S1a', 'keepOurs');
  applied(on);
  assert.equal(on.ledger.get('S1a')?.omits, true);
  assert.equal(on.ledger.has('S1'), false, 'the entry of what is gone goes');
});

test('removed: an adaptation stays as a local addition, behind its predecessor, else the nearest survivor', () => {
  const on = shelf(flow(start, 'content', removeSegment(newestOf(start), 'S2')), { ledger: [entry('S2')] });
  assert.deepEqual(planned(on).item('S2')?.choices, ['keepOurs', 'confirm', 'later']);
  answer(on, 'S2', 'keepOurs');
  applied(on);
  assert.equal(on.units.get('S2')?.target, 'S2 hedef');
  assert.equal(on.ledger.get('S2')?.kind, 'addition');
  assert.deepEqual(placements(sourceOf(on)), ['S1', 'S2', 'S3']);
  on.river = flow(on.river, 'content', removeSegment(newestOf(on.river), 'S1'));
  applied(on);
  assert.deepEqual(placements(sourceOf(on)), ['S2', 'S3']);
  on.river = flow(on.river, 'content', [
    ...addSegment(newestOf(on.river), segmentOf('N', 'New.'), { ...spot, after: 'S3' }),
    ...removeSegment(newestOf(on.river), 'S3'),
  ]);
  const item = planned(on).item('S2');
  assert.deepEqual([item?.kind, item?.choices], ['adrift', ['keepOurs', 'confirm', 'later']]);
  answer(on, 'S2', 'keepOurs');
  applied(on);
  assert.deepEqual(placements(sourceOf(on)), ['N', 'S2']);
});

test('an addition that nobody wants any more goes to the history', () => {
  const on = shelf(flow(start, 'content', removeSegment(newestOf(start), 'S2')), { ledger: [entry('S2')] });
  answer(on, 'S2', 'keepOurs');
  applied(on);
  const bare = ['S1', 'S3'].reduce((river, id) => flow(river, 'content', removeSegment(newestOf(river), id)), on.river);
  on.river = bare;
  answer(on, 'S2', 'confirm');
  applied(on);
  assert.deepEqual([on.units.has('S2'), on.ledger.has('S2'), on.edition.kept], [false, false, undefined]);
  assert.equal(on.past.get('S2')?.[0]?.target, 'S2 hedef');
});

test('removed and back with the same id: our last text is there again by itself, and its revisions go on', () => {
  const gone = flow(start, 'content', removeSegment(newestOf(start), 'S2'));
  const on = shelf(gone);
  applied(on);
  assert.equal(on.units.has('S2'), false);
  on.river = flowStep(gone, { kind: 'revert' });
  assert.deepEqual(kindsOf(on), ['revived S2']);
  applied(on);
  const back = on.units.get('S2');
  assert.deepEqual([back?.target, back?.state, back?.revision], ['S2 hedef', 'reviewed', 2]);
});

test('an omission of what is removed goes with it, without a question', () => {
  const on = shelf(flow(start, 'content', removeSegment(newestOf(start), 'S2')), {
    units: [],
    ledger: [omission('S2')],
  });
  assert.deepEqual(planned(on).item('S2')?.choices, []);
  applied(on);
  assert.equal(on.ledger.has('S2'), false);
  undo(on, now);
  assert.equal(on.ledger.get('S2')?.omits, true);
});

const toCore: Change = { kind: 'policyChanged', segment: 'S1', before: 'adaptable', after: 'core' };

test('adaptable becomes core: a translation needs a second approval, an omission is not allowed', () => {
  const river = flow(start, 'content', [toCore]);
  const on = shelf(river);
  assert.deepEqual(kindsOf(on), ['becameCore S1']);
  answer(on, 'S1', 'confirm');
  applied(on);
  assert.deepEqual([on.units.get('S1')?.state, on.units.get('S1')?.reviewedBy], ['translated', null]);
  const omits = shelf(river, { units: [], ledger: [omission('S1')] });
  assert.deepEqual(kindsOf(omits), ['coreOverridden S1']);
  applied(omits);
  assert.equal(omits.ledger.has('S1'), false, 'decided or not');
});

test('adaptable becomes core: our adaptation is none any more once somebody has decided', () => {
  const adapted = unitOf(start, 'S1', 'Bizim örneğimiz.', { adapted: true });
  const on = shelf(flow(start, 'content', [toCore]), { units: [adapted], ledger: [entry('S1')] });
  assert.deepEqual(kindsOf(on), ['coreOverridden S1']);
  answer(on, 'S1', 'redo');
  applied(on);
  assert.deepEqual([on.units.get('S1')?.adapted, on.ledger.has('S1')], [false, false]);
});

test('core becomes adaptable: nothing to ask', () => {
  const core = flow(start, 'content', [toCore]);
  const on = shelf(flow(core, 'content', [{ ...toCore, before: 'core', after: 'adaptable' }]));
  on.edition = { ...on.edition, upstream: { release: core.newest, ahead: [] } };
  assert.deepEqual(kindsOf(on), []);
});

test('a term that came or went: optional, and in bulk; another wording is to look at', () => {
  const river = flow(start, 'editorial', [
    edit(start, 'S1', 'S1: Do not pay. Keep the chats.'),
    edit(start, 'S2', 'S2: Do not pay! Keep the messages.'),
  ]);
  const { ours, delta } = open(shelf(river), { release: river.newest });
  const { plan } = withTerms(ours, delta, ['messages', 'chat']);
  const item = (key: string) => plan.items.find((each) => each.key === key);
  assert.deepEqual([item('S1')?.kind, item('S1')?.terms, item('S1')?.bulk], ['termReview', ['messages'], true]);
  assert.equal(item('S2')?.kind, 'editorial');
});

test('what a memory offers is a start for a new text, with how alike it is and whose it was', () => {
  const river = flow(start, 'content', addSegment(newestOf(start), segmentOf('N', 'New.'), { ...spot, after: 'S3' }));
  const { ours, delta } = open(shelf(river), { release: river.newest });
  const origin = { edition: 'tr-TR-x-ngo', segment: 'M' };
  const suggest = (_id: string, text: string) => ({ text: `${text} tr`, percent: 92, origin });
  const item = planUpdate(delta, { ...ours, suggest }).items.find(({ key }) => key === 'N');
  assert.equal(item?.proposal, 'New. tr');
  assert.deepEqual(item?.proposalFrom, { kind: 'memory', percent: 92, origin });
});

test('placed where nobody sees it: an item, never silent; confirming it leaves a stale text stale', () => {
  const river = richSpring();
  const at = { lesson: 'L2', section: 'later', after: null };
  const placed = flow(river, 'content', [{ kind: 'placed', at, placement: { segment: 'S2' } }]);
  const old = unitOf(start, 'S2', 'S2 hedef', { basedOn: 'older' });
  const on = shelf(placed, { units: [old] });
  const item = planned(on).item('S2');
  assert.deepEqual([item?.kind, item?.notOffered], ['placement', ['L2']]);
  answer(on, 'S2', 'confirm');
  applied(on);
  assert.equal(on.units.get('S2')?.basedOn, 'older');
  assert.equal(on.units.get('S2')?.revision, 1);
});

test('moved: what we left out is offered again; a text goes along', () => {
  const moved = flow(
    start,
    'content',
    moveSegment(newestOf(start), 'S1', { ...spot, after: null }, { ...spot, after: 'S3' }),
  );
  assert.deepEqual(kindsOf(shelf(moved)), []);
  const on = shelf(moved, { ledger: [omission('S1')] });
  assert.equal(planned(on).item('S1')?.kind, 'reoffer');
  answer(on, 'S1', 'keepOurs');
  applied(on);
  assert.equal(on.ledger.get('S1')?.omits, true);
});

test('what stands beside an adaptation changed its meaning: look if you like, and the text is never called declined', () => {
  const on = shelf(revise('content', 'S2'), { ledger: [entry('S1')] });
  const item = planned(on).item('S1');
  assert.deepEqual([item?.kind, item?.severity, item?.reason], ['surroundings', 'editorial', 'A local example.']);
  assert.equal(planned(on).item('S3'), undefined, 'a plain text beside it is left alone');
  answer(on, 'S1', 'keepOurs');
  applied(on);
  assert.equal(on.ledger.get('S1')?.declined, undefined);
  assert.equal(planned(shelf(revise('editorial', 'S2'), { ledger: [entry('S1')] })).item('S1'), undefined);
});

test('declined is not asked again before the meaning changes; a safety change always is', () => {
  const once = revise('content');
  const on = shelf(once);
  answer(on, 'S1', 'decline');
  applied(on);
  const comma = flow(once, 'editorial', [edit(once, 'S1', 'Tell somebody!')]);
  on.river = comma;
  assert.deepEqual(kindsOf(on), []);
  on.river = flow(comma, 'content', [edit(comma, 'S1', 'Tell two people.')]);
  assert.deepEqual(kindsOf(on), ['stale S1']);
  on.river = flow(comma, 'safety', [edit(comma, 'S1', 'Tell two people.')]);
  assert.deepEqual(planned(on).item('S1')?.choices, ['redo', 'confirm', 'later']);
});

test('a lesson that the baseline removed stays until a person has decided; withdrawn or kept, and undo gives it back', () => {
  const river = flowStep(richSpring(), {
    kind: 'release',
    sets: [{ severity: 'content', ops: [{ kind: 'lessonOut', pick: 0, other: 1 }] }],
  });
  const ids = (on: Shelf) => sourceOf(on).lessons.map((lesson) => lesson.id);
  const units = ['S1', 'S5'].map((id) => unitOf(richSpring(), id, `${id} hedef`));
  const open1 = shelf(river, { units });
  assert.deepEqual(planned(open1).item('L2')?.choices, ['keepOurs', 'confirm', 'later']);
  applied(open1);
  assert.deepEqual([ids(open1), open1.units.has('S5')], [['L1', 'L2'], true]);
  assert.deepEqual(open1.edition.kept, [{ kind: 'lesson', lesson: 'L2', release: '1.0.0', undecided: true }]);
  const next = flow(river, 'content', [edit(river, 'S2', 'Else.')]);
  open1.river = next;
  assert.ok(kindsOf(open1).includes('lessonRemoved L2'), 'it is asked again');
  answer(open1, 'L2', 'keepOurs');
  applied(open1);
  assert.deepEqual(open1.edition.kept, [{ kind: 'lesson', lesson: 'L2', release: '1.0.0' }]);
  const withdrawn = shelf(river, { units });
  answer(withdrawn, 'L2', 'confirm');
  applied(withdrawn);
  assert.deepEqual([ids(withdrawn), withdrawn.edition.lessons.L2?.state], [['L1'], 'leftOut']);
  assert.equal(withdrawn.past.get('S5')?.[0]?.target, 'S5 hedef');
  undo(withdrawn, now);
  assert.deepEqual([ids(withdrawn), withdrawn.edition.lessons.L2], [['L1', 'L2'], { state: 'planned' }]);
  assert.equal(withdrawn.units.get('S5')?.target, 'S5 hedef');
});

test('a clean merge is marked; one that touches numbers, negations or facts is never taken in bulk', () => {
  const merged = (theirs: string, ours: string) => {
    const begin = spring([segmentOf('S1', 'Do not pay. Keep the messages for later.')]);
    const river = flow(begin, 'content', [edit(begin, 'S1', theirs)]);
    const unit = unitOf(begin, 'S1', ours, { edition: 'en-TR', adapted: true });
    return planned(shelf(river, { language: 'en', units: [unit] })).item('S1');
  };
  const ours = 'Do not pay. Keep the texts for later.';
  const plain = merged('Do not ever pay. Keep the messages for later.', ours);
  assert.deepEqual([plain?.kind, plain?.merged, plain?.bulk], ['stale', true, true]);
  assert.equal(plain?.proposal, 'Do not ever pay. Keep the texts for later.');
  const negated = merged('Do pay. Keep the messages for later.', ours);
  assert.deepEqual([negated?.merged, negated?.bulk], [true, false]);
  const numbered = merged('Do not pay. Keep the messages for 2 days.', 'Never pay. Keep the messages for later.');
  assert.deepEqual([numbered?.merged, numbered?.bulk], [true, false]);
  assert.deepEqual([merged('Do not pay. Keep the chats for later.', ours)?.kind], ['conflict']);
});

test('without the text that ours was made from there is no merge, only a conflict', () => {
  const river = revise('content');
  const unit = unitOf(start, 'S1', 'Do not pay! Keep.', { edition: 'en-TR', adapted: true, basedOn: 'unheard of' });
  const item = planned(shelf(river, { language: 'en', units: [unit] })).item('S1');
  assert.deepEqual([item?.kind, item?.proposal], ['conflict', null]);
});

test('many answers at once: all, or none with what was in the way', () => {
  const river = flow(
    start,
    'content',
    ['S1', 'S2', 'S3'].map((id) => edit(start, id, `${id}: tell.`)),
  );
  const on = shelf(river);
  const { plan } = open(on, { release: river.newest });
  const draft = freshDraft(on.edition, plan, now);
  const all = plan.items.map(({ key, unitRevision }) => ({ key, unitRevision, answer: { kind: 'confirm' as const } }));
  const done = decideAll(draft, plan, all, 'elif', now);
  assert.deepEqual(
    [done.notTaken, Object.keys(done.update.decisions), done.update.revision],
    [[], ['S1', 'S2', 'S3'], 2],
  );
  const late = all.map((each) => (each.key === 'S2' ? { ...each, unitRevision: 7 } : each));
  const refused = decideAll(draft, plan, late, 'elif', now);
  assert.deepEqual(refused, { update: draft, notTaken: [{ key: 'S2', code: 'staleRevision' }] });
  const safety = open(shelf(revise('safety')), { release: '1.1.0' }).plan;
  const risky = decideAll(draft, safety, [{ key: 'S1', unitRevision: 1, answer: { kind: 'confirm' } }], 'elif', now);
  assert.deepEqual(risky.notTaken, [{ key: 'S1', code: 'decisionNotOffered' }]);
});

test('an old text that lacks a fact of the new source cannot be confirmed', () => {
  const river = flow(start, 'safety', [edit(start, 'S1', 'Call: {helpline.child}')]);
  const on = shelf(river);
  assert.throws(() => answer(on, 'S1', 'confirm'), { code: 'factsMissing' });
  answer(on, 'S1', 'redo', 'Ara: {helpline.child}');
});

test('a fact of another type asks to verify the value; one without a value asks for it', () => {
  const law = { key: 'law.image', type: 'law', need: 'required', label: 'Law', checkEvery: 365 } as const;
  const with1 = flow(start, 'content', [{ kind: 'factAdded', fact: law }]);
  const river = flow(with1, 'content', [{ kind: 'factChanged', before: law, after: { ...law, type: 'text' } }]);
  const on = shelf(river);
  on.edition = { ...on.edition, upstream: { release: with1.newest, ahead: [] } };
  const { ours, delta } = open(on, { release: river.newest });
  const kinds = (filled: readonly string[]) =>
    planUpdate(delta, { ...ours, filledFacts: new Set(filled) }).items.map((item) => item.kind);
  assert.deepEqual([kinds(['law.image']), kinds([])], [['factVerify'], ['factNeeded']]);
});

test('the log keeps a line for every item, also for what was carried', () => {
  const river = flow(start, 'editorial', [edit(start, 'S1', 'S1: Do not pay. Keep the messages!')]);
  const on = shelf(flow(river, 'content', [edit(river, 'S2', 'Else.')]));
  const { update } = applied(on);
  assert.deepEqual(
    update.log.map(({ key, kind, done }) => `${key} ${kind} ${done}`),
    ['S2 stale later', 'S1 editorial carried'],
  );
});

test('joined and then split between two updates: the parts begin with the texts that we have, whatever lay between', () => {
  const both = joined(start);
  const parts = [
    { id: 'Ja', text: 'One.' },
    { id: 'Jb', text: 'Two.' },
  ];
  const on = shelf(flow(both, 'content', splitSegment(newestOf(both), 'J', parts)));
  const item = planned(on).item('Ja');
  assert.deepEqual([item?.from, item?.proposal], [['S1', 'S2'], 'S1 hedef S2 hedef']);
});

test('a text that was stale when its segment went comes back as it was: stale', () => {
  const on = shelf(revise('content', 'S2'));
  applied(on);
  const gone = flow(on.river, 'content', removeSegment(newestOf(on.river), 'S2'));
  on.river = gone;
  applied(on);
  on.river = flowStep(gone, { kind: 'revert' });
  assert.deepEqual(kindsOf(on), ['revived S2']);
  applied(on);
  assert.equal(on.units.get('S2')?.basedOn, unitOf(start, 'S2', '').basedOn);
});

test('a new text that was taken back with its update is offered again, and does not come by itself', () => {
  const river = flow(start, 'content', addSegment(newestOf(start), segmentOf('N', 'New.'), { ...spot, after: 'S3' }));
  const on = shelf(river);
  answer(on, 'N', 'redo', 'Yeni.');
  applied(on);
  undo(on, now);
  assert.equal(on.units.has('N'), false);
  const item = planned(on).item('N');
  assert.deepEqual([item?.kind, item?.proposal, item?.proposalFrom], ['added', 'Yeni.', { kind: 'history' }]);
  answer(on, 'N', 'redo', 'Yeni.');
  applied(on);
  assert.deepEqual([on.units.get('N')?.target, on.units.get('N')?.revision], ['Yeni.', 2]);
});
