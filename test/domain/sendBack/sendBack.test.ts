import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { LedgerEntry, TranslationUnit } from '../../../src/domain/edition/edition.ts';
import { DomainError } from '../../../src/domain/errors.ts';
import type { ChangeSet } from '../../../src/domain/release/release.ts';
import { dissolves, releasedOffer } from '../../../src/domain/sendBack/dissolves.ts';
import { answer, followSet, offer, take, withdraw } from '../../../src/domain/sendBack/sendBack.ts';
import { changeSet } from '../notification/people.ts';
import { sendBackOf } from './samples.ts';

const at = '2026-03-01T00:00:00.000Z';
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return '';
  } catch (error) {
    assert.ok(error instanceof DomainError);
    return error.code;
  }
};
const wish = { ...sendBackOf(), sourceText: 'Call {helpline.child}.', proposed: 'Call {helpline.child} today.' };

test('an offer has the facts of its source, other words, and a reason', () => {
  assert.equal(offer(wish).state, 'open');
  assert.equal(
    codeOf(() => offer({ ...wish, proposed: 'Call 183.' })),
    'factsMissing',
  );
  assert.equal(
    codeOf(() => offer({ ...wish, proposed: ' Call {helpline.child}.\r\n' })),
    'sendBackSame',
  );
  assert.equal(
    codeOf(() => offer({ ...wish, proposed: ' ' })),
    'unitEmpty',
  );
  assert.equal(
    codeOf(() => offer({ ...wish, reason: ' ' })),
    'reasonNeeded',
  );
});

test('only what is open can be withdrawn, answered or taken', () => {
  const open = sendBackOf();
  assert.equal(withdraw(open, at).state, 'withdrawn');
  assert.deepEqual([answer(open, ' No. ', 'ada', at).answer, answer(open, 'No.', 'ada', at).revision], ['No.', 2]);
  assert.equal(
    codeOf(() => answer(open, ' ', 'ada', at)),
    'reasonNeeded',
  );
  const taken = take(open, 'set', 'ada', at);
  for (const act of [
    () => withdraw(taken, at),
    () => answer(taken, 'No.', 'ada', at),
    () => take(taken, 's', 'ada', at),
  ]) {
    assert.equal(codeOf(act), 'sendBackState');
  }
});

test('a taken offer follows its change set: released with it, open again when it is discarded or left out of it', () => {
  const taken = sendBackOf({ state: 'taken', changeSet: changeSet.id, answeredBy: 'ada' });
  const edits = [{ kind: 'segmentEdited', segment: taken.segment, before: 'a', after: 'b' }] as const;
  const set = (more: Partial<ChangeSet>): ChangeSet => ({ ...changeSet, changes: edits, release: null, ...more });
  assert.equal(followSet(taken, set({ state: 'approved' }), '2026-03-01', at), null);
  const released = followSet(taken, set({ state: 'released', release: '1.9.0' }), '2026-03-01', at);
  assert.deepEqual([released?.state, released?.release, released?.releasedOn], ['released', '1.9.0', '2026-03-01']);
  for (const gone of [set({ state: 'discarded' }), set({ state: 'released', release: '1.9.0', changes: [] })]) {
    const open = followSet(taken, gone, '2026-03-01', at);
    assert.deepEqual([open?.state, open?.changeSet], ['open', null]);
  }
  assert.equal(followSet(taken, set({ id: 'another', state: 'discarded' }), '2026-03-01', at), null);
});

const unit = (target: string): TranslationUnit => ({
  ...{
    edition: 'en-GB',
    segment: 'S',
    target,
    state: 'translated',
    basedOn: 'h',
    adapted: true,
    backTranslation: null,
  },
  ...{ by: 'grace', reviewedBy: null, at, origin: 'person', revision: 1 },
});
const entry = (more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  ...{ edition: 'en-GB', segment: 'S', kind: 'example', reason: 'why', owner: 'grace', on: '2026-01-01', omits: false },
  ...{ revision: 1, ...more },
});
const released = sendBackOf({ state: 'released', release: '1.9.0', releasedOn: '2026-03-01' });

test('in the baseline’s language a text that says the same dissolves, whoever brought it about; another one never', () => {
  const english = { language: 'en', entry: entry(), sendBack: null };
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (ours, theirs) => {
      const same = ours.toWellFormed().replace(/\r\n?/g, '\n').normalize('NFC').trim();
      const other = theirs.toWellFormed().replace(/\r\n?/g, '\n').normalize('NFC').trim();
      const found = dissolves({ ...english, unit: unit(ours), newText: theirs });
      assert.equal(found, same === other ? 'unit' : 'no');
      assert.equal(dissolves({ ...english, unit: unit(ours), newText: ` ${ours}\r\n` }), 'unit');
      assert.equal(dissolves({ ...english, entry: entry({ omits: true }), unit: unit(ours), newText: ours }), 'no');
    }),
    { numRuns: 100 },
  );
  assert.equal(dissolves({ ...english, unit: null, newText: 'x' }), 'no');
});

test('in another language the entry dissolves once its offer is released, and only an entry from before', () => {
  const turkish = { language: 'tr', unit: unit('Metin'), newText: 'Text' };
  assert.equal(dissolves({ ...turkish, entry: entry(), sendBack: released }), 'entry');
  assert.equal(dissolves({ ...turkish, entry: entry({ against: '1.8.1' }), sendBack: released }), 'entry');
  assert.equal(dissolves({ ...turkish, entry: entry({ against: '1.9.0' }), sendBack: released }), 'no');
  assert.equal(dissolves({ ...turkish, entry: entry({ on: '2026-04-01' }), sendBack: released }), 'no');
  assert.equal(dissolves({ ...turkish, entry: entry(), sendBack: sendBackOf({ state: 'taken' }) }), 'no');
  assert.equal(dissolves({ ...turkish, entry: null, sendBack: released }), 'no');
});

test('of several offers the one released last counts', () => {
  const later = { ...released, id: 'later', changedAt: '2026-05-01T00:00:00.000Z' };
  assert.equal(releasedOffer([later, released, sendBackOf()])?.id, 'later');
  assert.equal(releasedOffer([sendBackOf()]), null);
});
