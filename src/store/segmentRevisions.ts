import type { SegmentId } from '../domain/package/lessonPackage.ts';
import type { ReleaseNumber, SegmentRevision } from '../domain/release/release.ts';
import { maybeText, text } from './fields.ts';
import type { History } from './memory.ts';
import type { Scope } from './scope.ts';
import { among, defineTable, openTable, where } from './table.ts';

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

const fromRow = ({ _id, day, ...revision }: RevisionRow): SegmentRevision => ({ ...revision, on: day });

/** The histories of these segments; one without any has an empty one. */
export async function readRevisions(scope: Scope, segments: readonly SegmentId[]): Promise<History> {
  const rows = await openTable(scope, segmentRevisions).find({ segment: among(segments) }, { sort: { _id: 1 } });
  const history = new Map<SegmentId, SegmentRevision[]>(segments.map((id) => [id, []]));
  for (const row of rows) history.get(row.segment)?.push(fromRow(row));
  return Object.fromEntries(history);
}

/** What came after a release, oldest first; everything where none is given. */
export async function revisionsAfter(scope: Scope, number: ReleaseNumber | null): Promise<readonly SegmentRevision[]> {
  // Behind every place in that release.
  const filter = number === null ? {} : { _id: where({ $gt: `${sortable(number)}/~` }) };
  return (await openTable(scope, segmentRevisions).find(filter, { sort: { _id: 1 } })).map(fromRow);
}
