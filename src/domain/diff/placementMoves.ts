import type { Lesson, LessonId, SectionId, SegmentId } from '../package/lessonPackage.ts';

type Spot = { readonly lesson: LessonId; readonly section: SectionId };

/** Which placements are moves from one section to another. */
export type PlacementMoves = {
  readonly arrivesFrom: (lesson: LessonId, section: SectionId, segment: SegmentId) => Spot | undefined;
  readonly leaves: (lesson: LessonId, section: SectionId, segment: SegmentId) => boolean;
};

/**
 * A segment that left exactly one section and came to exactly one other has moved; anything else is placed and
 * unplaced. `madeAnew` tells the spots whose placements are taken out and put in again anyway.
 */
export function placementMoves(
  before: readonly Lesson[],
  after: readonly Lesson[],
  madeAnew: (lesson: LessonId, section: SectionId, segment: SegmentId) => boolean,
): PlacementMoves {
  // A lesson shared by both packages has the same spots on both sides.
  const shared = new Set(before.filter((lesson) => after.includes(lesson)));
  const was = spotsOf(before.filter((lesson) => !shared.has(lesson)));
  const origins = new Map<string, Spot>();
  const leaving = new Set<string>();
  for (const [segment, spots] of spotsOf(after.filter((lesson) => !shared.has(lesson)))) {
    const old = was.get(segment);
    if (old === undefined || old === spots) continue;
    const [to, ...otherGains] = spots.filter((spot) => !old.some((other) => isSame(spot, other)));
    const [from, ...otherLosses] = old.filter((spot) => !spots.some((other) => isSame(spot, other)));
    if (to === undefined || from === undefined || otherGains.length > 0 || otherLosses.length > 0) continue;
    if (madeAnew(to.lesson, to.section, segment) || madeAnew(from.lesson, from.section, segment)) continue;
    origins.set(key(to.lesson, to.section, segment), from);
    leaving.add(key(from.lesson, from.section, segment));
  }
  return {
    arrivesFrom: (lesson, section, segment) => origins.get(key(lesson, section, segment)),
    leaves: (lesson, section, segment) => leaving.has(key(lesson, section, segment)),
  };
}

function spotsOf(lessons: readonly Lesson[]): ReadonlyMap<SegmentId, readonly Spot[]> {
  const spots = new Map<SegmentId, Spot[]>();
  for (const lesson of lessons) {
    for (const section of lesson.sections) {
      for (const { segment } of section.placements) {
        const spot = { lesson: lesson.id, section: section.id };
        const known = spots.get(segment);
        if (known === undefined) spots.set(segment, [spot]);
        else known.push(spot);
      }
    }
  }
  return spots;
}

function isSame(a: Spot, b: Spot): boolean {
  return a.lesson === b.lesson && a.section === b.section;
}

function key(lesson: LessonId, section: SectionId, segment: SegmentId): string {
  return `${lesson}\n${section}\n${segment}`;
}
