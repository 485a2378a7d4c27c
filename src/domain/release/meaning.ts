import type { Staleness } from '../edition/edition.ts';
import type { LessonPackage, SegmentId } from '../package/lessonPackage.ts';
import type { Day } from '../time.ts';
import { applyToDraft } from './applyChange.ts';
import { textHash } from './canonical.ts';
import { segmentOf } from './changeSubject.ts';
import { PackageDraft } from './packageDraft.ts';
import {
  type ChangeSet,
  type Meaning,
  type ReleaseNumber,
  type SegmentRevision,
  type Severity,
  severities,
  type TextHash,
} from './release.ts';

/** The texts that every segment ever had, oldest first. */
export type History = Readonly<Record<SegmentId, readonly SegmentRevision[]>>;

/** What a text of a segment means: the hash of the first text with that meaning. Its own hash when unknown. */
export function meaningOf(history: readonly SegmentRevision[], hash: TextHash): Meaning {
  return history.findLast((revision) => revision.textHash === hash)?.meaning ?? hash;
}

/** The more severe of two. */
export function highestSeverity(given: readonly Severity[]): Severity {
  return severities.findLast((severity) => given.includes(severity)) ?? 'editorial';
}

/**
 * What a release adds to the history: one entry for each segment that is new or whose text differs from the one
 * before. Several sets that edit one segment in one release make one entry, with the highest of their severities and
 * the set that brought it.
 */
export function revisionsOf(
  before: LessonPackage,
  sets: readonly ChangeSet[],
  release: { readonly number: ReleaseNumber; readonly on: Day },
  history: History,
): readonly SegmentRevision[] {
  const draft = new PackageDraft(before);
  const touched = new Map<SegmentId, ChangeSet[]>();
  for (const set of sets) {
    for (const change of set.changes) {
      applyToDraft(draft, change);
      const id = change.kind === 'segmentAdded' || change.kind === 'segmentEdited' ? segmentOf(change) : null;
      if (id === null) continue;
      const by = touched.get(id) ?? [];
      if (!by.includes(set)) touched.set(id, [...by, set]);
    }
  }
  const revisions: SegmentRevision[] = [];
  for (const [segment, by] of touched) {
    const text = draft.segment(segment)?.text;
    if (text === undefined) continue;
    const past = Object.hasOwn(history, segment) ? (history[segment] ?? []) : [];
    const old = past.at(-1)?.textHash ?? previousHash(before, segment);
    const hash = textHash(text);
    if (hash === old) continue;
    revisions.push({ segment, release: release.number, on: release.on, textHash: hash, ...cause(by, old, hash, past) });
  }
  return revisions;
}

function cause(
  by: readonly ChangeSet[],
  old: TextHash | null,
  hash: TextHash,
  past: readonly SegmentRevision[],
): Pick<SegmentRevision, 'meaning' | 'severity' | 'changeSet' | 'due'> {
  const severity = highestSeverity(by.map((set) => set.severity));
  const changeSet = by.findLast((set) => set.severity === severity)?.id ?? null;
  if (old === null) return { meaning: hash, severity: null, changeSet, due: null };
  const returns = past.some((revision) => revision.textHash === hash);
  const meaning = returns ? meaningOf(past, hash) : severity === 'editorial' ? meaningOf(past, old) : hash;
  return { meaning, severity, changeSet, due: earliest(by.map((set) => (set.severity === 'safety' ? set.due : null))) };
}

function previousHash(before: LessonPackage, segment: SegmentId): TextHash | null {
  const known = Object.hasOwn(before.segments, segment) ? before.segments[segment] : undefined;
  return known === undefined ? null : textHash(known.text);
}

/** A history with the entries of one more release. */
export function extendHistory(history: History, revisions: readonly SegmentRevision[]): History {
  const extended: Record<SegmentId, readonly SegmentRevision[]> = { ...history };
  for (const revision of revisions) {
    const past = Object.hasOwn(extended, revision.segment) ? (extended[revision.segment] ?? []) : [];
    extended[revision.segment] = [...past, revision];
  }
  return extended;
}

/**
 * How far a text made from the source `basedOn` has fallen behind the source `current`; null while both mean the same,
 * whatever happened in between. A source that the history does not know is taken for another meaning.
 */
export function stalenessOf(
  history: readonly SegmentRevision[],
  basedOn: TextHash,
  current: TextHash,
): Staleness | null {
  if (basedOn === current) return null;
  const to = history.findLastIndex((revision) => revision.textHash === current);
  const earlier = history.slice(0, to + 1).findLastIndex((revision) => revision.textHash === basedOn);
  const from = earlier >= 0 ? earlier : history.findIndex((revision) => revision.textHash === basedOn);
  if (from < 0 || to < 0) return { severity: 'content', due: null, sets: [] };
  if (history[from]?.meaning === history[to]?.meaning) return null;
  // A text may be made from a set taken ahead: then the way leads back, and its dates are met.
  const ahead = from > to;
  const way = ahead ? history.slice(to + 1, from + 1) : history.slice(from + 1, to + 1);
  return {
    severity: highestSeverity(way.flatMap((revision) => revision.severity ?? [])),
    due: ahead ? null : earliest(way.map((revision) => revision.due)),
    sets: [...new Set(way.flatMap((revision) => revision.changeSet ?? []))],
  };
}

function earliest(days: readonly (Day | null)[]): Day | null {
  return days.filter((day) => day !== null).sort()[0] ?? null;
}
