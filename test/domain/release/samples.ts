import type { Change, ChangeSet } from '../../../src/domain/release/release.ts';

export function setOf(id: string, changes: readonly Change[], more: Partial<ChangeSet> = {}): ChangeSet {
  return {
    id,
    title: id,
    severity: 'content',
    reason: 'because',
    evidence: [],
    summary: id,
    due: null,
    changes,
    clearedVariants: [],
    state: 'approved',
    base: null,
    release: null,
    author: 'author',
    approvedBy: 'second',
    revision: 1,
    updatedAt: '2026-01-01T00:00:00.000Z',
    ...more,
  };
}

export function edit(segment: string, before: string, after: string): Change {
  return { kind: 'segmentEdited', segment, before, after };
}
