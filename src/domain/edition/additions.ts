import type { Lesson, Placement, SectionId, SegmentId } from '../package/lessonPackage.ts';

/** What has to be known of an added segment to find its place. */
export type Addition = {
  readonly id: SegmentId;
  readonly section: SectionId;
  /** It stands behind this segment; null at the beginning of its section. */
  readonly after: SegmentId | null;
  /** What stood before `after`, the nearest first. */
  readonly trail: readonly SegmentId[];
};

export type PlacedAdditions = {
  readonly lesson: Lesson;
  /** Those whose predecessor and everything before it have gone: a person has to say where they stand. */
  readonly homeless: readonly SegmentId[];
};

/**
 * A lesson with its added segments: each behind its predecessor, wherever that stands now; behind the nearest survivor
 * where the predecessor has gone. Of several behind one segment the last in the list stands first, as it was put there.
 */
export function placeAdditions(lesson: Lesson, additions: readonly Addition[]): PlacedAdditions {
  const sections = lesson.sections.map((section) => ({ ...section, placements: [...section.placements] }));
  const waiting = [...additions];
  const homeless: SegmentId[] = [];
  while (waiting.length > 0) {
    const next = waiting.findIndex((each) => isPlaced(sections, each));
    // Nobody's predecessor is there: the first of them goes to its nearest survivor, and others may follow it.
    const [addition] = waiting.splice(Math.max(0, next), 1);
    if (addition === undefined) break;
    const survivor = next >= 0 ? addition.after : addition.trail.find((id) => placeOf(sections, addition.section, id));
    if (survivor === undefined || !insert(sections, addition, survivor)) homeless.push(addition.id);
  }
  return { lesson: { ...lesson, sections }, homeless };
}

type OpenSection = { readonly id: SectionId; readonly placements: Placement[] };

function isPlaced(sections: readonly OpenSection[], { section, after }: Addition): boolean {
  if (after === null) return sections.some(({ id }) => id === section);
  return placeOf(sections, section, after) !== null;
}

/** A segment that stands in several sections is meant where the addition was put. */
function placeOf(sections: readonly OpenSection[], section: SectionId, segment: SegmentId) {
  const own = sections.filter(({ id }) => id === section);
  for (const each of [...own, ...sections]) {
    const at = each.placements.findIndex((placement) => placement.segment === segment);
    if (at >= 0) return { placements: each.placements, at };
  }
  return null;
}

function insert(sections: readonly OpenSection[], addition: Addition, after: SegmentId | null): boolean {
  const placement: Placement = { segment: addition.id };
  if (after === null) {
    sections.find(({ id }) => id === addition.section)?.placements.unshift(placement);
    return true;
  }
  const place = placeOf(sections, addition.section, after);
  place?.placements.splice(place.at + 1, 0, placement);
  return place !== null;
}
