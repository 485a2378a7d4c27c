import { diffPackages } from '../diff/diffReleases.ts';
import { DomainError } from '../errors.ts';
import type { LessonPackage, Placement, Segment, SegmentId } from '../package/lessonPackage.ts';
import { normalText } from '../package/text.ts';
import { applyChanges } from './applyChange.ts';
import type { Change, Place, PlacementFields } from './release.ts';

/** The shortest changes with the same result: what was made and taken back in between is gone. */
export function squash(before: LessonPackage, changes: readonly Change[]): readonly Change[] {
  return diffPackages(before, applyChanges(before, changes));
}

export function editSegment(lessonPackage: LessonPackage, id: SegmentId, text: string): readonly Change[] {
  const segment = segmentIn(lessonPackage, id);
  const after = normalText(text);
  return after === segment.text ? [] : [{ kind: 'segmentEdited', segment: id, before: segment.text, after }];
}

/** A new segment, placed; without a place it is placed nowhere yet. */
export function addSegment(
  lessonPackage: LessonPackage,
  segment: Segment,
  at: Place | null,
  fields: PlacementFields = {},
): readonly Change[] {
  if (Object.hasOwn(lessonPackage.segments, segment.id)) {
    throw new DomainError('segmentReused', { segment: segment.id });
  }
  const added: Change = { kind: 'segmentAdded', segment: { ...segment, text: normalText(segment.text) } };
  return at === null ? [added] : [added, { kind: 'placed', at, placement: { segment: segment.id, ...fields } }];
}

/** Takes a segment out of every place, and out of the package. */
export function removeSegment(lessonPackage: LessonPackage, id: SegmentId): readonly Change[] {
  const segment = segmentIn(lessonPackage, id);
  const places = standings(lessonPackage, id);
  return [
    ...places.map((standing): Change => ({ kind: 'unplaced', ...standing })),
    { kind: 'segmentRemoved', segment },
  ];
}

/** Moves a segment to the place `to`. Of `from`, the section counts; where in it the segment stands is looked up. */
export function moveSegment(lessonPackage: LessonPackage, id: SegmentId, from: Place, to: Place): readonly Change[] {
  segmentIn(lessonPackage, id);
  const standing = standings(lessonPackage, id).find(
    ({ at }) => at.lesson === from.lesson && at.section === from.section,
  );
  if (standing === undefined) {
    throw new DomainError('changeDoesNotFit', { change: `moved ${id}`, reason: 'missing' });
  }
  const { at, placement } = standing;
  const isThere = to.lesson === at.lesson && to.section === at.section && (to.after === at.after || to.after === id);
  return isThere ? [] : [{ kind: 'moved', placement, from: at, to }];
}

/** Makes several segments of one: they take its places, its kind and policy, and remember where they come from. */
export function splitSegment(
  lessonPackage: LessonPackage,
  id: SegmentId,
  parts: readonly { readonly id: SegmentId; readonly text: string }[],
): readonly Change[] {
  const { variantOf: _variantOf, ...whole } = segmentIn(lessonPackage, id);
  for (const part of parts) {
    if (Object.hasOwn(lessonPackage.segments, part.id)) throw new DomainError('segmentReused', { segment: part.id });
  }
  const added = parts.map(
    (part): Change => ({
      kind: 'segmentAdded',
      segment: { ...whole, id: part.id, text: normalText(part.text), from: [id] },
    }),
  );
  const replaced = standings(lessonPackage, id).flatMap(({ at, placement }): readonly Change[] => [
    { kind: 'unplaced', at, placement },
    ...parts.map((part, index): Change => {
      const after = index === 0 ? at.after : (parts[index - 1]?.id ?? null);
      // Minutes and the like belong to the step as a whole: the first part keeps them.
      return {
        kind: 'placed',
        at: { ...at, after },
        placement: index === 0 ? { ...placement, segment: part.id } : { segment: part.id },
      };
    }),
  ]);
  return [...added, ...replaced, { kind: 'segmentRemoved', segment: segmentIn(lessonPackage, id) }];
}

/** Makes one segment of several: it stands wherever the first of them stood. */
export function joinSegments(
  lessonPackage: LessonPackage,
  ids: readonly SegmentId[],
  into: { readonly id: SegmentId; readonly text: string },
): readonly Change[] {
  const [first] = ids;
  if (first === undefined || Object.hasOwn(lessonPackage.segments, into.id)) {
    throw new DomainError('segmentReused', { segment: into.id });
  }
  const { variantOf: _variantOf, ...whole } = segmentIn(lessonPackage, first);
  const segment: Segment = { ...whole, id: into.id, text: normalText(into.text), from: [...ids] };
  const changes: Change[] = [{ kind: 'segmentAdded', segment }];
  for (const { at, placement } of standings(lessonPackage, first)) {
    changes.push({ kind: 'placed', at, placement: { ...placement, segment: into.id } });
  }
  const joined = applyChanges(lessonPackage, changes);
  return [...changes, ...removeAll(joined, ids)];
}

function removeAll(lessonPackage: LessonPackage, ids: readonly SegmentId[]): readonly Change[] {
  let current = lessonPackage;
  return ids.flatMap((id) => {
    const changes = removeSegment(current, id);
    current = applyChanges(current, changes);
    return changes;
  });
}

/** Everywhere a segment stands. */
export function standings(
  lessonPackage: LessonPackage,
  id: SegmentId,
): readonly { readonly at: Place; readonly placement: Placement }[] {
  return lessonPackage.lessons.flatMap((lesson) =>
    lesson.sections.flatMap((section) => {
      const index = section.placements.findIndex((placement) => placement.segment === id);
      const placement = section.placements[index];
      if (placement === undefined) return [];
      const after = section.placements[index - 1]?.segment ?? null;
      return [{ at: { lesson: lesson.id, section: section.id, after }, placement }];
    }),
  );
}

function segmentIn(lessonPackage: LessonPackage, id: SegmentId): Segment {
  const segment = Object.hasOwn(lessonPackage.segments, id) ? lessonPackage.segments[id] : undefined;
  if (segment === undefined) throw new DomainError('segmentUnknown', { segment: id });
  return segment;
}
