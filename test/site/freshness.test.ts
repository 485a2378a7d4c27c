import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readerPolicy, standingOf } from '../../src/site/freshness.ts';
import type { Shelf } from './fakeStore.ts';
import { createShelf, releaseOf, safetyRelease } from './shelf.ts';

function standing(shelf: Shelf, today: string) {
  const publication = shelf.publications[0] as Shelf['publications'][number];
  const entry = publication.lessons.find(({ lesson }) => lesson === 'A3') as (typeof publication.lessons)[number];
  const published = shelf.lessons.get(entry.hash) as NonNullable<ReturnType<Shelf['lessons']['get']>>;
  const lessonPackage = shelf.packages.get(shelf.releases.at(-1)?.number ?? '') ?? shelf.packages.get('1.0.0');
  assert.ok(lessonPackage);
  return standingOf(entry, published, { releases: shelf.releases, lessonPackage, history: shelf.history, today });
}

test('the default policy: editorial keep, content after 60 days, safety at once and withheld after its date', () => {
  assert.equal(readerPolicy('editorial', '2026-01-01', null, '2030-01-01'), 'keep');
  assert.equal(readerPolicy('content', '2026-01-01', null, '2026-03-01'), 'keep');
  assert.equal(readerPolicy('content', '2026-01-01', null, '2026-03-02'), 'notice');
  assert.equal(readerPolicy('safety', '2026-01-01', '2026-02-01', '2026-02-01'), 'notice');
  assert.equal(readerPolicy('safety', '2026-01-01', '2026-02-01', '2026-02-02'), 'withhold');
  assert.equal(readerPolicy('safety', '2026-01-01', null, '2030-01-01'), 'notice');
});

test('a later release that leaves the lesson alone leaves it current', () => {
  const shelf = createShelf();
  shelf.releases.push(releaseOf('1.1.0', '2026-02-01', 'content'));
  const found = standing(shelf, '2027-01-01');
  assert.deepEqual([found.kind, found.behind, found.newest], ['current', 0, '1.1.0']);
});

test('a content change is behind after 60 days', () => {
  const shelf = createShelf();
  safetyRelease(shelf);
  shelf.releases = shelf.releases.map((release) => ({
    ...release,
    sets: release.sets.map((set) => ({ ...set, severity: 'content' as const, due: null })),
  }));
  shelf.history['A3.s2.a'] = (shelf.history['A3.s2.a'] ?? []).map((revision) =>
    revision.severity ? { ...revision, severity: 'content' as const, due: null } : revision,
  );
  assert.equal(standing(shelf, '2026-03-02').kind, 'newer');
  const late = standing(shelf, '2026-05-01');
  assert.deepEqual([late.kind, late.behind, late.avoid], ['behind', 1, []]);
});

test('a safety change waits with its date and the segments not to teach', () => {
  const shelf = createShelf();
  safetyRelease(shelf, '2026-04-01');
  const waiting = standing(shelf, '2026-03-02');
  assert.deepEqual([waiting.kind, waiting.due, waiting.avoid], ['safety', '2026-04-01', ['A3.s2.a']]);
  assert.equal(waiting.sets[0]?.id, 'no-questions');
  assert.equal(standing(shelf, '2026-04-02').kind, 'withheld');
});
