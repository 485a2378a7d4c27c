import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Cases } from './contract.ts';

const day = '2026-02-01';

export const feedbackCases: Cases = (opened) => {
  test('answers are counted by lesson, and of two at once both count', async () => {
    const { feedback } = opened().store;
    await feedback.count('tr-TR', 'B4', { usable: 'yes', minutes: 45, hard: ['time', 'words'] });
    const more = Array.from({ length: 8 }, () =>
      feedback.count('tr-TR', 'B4', { usable: 'partly', minutes: null, hard: ['time'] }),
    );
    await Promise.all(more);
    await feedback.count('tr-TR', 'A1', { usable: 'no', minutes: 30, hard: [] });
    await feedback.count('ar-EG', 'B4', { usable: 'no', minutes: 45, hard: [] });
    assert.deepEqual(await feedback.ofEdition('tr-TR'), [
      { edition: 'tr-TR', lesson: 'A1', answers: 1, usable: { no: 1 }, minutes: { 30: 1 }, hard: {} },
      {
        ...{ edition: 'tr-TR', lesson: 'B4', answers: 9 },
        ...{ usable: { yes: 1, partly: 8 }, minutes: { 45: 1 }, hard: { time: 9, words: 1 } },
      },
    ]);
    assert.deepEqual(await feedback.ofEdition('de-CH'), []);
  });

  test('a reported helpline knows how often on a day, one by one', async () => {
    const { feedback } = opened().store;
    const child = (on: string) => feedback.report('tr-TR', 'helpline.child', 'noAnswer', on);
    const counted = await Promise.all([child(day), child(day), child(day)]);
    assert.deepEqual([...counted].sort(), [1, 2, 3]);
    assert.equal(await child('2026-02-02'), 1);
    assert.equal(await feedback.report('tr-TR', 'helpline.child', 'hours', day), 1);
    assert.equal(await feedback.report('ar-EG', 'helpline.child', 'noAnswer', day), 1);
    const report = { edition: 'tr-TR', fact: 'helpline.child' };
    assert.deepEqual(await feedback.reportsOf('tr-TR', 2), [
      { ...report, fault: 'noAnswer', on: '2026-02-02', times: 1 },
      { ...report, fault: 'hours', on: day, times: 1 },
    ]);
  });

  test('counts of a transaction that fails are not there', async () => {
    const { store } = opened();
    const failed = store.transaction(async (inner) => {
      assert.equal(await inner.feedback.report('en-GB', 'helpline.child', 'noAnswer', day), 1);
      throw new Error('on purpose');
    });
    await assert.rejects(failed, /on purpose/);
    assert.deepEqual(await store.feedback.reportsOf('en-GB', 9), []);
  });

  test('no row of counts knows a moment or a person', async () => {
    const { connection } = opened();
    const { db } = connection;
    assert.ok(db);
    for (const [name, fields] of [
      ['feedback', ['_id', 'answers', 'edition', 'hard', 'lesson', 'minutes', 'usable']],
      ['helplineReports', ['_id', 'edition', 'fact', 'fault', 'on', 'times']],
    ] as const) {
      const rows: readonly object[] = await db.collection(name).find().toArray();
      const found = new Set(rows.flatMap((row) => Object.keys(row)));
      assert.deepEqual([...found].sort(), fields, name);
    }
  });
};
