import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type Comment,
  commentLength,
  commentText,
  lastOf,
  mayRead,
  threadsOf,
  waitsForAuthor,
} from '../../../src/domain/comment/comment.ts';
import { DomainError } from '../../../src/domain/errors.ts';

const comment = (id: string, change: Partial<Comment> = {}): Comment => ({
  id,
  edition: 'tr-TR',
  segment: 'C3.act.2',
  to: 'author',
  text: 'x',
  by: 'elif',
  at: '2026-05-14T10:00:00.000Z',
  answers: null,
  resolvedAt: null,
  resolvedBy: null,
  revision: 1,
  ...change,
});

const refusal = (text: string): string | null => {
  try {
    commentText(text);
    return null;
  } catch (error) {
    return error instanceof DomainError ? error.code : 'other';
  }
};

test('a comment is neither empty nor longer than its measure, whatever is typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 2100 }), (typed) => {
      const length = [...typed.normalize('NFC').replace(/\r\n?/g, '\n').trim()].length;
      const expected = length === 0 ? 'commentEmpty' : length > commentLength ? 'commentTooLong' : null;
      assert.equal(refusal(typed), expected);
    }),
  );
  assert.equal(refusal('ı'.repeat(commentLength)), null);
  assert.equal(refusal('ı'.repeat(commentLength + 1)), 'commentTooLong');
});

test('threads: open before closed, the newest word first, answers in order', () => {
  const comments = [
    comment('b', { at: '2026-05-02T00:00:00.000Z' }),
    comment('b.2', { answers: 'b', at: '2026-05-09T00:00:00.000Z' }),
    comment('b.1', { answers: 'b', at: '2026-05-03T00:00:00.000Z' }),
    comment('a', { at: '2026-05-01T00:00:00.000Z', resolvedAt: '2026-05-20T00:00:00.000Z' }),
    comment('c', { at: '2026-05-08T00:00:00.000Z' }),
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(comments, { minLength: comments.length }), (shuffled) => {
      const threads = threadsOf(shuffled);
      assert.deepEqual(
        threads.map(({ first }) => first.id),
        ['b', 'c', 'a'],
      );
      assert.deepEqual(
        threads[0]?.answers.map(({ id }) => id),
        ['b.1', 'b.2'],
      );
      assert.equal(threads[0] && lastOf(threads[0]).id, 'b.2');
    }),
  );
});

test('colleagues talk among themselves; what is said to the author both sides read', () => {
  const edition = { partner: 'tr' };
  assert.equal(mayRead({ to: 'colleagues' }, { partner: 'tr' }, edition), true);
  assert.equal(mayRead({ to: 'colleagues' }, { partner: 'authority' }, edition), false);
  assert.equal(mayRead({ to: 'author' }, { partner: 'authority' }, edition), true);
});

test('a question waits until the author’s side had the last word, or it is closed', () => {
  const authors = new Set(['ada']);
  const first = comment('q');
  assert.equal(waitsForAuthor({ first, answers: [] }, authors), true);
  const answer = comment('q.1', { answers: 'q', by: 'ada', at: '2026-05-15T00:00:00.000Z' });
  assert.equal(waitsForAuthor({ first, answers: [answer] }, authors), false);
  const again = comment('q.2', { answers: 'q', at: '2026-05-16T00:00:00.000Z' });
  assert.equal(waitsForAuthor({ first, answers: [answer, again] }, authors), true);
  assert.equal(waitsForAuthor({ first: { ...first, resolvedAt: first.at }, answers: [] }, authors), false);
  assert.equal(waitsForAuthor({ first: { ...first, to: 'colleagues' }, answers: [] }, authors), false);
});
