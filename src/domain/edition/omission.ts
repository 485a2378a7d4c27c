import { DomainError, type ErrorCode } from '../errors.ts';
import type { LessonPackage, Section, SegmentId } from '../package/lessonPackage.ts';
import { groupsOf } from './override.ts';

/**
 * Everything that goes with a segment when an edition leaves it out: a step goes with its body, a question with its
 * answers, a picture with its labels. Any other segment goes alone.
 */
export function goesWith(lessonPackage: LessonPackage, segment: SegmentId): readonly SegmentId[] {
  const found = new Set<SegmentId>([segment]);
  for (const section of sectionsWith(lessonPackage, segment)) {
    const group = groupsOf(lessonPackage, section).find((each) => each.first === segment);
    for (const placement of group?.placements ?? []) found.add(placement.segment);
  }
  return [...found];
}

/**
 * What would be left out with a segment. Throws `segmentUnknown`, `omissionOfCore`, `omissionOfPractice` (the practice
 * step is what works), `omissionOfTitle` and `omissionOfAnswer` (a question without its right answer; the whole question
 * may go).
 */
export function omissionOf(lessonPackage: LessonPackage, segment: SegmentId): readonly SegmentId[] {
  if (!Object.hasOwn(lessonPackage.segments, segment)) throw new DomainError('segmentUnknown', { segment });
  const all = goesWith(lessonPackage, segment);
  for (const id of all) {
    if (lessonPackage.segments[id]?.policy === 'core') throw new DomainError('omissionOfCore', { segment: id });
    for (const section of sectionsWith(lessonPackage, id)) {
      const obstacle = obstacleIn(lessonPackage, section, id, all);
      if (obstacle !== null) throw new DomainError(obstacle, { segment: id });
    }
  }
  return all;
}

function obstacleIn(
  lessonPackage: LessonPackage,
  section: Section,
  segment: SegmentId,
  all: readonly SegmentId[],
): ErrorCode | null {
  const placement = section.placements.find((each) => each.segment === segment);
  const isHeading = (id: SegmentId) => lessonPackage.segments[id]?.kind === 'heading';
  if (placement?.practice) return 'omissionOfPractice';
  if (section.placements.find((each) => isHeading(each.segment))?.segment === segment) return 'omissionOfTitle';
  if (!placement?.right) return null;
  const question = groupsOf(lessonPackage, section).find((group) => group.placements.includes(placement))?.first;
  return question === undefined || all.includes(question) ? null : 'omissionOfAnswer';
}

function sectionsWith(lessonPackage: LessonPackage, segment: SegmentId): readonly Section[] {
  return lessonPackage.lessons
    .flatMap((lesson) => lesson.sections)
    .filter((section) => section.placements.some((placement) => placement.segment === segment));
}
