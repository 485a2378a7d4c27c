import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Publication, PublishedLesson } from '../../../src/domain/edition/publication.ts';
import { publicationOf, publishedLessonHash, publishedLessonOf } from '../../../src/domain/edition/publishedLesson.ts';
import { readinessOf } from '../../../src/domain/edition/readiness.ts';
import type { WorkingEdition } from '../../../src/domain/edition/workingText.ts';
import { edit, editionAt, flow, now, segmentOf, spring, unitOf } from '../update/smallRiver.ts';

const start = spring([segmentOf('S1', 'First.'), segmentOf('S2', 'Second.', 'core')]);

function working(river = start, more: Partial<WorkingEdition> = {}): WorkingEdition {
  const lessonPackage = river.packages.get(river.newest);
  assert.ok(lessonPackage);
  return {
    edition: editionAt(river.newest),
    lessonPackage,
    units: new Map([
      ['S1', unitOf(start, 'S1', 'Birinci.')],
      ['S2', unitOf(start, 'S2', 'İkinci.', { state: 'final' })],
    ]),
    ledger: new Map(),
    history: river.history,
    ...more,
  };
}

const lessonOf = ({ lessonPackage }: WorkingEdition) => {
  const [lesson] = lessonPackage.lessons;
  assert.ok(lesson);
  return lesson;
};
const published = (at: WorkingEdition): PublishedLesson => publishedLessonOf(at, lessonOf(at), {});
const ready = (at: WorkingEdition) =>
  readinessOf(
    at,
    lessonOf(at),
    {},
    () => true,
    '2026-06-01',
    () => [],
  );

const draft = (previous: Publication | null, number: number) => ({
  previous,
  number,
  on: '2026-06-01',
  at: now,
  by: 'deniz',
  kind: 'lessons' as const,
  demonstration: false,
  edition: 'tr-TR',
});

test('a lesson whose words did not change keeps its hash, its code and its lesson edition', () => {
  const first = publicationOf(draft(null, 1), [
    { lesson: 'L1', hash: publishedLessonHash(published(working())), release: '1.0.0' },
  ]);
  const later = { ...published(working()), release: '1.1.0' };
  const second = publicationOf(draft(first, 2), [{ lesson: 'L1', hash: publishedLessonHash(later), release: '1.1.0' }]);
  assert.deepEqual(second.lessons, [{ ...first.lessons[0], release: '1.1.0' }]);
  assert.notEqual(second.root, first.root);
});

test('a changed word makes a new lesson edition with a new code', () => {
  const first = publicationOf(draft(null, 1), [
    { lesson: 'L1', hash: publishedLessonHash(published(working())), release: '1.0.0' },
  ]);
  const units = new Map(working().units).set('S1', unitOf(start, 'S1', 'Birinci, yeni.'));
  const changed = published(working(start, { units }));
  const second = publicationOf(draft(first, 2), [
    { lesson: 'L1', hash: publishedLessonHash(changed), release: '1.0.0' },
  ]);
  assert.equal(second.lessons[0]?.lessonEdition.number, 2);
  assert.notEqual(second.lessons[0]?.code, first.lessons[0]?.code);
});

test('a missing text stops a lesson, an unreviewed one too, unless it is a demonstration', () => {
  assert.equal(ready(working()).ready, true);
  const missing = new Map(working().units);
  missing.delete('S1');
  assert.deepEqual(ready(working(start, { units: missing })).obstacles[0], {
    kind: 'untranslated',
    stops: true,
    segment: 'S1',
  });
  const unreviewed = new Map(working().units).set('S1', unitOf(start, 'S1', 'Birinci.', { state: 'translated' }));
  assert.equal(ready(working(start, { units: unreviewed })).ready, false);
  const demonstration = { ...editionAt('1.0.0'), demonstration: true };
  assert.equal(ready(working(start, { units: unreviewed, edition: demonstration })).ready, true);
});

test('core text that was reviewed without a back-translation stops a lesson', () => {
  const units = new Map(working().units).set('S2', unitOf(start, 'S2', 'İkinci.', { state: 'reviewed' }));
  assert.equal(ready(working(start, { units })).obstacles[0]?.kind, 'backTranslation');
});

test('a stale content text is told to readers, a stale safety text stops after its date', () => {
  const content = flow(start, 'content', [edit(start, 'S1', 'First, new.')]);
  assert.deepEqual(ready(working(content)).obstacles, [{ kind: 'stale', stops: false, segment: 'S1' }]);
  const safety = flow(start, 'safety', [edit(start, 'S1', 'First, new.')]);
  const at = working(safety);
  assert.equal(
    readinessOf(
      at,
      lessonOf(at),
      {},
      () => true,
      '2026-12-01',
      () => [],
    ).ready,
    true,
  );
  assert.equal(
    readinessOf(
      at,
      lessonOf(at),
      {},
      () => true,
      '2026-12-02',
      () => [],
    ).ready,
    false,
  );
});

test('an edition in the baseline’s language inherits what it has not changed', () => {
  const at = working(start, { edition: editionAt('1.0.0', 'en'), units: new Map() });
  assert.equal(ready(at).ready, true);
  assert.equal(published(at).segments.S1?.text, 'First.');
});
