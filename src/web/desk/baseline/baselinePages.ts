import type { Evidence, Lesson, LessonPackage, Policy } from '../../../domain/package/lessonPackage.ts';
import { lessonsOf, segmentOf } from '../../../domain/release/changeSubject.ts';
import type { ChangeSet } from '../../../domain/release/release.ts';
import { paths } from '../../paths.ts';
import { baselineTitle, headText, paragraphsOf, type ReadingSection, readingOf } from './lessonText.ts';

export type LessonRow = {
  readonly id: string;
  readonly href: string;
  readonly title: string;
  readonly summary: string;
  readonly ages: readonly [number, number] | null;
  readonly minutes: number;
  readonly segments: number;
  readonly core: number;
  readonly shared: number;
};

/** The lessons in teaching order. */
export function lessonRows(lessonPackage: LessonPackage): readonly LessonRow[] {
  return lessonPackage.lessons.map((lesson) => {
    const rows = readingOf(lessonPackage, lesson).flatMap((section) => section.rows);
    return {
      id: lesson.id,
      href: paths.baselineLesson.to(lesson.id),
      title: baselineTitle(lessonPackage, lesson),
      summary: headText(lessonPackage, lesson, 'paragraph'),
      ages: lesson.fields.ages,
      minutes: lesson.fields.minutes,
      segments: rows.length,
      core: rows.filter((row) => row.policy === 'core').length,
      shared: rows.filter((row) => row.lessons > 0).length,
    };
  });
}

export type LessonView = {
  readonly id: string;
  readonly title: string;
  readonly fields: Lesson['fields'];
  readonly sections: readonly ReadingSection[];
  readonly policies: Readonly<Record<Policy, number>>;
  readonly evidence: readonly Evidence[];
};

/** One lesson, with what stands beside it. */
export function lessonView(lessonPackage: LessonPackage, lesson: Lesson): LessonView {
  const sections = readingOf(lessonPackage, lesson);
  const rows = sections.flatMap((section) => section.rows);
  const count = (policy: Policy) => rows.filter((row) => row.policy === policy).length;
  return {
    id: lesson.id,
    title: baselineTitle(lessonPackage, lesson),
    fields: lesson.fields,
    sections,
    policies: { core: count('core'), adaptable: count('adaptable'), local: count('local') },
    evidence: lesson.fields.evidence.flatMap((id) => lessonPackage.evidence[id] ?? []),
  };
}

export type DraftLink = {
  readonly id: string;
  readonly title: string;
  readonly severity: ChangeSet['severity'];
  readonly href: string;
  /** Changes of this set that touch the lesson. */
  readonly count: number;
};

/** The drafts a change of this lesson could go into, those that touch it already first. */
export function draftLinks(
  sets: readonly ChangeSet[],
  lessonPackage: LessonPackage,
  lesson: string,
): readonly DraftLink[] {
  const placed = new Set(
    lessonPackage.lessons
      .find((each) => each.id === lesson)
      ?.sections.flatMap((section) => section.placements.map((placement) => placement.segment)),
  );
  return sets
    .filter((set) => set.state === 'draft')
    .map((set) => ({
      id: set.id,
      title: set.title,
      severity: set.severity,
      href: paths.changeSetLesson.to(set.id, lesson),
      count: set.changes.filter((change) => lessonsOf(change).includes(lesson) || placed.has(segmentOf(change) ?? ''))
        .length,
    }))
    .sort((one, other) => other.count - one.count || one.title.localeCompare(other.title));
}

/** The fact definitions, those that lessons cannot do without first. */
export function factRows(lessonPackage: LessonPackage) {
  const used = new Map<string, number>();
  for (const segment of Object.values(lessonPackage.segments)) {
    const text = segment.text;
    for (const key of Object.keys(lessonPackage.facts)) {
      if (text.includes(`{${key}}`) || text.includes(`{${key}|`)) used.set(key, (used.get(key) ?? 0) + 1);
    }
  }
  return Object.values(lessonPackage.facts)
    .map((fact) => ({
      ...fact,
      required: fact.need === 'required',
      used: used.get(fact.key) ?? 0,
      missing:
        fact.whenMissing === undefined ? null : paragraphsOf(lessonPackage.segments[fact.whenMissing]?.text ?? ''),
    }))
    .sort((one, other) => Number(other.required) - Number(one.required) || one.key.localeCompare(other.key));
}
