import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { minutesSince, othersHere, type Presence, presenceSince } from '../../../src/domain/edition/presence.ts';
import { standingOfDraft } from '../../../src/domain/edition/unitDraft.ts';

test('a draft goes on only from the revision it began with, and never says what is saved already', () => {
  const text = fc.constantFrom('Sade', 'Sade\r\n', 'Başka', '');
  fc.assert(
    fc.property(text, fc.nat(3), text, fc.nat(3), (typed, from, target, revision) => {
      const unit = revision === 0 ? null : { target, revision };
      const standing = standingOfDraft({ text: typed, revision: from }, unit);
      if (typed.trim() === (unit?.target ?? '').trim()) assert.equal(standing, 'none');
      else assert.equal(standing, from === revision ? 'goesOn' : 'behind');
    }),
    { numRuns: 100 },
  );
  assert.equal(standingOfDraft(null, { target: 'Sade', revision: 1 }), 'none');
});

const now = '2026-05-14T10:20:00.000Z';
const row = (person: string, minute: number, segment = 'C3.act.2'): Presence => ({
  edition: 'tr-TR',
  segment,
  person,
  at: new Date(Date.parse(now) - minute * 60_000).toISOString(),
});

test('others are told for fifteen minutes, once each, the newest first', () => {
  const here = othersHere(
    [row('elif', 16), row('murat', 3), row('murat', 9), row('deniz', 15), row('me', 1)],
    'me',
    now,
  );
  assert.deepEqual(here, [row('murat', 3), row('deniz', 15)]);
  assert.equal(othersHere([row('murat', 3), row('murat', 3, 'C3.act.3')], 'me', now).length, 2);
  assert.equal(presenceSince(now), '2026-05-14T10:05:00.000Z');
  assert.equal(minutesSince(row('murat', 3).at, now), 3);
  assert.equal(minutesSince('2026-05-14T10:21:00.000Z', now), 0);
});
