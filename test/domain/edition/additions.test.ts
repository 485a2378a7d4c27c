import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Anchored, placeAdditions, surroundings } from '../../../src/domain/edition/additions.ts';
import type { Lesson } from '../../../src/domain/package/lessonPackage.ts';
import { smallPackage } from '../update/smallRiver.ts';

const bare = smallPackage([]).lessons[0] as Lesson;
const lessonOf = (sections: Readonly<Record<string, readonly string[]>>): Lesson => ({
  ...bare,
  sections: Object.entries(sections).map(([id, segments]) => ({
    id,
    kind: 'steps',
    placements: segments.map((segment) => ({ segment })),
  })),
});
const shown = (lesson: Lesson) =>
  Object.fromEntries(lesson.sections.map(({ id, placements }) => [id, placements.map(({ segment }) => segment)]));
const put = (lesson: Lesson, id: string, section: string, after: string | null): Anchored => ({
  id,
  section,
  after,
  ...surroundings(lesson, section, after),
});

const start = lessonOf({ steps: ['a', 'b', 'c', 'd'], later: ['x'] });
const own = put(start, 'own', 'steps', 'b');

test('an addition stands right behind its predecessor, and follows it into another section', () => {
  assert.deepEqual(shown(placeAdditions(start, [own]).lesson).steps, ['a', 'b', 'own', 'c', 'd']);
  const moved = placeAdditions(lessonOf({ steps: ['a', 'c', 'd'], later: ['x', 'b'] }), [own]);
  assert.deepEqual(shown(moved.lesson).later, ['x', 'b', 'own']);
  assert.equal(moved.standing.get('own'), 'follows');
});

test('without its predecessor it stands beside the nearest survivor, before or behind', () => {
  const before = placeAdditions(lessonOf({ steps: ['a', 'd'] }), [own]);
  assert.deepEqual([shown(before.lesson).steps, before.standing.get('own')], [['a', 'own', 'd'], 'nearest']);
  assert.deepEqual(shown(placeAdditions(lessonOf({ steps: ['c', 'd'] }), [own]).lesson).steps, ['own', 'c', 'd']);
});

test('where nothing survives it is adrift, and the lesson is untouched', () => {
  const gone = lessonOf({ steps: ['new'] });
  const placed = placeAdditions(gone, [own]);
  assert.deepEqual(placed.adrift, [own]);
  assert.equal(placed.lesson, gone);
});

test('the first place stays the first; additions of one place keep their order, with what follows them', () => {
  const first = put(start, 'first', 'steps', null);
  const second = put(start, 'second', 'steps', 'b');
  const child = { id: 'child', section: 'steps', after: 'own' };
  const placed = placeAdditions(start, [child, first, own, second]);
  assert.deepEqual(shown(placed.lesson).steps, ['first', 'a', 'b', 'own', 'child', 'second', 'c', 'd']);
  const lost = placeAdditions(lessonOf({ steps: [], later: [] }), [first]);
  assert.deepEqual(shown(lost.lesson).steps, ['first']);
});

test('what stands in the lesson already is not put there twice', () => {
  assert.equal(placeAdditions(lessonOf({ steps: ['own', 'b'] }), [own]).standing.size, 0);
});

test('every addition is placed once or adrift, and the baseline keeps its order', () => {
  const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'own1', 'own2', 'own3');
  const addition = fc.record({
    id: fc.constantFrom('own1', 'own2', 'own3'),
    section: fc.constantFrom('steps', 'later'),
    after: fc.option(ids),
    earlier: fc.array(ids, { maxLength: 3 }),
    later: fc.array(ids, { maxLength: 3 }),
  });
  const sections = fc.record({
    steps: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
    later: fc.uniqueArray(fc.constantFrom('d', 'e'), { maxLength: 2 }),
  });
  fc.assert(
    fc.property(
      sections,
      fc.uniqueArray(addition, { selector: ({ id }) => id, maxLength: 3 }),
      (shape, additions: readonly Anchored[]) => {
        const lesson = lessonOf(shape);
        const { lesson: after, adrift, standing } = placeAdditions(lesson, additions);
        const all = Object.values(shown(after)).flat();
        assert.equal(new Set(all).size, all.length);
        for (const { id } of additions) {
          assert.equal(all.includes(id), standing.has(id));
          assert.equal(
            adrift.some((each) => each.id === id),
            !standing.has(id),
          );
        }
        const baseline = Object.entries(shown(after)).map(([id, list]) => [
          id,
          list.filter((s) => !s.startsWith('own')),
        ]);
        assert.deepEqual(Object.fromEntries(baseline), { ...shape });
      },
    ),
    { numRuns: 100 },
  );
});
