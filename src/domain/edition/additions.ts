import type { Lesson, Placement, SectionId, SegmentId } from '../package/lessonPackage.ts';

/** An edition's own segment and where it was put: right behind `after`, and what else stood around that place then. */
export type Anchored = {
  readonly id: SegmentId;
  readonly section: SectionId;
  /** The segment that it follows, of the baseline or of the edition; null for the first place of the section. */
  readonly after: SegmentId | null;
  /** What else stood before it in the section when it was put there, nearest first, without `after`. */
  readonly earlier?: readonly SegmentId[];
  /** What stood after it, nearest first. */
  readonly later?: readonly SegmentId[];
};

/** How an addition came to its place. `nearest`: its predecessor is gone, so it stands beside the nearest survivor. */
export type Standing = 'stays' | 'follows' | 'nearest';

export type PlacedAdditions<A extends Anchored = Anchored> = {
  /** The lesson with every addition that has a place. */
  readonly lesson: Lesson;
  readonly standing: ReadonlyMap<SegmentId, Standing>;
  /** Nothing is left of what stood around them: a person says where they belong. */
  readonly adrift: readonly A[];
};

type Spot = { readonly section: SectionId; readonly index: number; readonly standing: Standing };
type Sections = readonly { readonly id: SectionId; readonly placements: Placement[] }[];

/**
 * Puts an edition's own segments into a lesson of the baseline. An addition follows its predecessor, also into another
 * section of the lesson; where that is gone it stands beside the nearest survivor, and where nothing survives it is
 * adrift. Additions of one place keep the order in which they are given. What is in the lesson already is left alone.
 * Leave out what the edition omits only afterwards: an addition may follow an omitted segment.
 */
export function placeAdditions<A extends Anchored>(
  lesson: Lesson,
  additions: readonly A[],
  placementOf: (addition: A) => Placement = ({ id }) => ({ segment: id }),
): PlacedAdditions<A> {
  const sections: Sections = lesson.sections.map(({ id, placements }) => ({ id, placements: [...placements] }));
  const standing = new Map<SegmentId, Standing>();
  const own = new Map<SegmentId, A>();
  const stands = (id: SegmentId) => sections.some((section) => section.placements.some((each) => each.segment === id));
  let waiting = additions.filter(({ id }, index) => !stands(id) && additions.findIndex((a) => a.id === id) === index);
  const adrift: A[] = [];
  while (waiting.length > 0) {
    // What follows another addition waits for it; a circle of additions that follow each other waits for nobody.
    const next =
      waiting.find((addition) => !waiting.some((other) => other !== addition && other.id === addition.after)) ??
      (waiting[0] as A);
    waiting = waiting.filter((addition) => addition !== next);
    const spot = spotOf(sections, next, own);
    if (spot === null) adrift.push(next);
    else {
      sections.find(({ id }) => id === spot.section)?.placements.splice(spot.index, 0, placementOf(next));
      standing.set(next.id, spot.standing);
      own.set(next.id, next);
    }
  }
  const placed = lesson.sections.map((section, index) => ({
    ...section,
    placements: sections[index]?.placements ?? section.placements,
  }));
  return { lesson: standing.size === 0 ? lesson : { ...lesson, sections: placed }, standing, adrift };
}

function spotOf(sections: Sections, addition: Anchored, own: ReadonlyMap<SegmentId, Anchored>): Spot | null {
  const { section, after, earlier = [], later = [] } = addition;
  if (after === null) {
    const first = sections.find(({ id }) => id === section);
    if (first !== undefined)
      return { section, index: behindOwn(first.placements, 0, addition, own), standing: 'stays' };
  } else {
    const found = find(sections, section, after);
    if (found !== null) return behind(found, addition, own, found.section === section ? 'stays' : 'follows');
  }
  for (let distance = 0; distance < Math.max(earlier.length, later.length); distance++) {
    const before = earlier[distance] === undefined ? null : find(sections, section, earlier[distance] ?? '');
    if (before !== null) return behind(before, addition, own, 'nearest');
    const behindIt = later[distance] === undefined ? null : find(sections, section, later[distance] ?? '');
    if (behindIt !== null) return { section: behindIt.section, index: behindIt.index, standing: 'nearest' };
  }
  return null;
}

type Found = { readonly section: SectionId; readonly index: number; readonly placements: readonly Placement[] };

/** Where a segment stands in the lesson, in its own section if it is there. */
function find(sections: Sections, section: SectionId, segment: SegmentId): Found | null {
  const order = [...sections.filter(({ id }) => id === section), ...sections.filter(({ id }) => id !== section)];
  for (const { id, placements } of order) {
    const index = placements.findIndex((placement) => placement.segment === segment);
    if (index >= 0) return { section: id, index, placements };
  }
  return null;
}

function behind(found: Found, addition: Anchored, own: ReadonlyMap<SegmentId, Anchored>, standing: Standing): Spot {
  const index = behindOwn(found.placements, found.index + 1, addition, own);
  return { section: found.section, index, standing };
}

/** Additions that were given earlier for the same place stand first, with what follows them. */
function behindOwn(
  placements: readonly Placement[],
  from: number,
  addition: Anchored,
  own: ReadonlyMap<SegmentId, Anchored>,
): number {
  const before = new Set<SegmentId>();
  let index = from;
  for (; index < placements.length; index++) {
    const segment = placements[index]?.segment ?? '';
    const placed = own.get(segment);
    if (placed === undefined) break;
    const sibling = placed.after === addition.after && placed.section === addition.section;
    if (!sibling && !(placed.after !== null && before.has(placed.after))) break;
    before.add(segment);
  }
  return index;
}

/** What stands around a place of a section: kept with an addition, so that it finds its place when neighbours go. */
export function surroundings(
  lesson: Lesson,
  section: SectionId,
  after: SegmentId | null,
): Pick<Required<Anchored>, 'earlier' | 'later'> {
  const ids = lesson.sections.find(({ id }) => id === section)?.placements.map(({ segment }) => segment) ?? [];
  const at = after === null ? -1 : ids.indexOf(after);
  if (after !== null && at < 0) return { earlier: [], later: [] };
  return { earlier: ids.slice(0, Math.max(0, at)).reverse(), later: ids.slice(at + 1) };
}
