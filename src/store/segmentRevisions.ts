import type { SegmentId } from '../domain/package/lessonPackage.ts';
import type { ReleaseNumber, SegmentRevision } from '../domain/release/release.ts';
import { maybeText, text } from './fields.ts';
import type { History } from './memory.ts';
import type { Scope } from './scope.ts';
import { among, defineTable, openTable } from './table.ts';

/** The id is the sortable release number and the place in it: oldest first. `on` is a word that Mongoose keeps. */
type RevisionRow = Omit<SegmentRevision, 'on'> & { readonly _id: string; readonly day: string };

const segmentRevisions = defineTable<RevisionRow>('segmentRevisions', {
  segment: text,
  release: text,
  day: text,
  textHash: text,
  meaning: text,
  severity: maybeText,
  changeSet: maybeText,
  due: maybeText,
});

/** `1.10.0` comes after `1.9.0`: each part with leading zeros. */
export function sortable(number: ReleaseNumber): string {
  return number
    .split('.')
    .map((part) => part.padStart(9, '0'))
    .join('.');
}

export async function addRevisions(
  scope: Scope,
  number: ReleaseNumber,
  revisions: readonly SegmentRevision[],
): Promise<void> {
  const rows = revisions.map(({ on, ...revision }, place) => ({
    ...revision,
    _id: `${sortable(number)}/${String(place).padStart(9, '0')}`,
    day: on,
  }));
  await openTable(scope, segmentRevisions).insert(rows);
}

/** The histories of these segments, or of all; a segment without one has an empty one. */
export async function readRevisions(scope: Scope, segments: readonly SegmentId[] | 'all'): Promise<History> {
  const filter = segments === 'all' ? {} : { segment: among(segments) };
  const rows = await openTable(scope, segmentRevisions).find(filter, { sort: { _id: 1 } });
  const history = new Map<SegmentId, SegmentRevision[]>(segments === 'all' ? [] : segments.map((id) => [id, []]));
  for (const { _id, day, ...revision } of rows) {
    const past = history.get(revision.segment) ?? [];
    past.push({ ...revision, on: day });
    history.set(revision.segment, past);
  }
  return Object.fromEntries(history);
}
