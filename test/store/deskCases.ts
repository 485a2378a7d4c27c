import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Comment } from '../../src/domain/comment/comment.ts';
import type { Cases } from './contract.ts';
import { outcomes, refused } from './refused.ts';
import { at } from './samples.ts';

const draft = (person: string, text: string) => ({
  edition: 'tr-TR',
  segment: 'C3.act.2',
  person,
  text,
  revision: 3,
  at,
});

const comment = (id: string, change: Partial<Comment> = {}): Comment => ({
  id,
  edition: 'tr-TR',
  segment: 'C3.act.2',
  to: 'author',
  text: 'Which picture is meant?',
  by: 'ayse',
  at,
  answers: null,
  resolvedAt: null,
  resolvedBy: null,
  revision: 1,
  ...change,
});

export const deskCases: Cases = (opened) => {
  test('a draft is its person’s own; the next one takes its place, also when it is empty', async () => {
    const { unitDrafts } = opened().store;
    await unitDrafts.keep(draft('ayse', 'Sade'));
    await unitDrafts.keep(draft('ayse', ''));
    await unitDrafts.keep(draft('murat', 'Başka'));
    assert.deepEqual(await unitDrafts.of('tr-TR', 'C3.act.2', 'ayse'), draft('ayse', ''));
    assert.deepEqual(await unitDrafts.ofPerson('tr-TR', 'murat'), [draft('murat', 'Başka')]);
    await unitDrafts.drop('tr-TR', 'C3.act.2', 'ayse');
    assert.equal(await unitDrafts.of('tr-TR', 'C3.act.2', 'ayse'), null);
    assert.equal((await unitDrafts.ofPerson('tr-TR', 'murat')).length, 1);
  });

  test('who has a unit open is noted once, told for a while, and swept up', async () => {
    const { presence } = opened().store;
    const row = (person: string, moment: string) => ({ edition: 'tr-TR', segment: 'C3.act.2', person, at: moment });
    await presence.note(row('ayse', '2026-02-01T12:00:00.000Z'));
    await presence.note(row('ayse', '2026-02-01T12:10:00.000Z'));
    await presence.note(row('murat', '2026-02-01T11:00:00.000Z'));
    assert.deepEqual(await presence.since('tr-TR', '2026-02-01T12:00:00.000Z'), [
      row('ayse', '2026-02-01T12:10:00.000Z'),
    ]);
    assert.deepEqual(await presence.since('de-CH', '2026-02-01T00:00:00.000Z'), []);
    assert.equal(await presence.dropBefore('2026-02-01T12:00:00.000Z'), 1);
    assert.equal((await presence.since('tr-TR', '2026-01-01T00:00:00.000Z')).length, 1);
  });

  test('comments are found by segment, by thread and by what is open', async () => {
    const { comments } = opened().store;
    await comments.save(comment('one'));
    await comments.save(comment('two', { answers: 'one', by: 'ada', at: '2026-02-01T12:05:00.000Z' }));
    await comments.save(comment('three', { to: 'colleagues', segment: 'C3.act.3' }));
    const ids = (found: readonly Comment[]) => found.map(({ id }) => id);
    assert.deepEqual(ids(await comments.about('tr-TR', 'C3.act.2')), ['one', 'two']);
    assert.deepEqual(ids(await comments.open('tr-TR')), ['one', 'three']);
    assert.deepEqual(ids(await comments.openQuestions()), ['one']);
    assert.deepEqual(ids(await comments.answers(['one'])), ['two']);
    assert.deepEqual(
      await comments.byId('two'),
      comment('two', { answers: 'one', by: 'ada', at: '2026-02-01T12:05:00.000Z' }),
    );
    await comments.save(comment('one', { resolvedAt: at, resolvedBy: 'ada', revision: 2 }));
    assert.deepEqual(await comments.openQuestions(), []);
    assert.equal(await comments.byId('none'), null);
  });

  test('of two who close a thread at once one is told', async () => {
    const { comments } = opened().store;
    await comments.save(comment('raced', { edition: 'de-CH' }));
    const closing = ['ada', 'ayse'].map((by) =>
      comments.save(comment('raced', { edition: 'de-CH', resolvedAt: at, resolvedBy: by, revision: 2 })),
    );
    assert.deepEqual(await outcomes(closing), { done: 1, refusals: ['staleRevision'] });
    await refused('staleRevision', comments.save(comment('raced')));
  });
};
