import type {
  Lesson,
  LessonFields,
  LessonPackage,
  Placement,
  Section,
  SectionKind,
  Segment,
} from '../../../src/domain/package/lessonPackage.ts';

const fields: LessonFields = {
  band: 'B',
  ages: [10, 12],
  minutes: 45,
  group: 'class',
  screens: 'none',
  sheets: 1,
  topics: ['blackmail'],
  sensitivity: 'high',
  notForAssembly: true,
  evidence: [],
};

/** A lesson whose sections place segments by id. */
export function lessonOf(id: string, sections: Record<string, readonly (string | Placement)[]>): Lesson {
  return {
    id,
    fields,
    sections: Object.entries(sections).map(
      ([section, placements]): Section => ({
        id: section,
        kind: section.split(':')[0] as SectionKind,
        placements: placements.map((each) => (typeof each === 'string' ? { segment: each } : each)),
      }),
    ),
  };
}

export function segmentOf(id: string, more: Partial<Segment> = {}): Segment {
  return { id, kind: 'paragraph', policy: 'adaptable', text: `Text of ${id}`, ...more };
}

/** A package of lessons; a segment that they place and that is not given is a paragraph. */
export function packageOf(lessons: readonly (Lesson | undefined)[], segments: readonly Segment[] = []): LessonPackage {
  const present = lessons.filter((lesson) => lesson !== undefined);
  const placed = present.flatMap((lesson) => lesson.sections.flatMap((section) => section.placements));
  return {
    lessons: present,
    segments: Object.fromEntries([...placed.map((each) => segmentOf(each.segment)), ...segments].map((s) => [s.id, s])),
    facts: {},
    evidence: {},
  };
}
