import type { Band, Lesson, LessonPackage, Section, Segment, SegmentId } from '../package/lessonPackage.ts';

/** Who reads or hears a segment where it stands. */
export type Audience = Band | 'teacher';

const heard: readonly Segment['kind'][] = ['speech', 'statement', 'question', 'answer'];

/** Who reads a segment in a section of a lesson: the learners of its band, or the teacher (and parents). */
export function audienceOf(lesson: Lesson, section: Section, segment: Segment): Audience {
  const { band } = lesson.fields;
  if (band === 'adult' || segment.kind === 'presenterNote') return 'teacher';
  switch (section.kind) {
    case 'handout':
    case 'aid':
    case 'cards':
    case 'slides':
      return segment.kind === 'picture' ? 'teacher' : band;
    case 'messages':
    case 'questions':
    case 'later':
      return segment.kind === 'paragraph' ? 'teacher' : band;
    case 'steps':
    case 'booster':
      return heard.includes(segment.kind) ? band : 'teacher';
    default:
      return 'teacher';
  }
}

const youngestFirst: readonly Audience[] = ['A', 'B', 'C', 'D', 'adult', 'teacher'];

/** The youngest readers of every segment that stands in a lesson. */
export function audiences(lessonPackage: LessonPackage): ReadonlyMap<SegmentId, Audience> {
  const found = new Map<SegmentId, Audience>();
  for (const lesson of lessonPackage.lessons) {
    for (const section of lesson.sections) {
      for (const { segment: id } of section.placements) {
        const segment = lessonPackage.segments[id];
        if (segment === undefined) continue;
        const here = audienceOf(lesson, section, segment);
        const before = found.get(id);
        if (before === undefined || youngestFirst.indexOf(here) < youngestFirst.indexOf(before)) found.set(id, here);
      }
    }
  }
  return found;
}
