import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type Assignment,
  assignmentId,
  assignmentRoles,
  assignmentsStamp,
  byDue,
  freedBy,
  isComplete,
  type LessonWork,
  loadOf,
  nearness,
  openUnits,
} from '../../../src/domain/edition/assignment.ts';
import { addDays } from '../../../src/domain/time.ts';
import { person } from '../notification/people.ts';

const today = '2026-11-20';
const assignment = (change: Partial<Assignment> = {}): Assignment => {
  const key = { edition: 'tr-TR', lesson: 'B4', role: 'translate', person: 'elif', ...change } as const;
  return { ...{ due: null, by: 'deniz', at: `${today}T09:00:00.000Z`, revision: 1 }, ...key, id: assignmentId(key) };
};
const work = (toTranslate: number, waiting: number, mine = 0): LessonWork => ({
  segments: 10,
  translated: 10 - toTranslate,
  reviewed: 10 - toTranslate - waiting,
  toTranslate,
  toReview: (who) => (who === 'elif' ? waiting - mine : waiting),
});

test('a date is late the day after, soon within three days, and no date is never near', () => {
  const near = (days: number) => nearness(addDays(today, days), today);
  assert.deepEqual([-1, 0, 3, 4].map(near), ['late', 'soon', 'soon', 'later']);
  assert.equal(nearness(null, today), 'none');
});

test('an assignment of somebody who has left, was suspended or changed roles is free again', () => {
  const review = assignment({ role: 'review' });
  const why = (change: Parameters<typeof person>[3], roles: Parameters<typeof person>[2] = ['reviewer']) =>
    freedBy(review, person('elif', 'tr', roles, change), 'tr');
  assert.equal(why({}), null);
  assert.equal(why({ state: 'suspended' }), 'suspended');
  assert.equal(why({ state: 'left', roles: [] }), 'left');
  assert.equal(why({}, ['translator']), 'unfit');
  assert.equal(why({ partner: 'eg' }), 'unfit');
  assert.equal(freedBy(review, null, 'tr'), 'left');
  assert.equal(freedBy(assignment(), person('elif', 'tr', ['translator']), 'tr'), null);
});

test('a reviewer is not asked for their own texts, and a review is complete only when nothing is left to translate', () => {
  assert.equal(openUnits(assignment(), work(3, 2)), 3);
  assert.equal(openUnits(assignment({ role: 'review' }), work(3, 2, 1)), 1);
  assert.equal(openUnits(assignment({ role: 'review', person: 'murat' }), work(3, 2, 1)), 2);
  assert.deepEqual(
    [work(0, 2), work(0, 0), work(1, 0)].map((each) => isComplete('translate', each)),
    [true, true, false],
  );
  assert.deepEqual(
    [work(0, 2), work(0, 0), work(1, 0)].map((each) => isComplete('review', each)),
    [false, true, false],
  );
});

const assignments = fc
  .uniqueArray(
    fc.record({
      lesson: fc.constantFrom('A1', 'B4', 'C3'),
      person: fc.constantFrom('elif', 'murat', 'deniz'),
      role: fc.constantFrom(...assignmentRoles),
      due: fc.option(fc.integer({ min: -9, max: 9 }).map((days) => addDays(today, days))),
      revision: fc.integer({ min: 1, max: 5 }),
      done: fc.boolean(),
    }),
    { selector: ({ lesson, person, role }) => `${lesson}${person}${role}`, maxLength: 12 },
  )
  .map((list) =>
    list.map(({ done, ...each }) => assignment({ ...each, ...(done ? { doneAt: `${today}T10:00:00.000Z` } : {}) })),
  );

test('the load of people adds up to what is open, and finished work weighs nothing', () => {
  fc.assert(
    fc.property(assignments, (all) => {
      const works = new Map([
        ['A1', work(3, 2)],
        ['B4', work(0, 4)],
        ['C3', work(0, 0)],
      ]);
      const loads = loadOf(all, (lesson) => works.get(lesson), today);
      const open = all.filter((each) => each.doneAt === undefined);
      const units = open.reduce((sum, each) => sum + openUnits(each, works.get(each.lesson) ?? work(0, 0)), 0);
      assert.equal(
        loads.reduce((sum, load) => sum + load.translate + load.review, 0),
        units,
      );
      assert.equal(
        loads.reduce((sum, load) => sum + load.late, 0),
        open.filter((each) => nearness(each.due, today) === 'late').length,
      );
      const totals = loads.map((load) => load.translate + load.review);
      assert.deepEqual(
        totals,
        [...totals].sort((one, other) => other - one),
      );
    }),
    { numRuns: 100 },
  );
});

test('the stamp of a lesson changes with any of its assignments, and not with their order', () => {
  fc.assert(
    fc.property(assignments, fc.nat(), (all, at) => {
      const stamp = assignmentsStamp(all);
      assert.equal(assignmentsStamp([...all].reverse()), stamp);
      const one = all[at % Math.max(1, all.length)];
      if (one === undefined) return;
      const others = all.filter((each) => each !== one);
      assert.notEqual(assignmentsStamp(others), stamp);
      assert.notEqual(assignmentsStamp([...others, { ...one, revision: one.revision + 1 }]), stamp);
    }),
    { numRuns: 100 },
  );
});

test('lists are in the order of their dates, those without one last', () => {
  const list = [
    assignment({ lesson: 'C3' }),
    assignment({ due: '2026-12-01' }),
    assignment({ lesson: 'A1', due: '2026-11-01' }),
  ];
  assert.deepEqual(
    list.sort(byDue).map((each) => each.lesson),
    ['A1', 'B4', 'C3'],
  );
});
