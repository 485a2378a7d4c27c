import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Assignment, assignmentId } from '../../src/domain/edition/assignment.ts';
import type { Cases } from './contract.ts';
import { outcomes, refused } from './refused.ts';
import { at } from './samples.ts';

const assignment = (lesson: string, person: string, revision = 1): Assignment => {
  const key = { edition: 'tr-TR', lesson, role: 'translate', person } as const;
  return { ...key, id: assignmentId(key), due: '2026-03-01', by: 'ayse', at, revision };
};

export const assignmentCases: Cases = (opened) => {
  test('assignments come back as they were, by edition and by person', async () => {
    const { assignments } = opened().store;
    const done = { ...assignment('A1', 'murat'), due: null, doneAt: at };
    for (const each of [
      assignment('B4', 'elif'),
      done,
      { ...assignment('A1', 'elif'), edition: 'de-CH', id: 'other' },
    ]) {
      await assignments.save(each);
    }
    assert.deepEqual(await assignments.ofEdition('tr-TR'), [done, assignment('B4', 'elif')]);
    assert.deepEqual((await assignments.ofPerson('elif')).map(({ edition, lesson }) => `${edition} ${lesson}`).sort(), [
      'de-CH A1',
      'tr-TR B4',
    ]);
    assert.deepEqual(await assignments.byId(done.id), done);
    assert.equal(await assignments.byId('none'), null);
  });

  test('an assignment is given, changed and taken away by one of two', async () => {
    const { assignments } = opened().store;
    const first = assignment('C3', 'elif');
    const given = await outcomes([assignments.save(first), assignments.save(first)]);
    assert.deepEqual(given, { done: 1, refusals: ['staleRevision'] });
    const next = { ...first, due: '2026-04-01', revision: 2 };
    assert.deepEqual(await outcomes([assignments.save(next), assignments.save(next)]), {
      done: 1,
      refusals: ['staleRevision'],
    });
    await refused('staleRevision', assignments.drop(first));
    assert.deepEqual(await assignments.byId(first.id), next);
    await assignments.drop(next);
    await refused('staleRevision', assignments.drop(next));
    assert.equal(await assignments.byId(first.id), null);
  });
};
