import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { omissionOf } from '../../../src/domain/edition/omission.ts';
import {
  groupsOf,
  inOrder,
  type MinutesOverride,
  movableGroups,
  type OrderOverride,
  withOverrides,
} from '../../../src/domain/edition/override.ts';
import { lessonOf } from '../../../src/domain/edition/workingText.ts';
import { DomainError } from '../../../src/domain/errors.ts';
import type {
  LessonPackage,
  Placement,
  Section,
  Segment,
  SegmentKind,
} from '../../../src/domain/package/lessonPackage.ts';
import { editionAt, smallPackage } from '../update/smallRiver.ts';

type Piece = readonly [id: string, kind: SegmentKind, more?: Partial<Segment> & Omit<Placement, 'segment'>];

/** A lesson of the sections given. */
function packageOf(sections: readonly (readonly [Section['kind'], readonly Piece[]])[]): LessonPackage {
  const pieces = sections.flatMap(([, list]) => list);
  const segments = pieces.map(
    ([id, kind, more]): Segment => ({ id, kind, policy: more?.policy ?? 'adaptable', text: id }),
  );
  const lessonPackage = smallPackage(segments);
  const [lesson] = lessonPackage.lessons;
  assert.ok(lesson);
  const placement = ([segment, , { policy: _, ...more } = {}]: Piece): Placement => ({ segment, ...more });
  return {
    ...lessonPackage,
    lessons: [
      { ...lesson, sections: sections.map(([kind, list]) => ({ id: kind, kind, placements: list.map(placement) })) },
    ],
  };
}

const lessonPackage = packageOf([
  [
    'head',
    [
      ['T', 'heading'],
      ['T.2', 'paragraph'],
    ],
  ],
  ['messages', [['CPS-01', 'statement', { policy: 'core' }]]],
  [
    'steps',
    [
      ['A', 'step', { minutes: 10 }],
      ['A.1', 'paragraph'],
      ['A.2', 'picture'],
      ['A.3', 'label'],
      ['B', 'step', { minutes: 15, practice: true }],
      ['C', 'step', { minutes: 20 }],
      ['C.1', 'paragraph'],
    ],
  ],
  [
    'questions',
    [
      ['Q', 'question'],
      ['Q.a', 'answer', { right: true }],
      ['Q.b', 'answer'],
      ['R', 'question'],
      ['R.a', 'answer', { right: true }],
    ],
  ],
  [
    'handout',
    [
      ['H', 'heading'],
      ['H.1', 'paragraph'],
      ['H2', 'heading'],
      ['H2.1', 'paragraph'],
    ],
  ],
]);
const [lesson] = lessonPackage.lessons;
assert.ok(lesson);
const section = (id: string) => lesson.sections.find((each) => each.id === id) as Section;
const firsts = (id: string) => groupsOf(lessonPackage, section(id)).map((group) => group.first);

const common = {
  edition: 'tr-TR',
  lesson: 'L1',
  reason: 'why',
  owner: 'elif',
  on: '2026-01-01',
  against: '1.0.0',
  revision: 1,
};
const minutes = (segment: string, ours: number, base: number): MinutesOverride => ({
  ...common,
  section: 'steps',
  kind: 'minutes',
  segment,
  minutes: ours,
  base,
});
const order = (...ours: readonly string[]): OrderOverride => ({
  ...common,
  section: 'steps',
  kind: 'order',
  order: ours,
  base: ['A', 'B', 'C'],
});
const working = (more: object) => ({
  edition: editionAt('1.0.0'),
  lessonPackage,
  units: new Map(),
  ledger: new Map(),
  history: {},
  ...more,
});

test('steps, questions and parts of a sheet move with what belongs to them; titles stay', () => {
  assert.deepEqual(firsts('steps'), ['A', 'B', 'C']);
  assert.deepEqual(firsts('questions'), ['Q', 'R']);
  assert.deepEqual(
    movableGroups(lessonPackage, section('handout')).map((group) => group.first),
    ['H2'],
  );
  assert.deepEqual(movableGroups(lessonPackage, section('head')), []);
});

test('minutes and order of ours stand in the lesson, and its minutes follow', () => {
  const ours = lessonOf(working({ overrides: [minutes('A', 5, 10), order('C', 'A', 'B')] }), lesson);
  const steps = ours.sections.find((each) => each.id === 'steps');
  assert.deepEqual(
    steps?.placements.map(({ segment, minutes: each }) => [segment, each ?? 0]),
    [
      ['C', 20],
      ['C.1', 0],
      ['A', 5],
      ['A.1', 0],
      ['A.2', 0],
      ['A.3', 0],
      ['B', 15],
    ],
  );
  assert.equal(ours.fields.minutes, lesson.fields.minutes - 5);
  assert.deepEqual(lessonOf(working({}), lesson), lesson);
});

test('a step that is left out takes its minutes along', () => {
  const entry = { omits: true } as never;
  const ours = lessonOf(
    working({
      ledger: new Map([
        ['A', entry],
        ['A.1', entry],
      ]),
    }),
    lesson,
  );
  assert.equal(ours.fields.minutes, lesson.fields.minutes - 10);
});

test('an override whose step is gone changes nothing', () => {
  assert.deepEqual(withOverrides(lessonPackage, lesson, [minutes('Z', 5, 10), minutes('A.1', 5, 10)]), lesson);
});

test('what may be left out, and what goes with it', () => {
  const refused = (segment: string) => {
    try {
      return omissionOf(lessonPackage, segment);
    } catch (error) {
      assert.ok(error instanceof DomainError);
      return error.code;
    }
  };
  assert.deepEqual(refused('A'), ['A', 'A.1', 'A.2', 'A.3']);
  assert.deepEqual(refused('Q'), ['Q', 'Q.a', 'Q.b']);
  assert.deepEqual(refused('Q.b'), ['Q.b']);
  assert.equal(refused('Q.a'), 'omissionOfAnswer');
  assert.equal(refused('B'), 'omissionOfPractice');
  assert.equal(refused('T'), 'omissionOfTitle');
  assert.equal(refused('H'), 'omissionOfTitle');
  assert.deepEqual(refused('H2'), ['H2', 'H2.1']);
  assert.equal(refused('CPS-01'), 'omissionOfCore');
  assert.equal(refused('constructor'), 'segmentUnknown');
});

test('whatever the baseline adds or takes away, an order keeps every group once, and ours in our order', () => {
  const ids = fc.uniqueArray(fc.constantFrom<string>('A', 'B', 'C', 'D', 'E', 'F', 'G'), { minLength: 1 });
  fc.assert(
    fc.property(ids, ids, (now, ours) => {
      const groups = now.map((first) => ({ first, placements: [{ segment: first }] }));
      const result = inOrder(groups, ours).map((group) => group.first);
      assert.deepEqual([...result].sort(), [...now].sort());
      assert.deepEqual(
        result.filter((id) => ours.includes(id)),
        ours.filter((id) => now.includes(id)),
      );
    }),
    { numRuns: 100 },
  );
});
