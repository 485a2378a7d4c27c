import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PublicationLesson } from '../../../src/domain/edition/publication.ts';
import type { ChangeSet } from '../../../src/domain/release/release.ts';
import { readingOf, standingOf } from '../../../src/domain/release/uptake.ts';

const release = { number: '1.10.0', sets: [{ id: 'one' }, { id: 'two' }] as unknown as readonly ChangeSet[] };
const lesson = (id: string, number: string): PublicationLesson => ({
  ...{ lesson: id, hash: id, release: number, lessonEdition: { number: 1, on: '2026-01-01' }, code: '' },
});

test('an edition has a release when it stands on it or later, or took all of its sets ahead', () => {
  const standing = (number: string, ahead: readonly string[] = []) =>
    standingOf({ upstream: { release: number, ahead } }, release);
  assert.deepEqual(
    [standing('1.10.0'), standing('1.11.0'), standing('1.9.0'), standing('1.9.0', ['one'])],
    ['has', 'has', 'waits', 'waits'],
  );
  assert.equal(standing('1.9.0', ['two', 'other', 'one']), 'ahead');
});

test('readers have it when every lesson it touches was published on it, or is known to carry it', () => {
  const reading = (lessons: readonly PublicationLesson[], carried: readonly string[] = []) =>
    readingOf({ lessons }, release, new Set(['B4', 'C3']), new Set(carried));
  assert.equal(readingOf(null, release, new Set(['B4'])), 'unpublished');
  assert.equal(reading([lesson('B4', '1.10.0'), lesson('A1', '1.0.0')]), 'has');
  assert.equal(reading([lesson('B4', '1.9.0'), lesson('C3', '1.10.0')]), 'waits');
  assert.equal(reading([lesson('B4', '1.9.0'), lesson('C3', '1.10.0')], ['B4']), 'has');
});
