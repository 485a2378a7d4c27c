import { baselineLanguage } from '../../../domain/edition/workingText.ts';
import type {
  Lesson,
  LessonPackage,
  Placement,
  Policy,
  Section,
  Segment,
  SegmentId,
  SegmentKind,
} from '../../../domain/package/lessonPackage.ts';
import type { Paragraph } from '../../../formats/page/lessonPage.ts';
import { parseText } from '../../../formats/page/parseText.ts';
import { plainText } from '../../../formats/page/plainText.ts';

/** One segment of a lesson as it is read, with its bar. */
export type ReadingRow = {
  readonly anchor: string;
  readonly segment: SegmentId;
  readonly kind: SegmentKind;
  readonly policy: Policy;
  /** The bar runs on through neighbours of one policy; the word stands at the first. */
  readonly first: boolean;
  /** Set as a title: it opens what follows. */
  readonly opens: boolean;
  readonly paragraphs: readonly Paragraph[];
  readonly note: string | null;
  readonly minutes: number | null;
  readonly practice: boolean;
  readonly right: boolean;
  readonly evidence: readonly string[];
  /** In how many lessons it stands; 0 where it stands in this one only. */
  readonly lessons: number;
};

export type ReadingSection = {
  readonly id: string;
  readonly anchor: string;
  readonly kind: Section['kind'];
  /** Behind the colon: `five-steps`. */
  readonly part: string | null;
  readonly minutes: number | null;
  readonly rows: readonly ReadingRow[];
};

const openers: ReadonlySet<SegmentKind> = new Set(['heading', 'step', 'question', 'slide']);

/** A name that may stand in `id` and in a fragment. */
export const rowAnchor = (section: string, segment: string): string =>
  `row-${section}-${segment}`.replace(/[^A-Za-z0-9._-]/g, '_');
export const sectionAnchor = (section: string): string => `section-${section.replace(/[^A-Za-z0-9._-]/g, '_')}`;

/** The text of a segment as paragraphs, facts as chips. */
export const paragraphsOf = (text: string): readonly Paragraph[] =>
  parseText(text, { language: baselineLanguage, facts: {} });

/** In how many lessons each segment stands. */
export function reach(lessonPackage: LessonPackage): ReadonlyMap<SegmentId, number> {
  const counts = new Map<SegmentId, number>();
  for (const lesson of lessonPackage.lessons) {
    const placed = new Set(lesson.sections.flatMap((section) => section.placements.map((each) => each.segment)));
    for (const id of placed) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/** What a lesson is called: the first heading of its head. */
export function baselineTitle(lessonPackage: LessonPackage, lesson: Lesson): string {
  return plainText(paragraphsOf(headText(lessonPackage, lesson, 'heading'))) || lesson.id;
}

/** The first text of a kind in a lesson's head. */
export function headText(lessonPackage: LessonPackage, lesson: Lesson, kind: SegmentKind): string {
  const placements = lesson.sections.find((section) => section.kind === 'head')?.placements ?? [];
  const found = placements.find((each) => lessonPackage.segments[each.segment]?.kind === kind);
  return found === undefined ? '' : (lessonPackage.segments[found.segment]?.text ?? '');
}

export function rowOf(segment: Segment, placement: Placement, section: string, lessons: number): ReadingRow {
  return {
    anchor: rowAnchor(section, segment.id),
    segment: segment.id,
    kind: segment.kind,
    policy: segment.policy,
    first: true,
    opens: openers.has(segment.kind),
    paragraphs: paragraphsOf(segment.text),
    note: segment.note ?? null,
    minutes: placement.minutes ?? null,
    practice: placement.practice === true,
    right: placement.right === true,
    evidence: placement.evidence ?? [],
    lessons: lessons > 1 ? lessons : 0,
  };
}

/** Says the policy at the first of neighbours that share it. */
export function withBars<T extends { readonly policy: Policy; readonly first: boolean }>(
  rows: readonly T[],
): readonly T[] {
  return rows.map((row, index) => ({ ...row, first: rows[index - 1]?.policy !== row.policy }));
}

export function sectionHead(section: Section): Omit<ReadingSection, 'rows'> {
  const minutes = section.placements.reduce((sum, placement) => sum + (placement.minutes ?? 0), 0);
  return {
    id: section.id,
    anchor: sectionAnchor(section.id),
    kind: section.kind,
    part: section.id.split(':')[1] ?? null,
    minutes: minutes === 0 ? null : minutes,
  };
}

/** The lesson as it reads. */
export function readingOf(lessonPackage: LessonPackage, lesson: Lesson): readonly ReadingSection[] {
  const counts = reach(lessonPackage);
  return lesson.sections.map((section) => {
    const rows = section.placements.flatMap((placement) => {
      const segment = lessonPackage.segments[placement.segment];
      return segment === undefined ? [] : [rowOf(segment, placement, section.id, counts.get(segment.id) ?? 0)];
    });
    return { ...sectionHead(section), rows: withBars(rows) };
  });
}
