import type { LessonPackage, Segment } from '../../../domain/package/lessonPackage.ts';
import type { Change } from '../../../domain/release/release.ts';

/** Other registers of the statements that a set edits, which it leaves as they are: each has to be cleared. */
export function untouchedVariants(
  before: LessonPackage,
  after: LessonPackage,
  changes: readonly Change[],
): readonly Segment[] {
  const edited = new Set<string>();
  const touched = new Set<string>();
  for (const change of changes) {
    if (change.kind === 'segmentEdited') edited.add(change.segment);
    if (change.kind === 'segmentAdded' || change.kind === 'segmentRemoved') touched.add(change.segment.id);
  }
  const familyOf = (id: string) => after.segments[id]?.variantOf ?? before.segments[id]?.variantOf ?? id;
  const families = new Set([...edited].map(familyOf));
  return Object.values(after.segments).filter(
    ({ id }) => families.has(familyOf(id)) && !edited.has(id) && !touched.has(id),
  );
}
