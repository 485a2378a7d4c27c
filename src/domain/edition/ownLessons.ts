import { DomainError } from '../errors.ts';
import type {
  Lesson,
  LessonFields,
  LessonId,
  LessonPackage,
  Placement,
  Section,
  SectionKind,
  SegmentId,
} from '../package/lessonPackage.ts';
import type { Instant } from '../time.ts';
import type { LocalLesson, LocalSegment } from './material.ts';
import { firstStatement, routineOf } from './materialObstacles.ts';

/** The sections in which a partner writes a lesson, in reading order. */
export const ownSections = [
  'head',
  'before',
  'objectives',
  'messages',
  'materials',
  'steps',
  'safeguarding',
  'handout',
] as const;
export type OwnSection = (typeof ownSections)[number];

const sectionIdOf = (kind: SectionKind): string => (kind === 'handout' ? 'handout:sheet' : kind);

/** The next free `L1`, `L2` …; ids that were ever used, here or in the baseline, stay taken. */
export function nextLessonId(taken: Iterable<LessonId>): LessonId {
  const used = new Set(taken);
  let number = 1;
  while (used.has(`L${number}`)) number += 1;
  return `L${number}`;
}

export type NewLesson = {
  readonly edition: string;
  readonly id: LessonId;
  readonly title: LocalSegment;
  readonly fields: LessonFields;
  readonly reason: string;
  readonly by: string;
  readonly at: Instant;
};

/**
 * A lesson of a partner's own, as it begins: its title, the core statement in the register of its ages, and the routine
 * for a child who tells, as every lesson of the baseline has it.
 */
export function newLesson(lessonPackage: LessonPackage, own: ReadonlySet<LessonId>, wish: NewLesson): LocalLesson {
  const { title, edition, id, fields, reason, by, at } = wish;
  const model = lessonPackage.lessons.find((each) => !own.has(each.id) && each.fields.band === fields.band);
  const statement = statementOf(lessonPackage, model);
  const placed: Partial<Record<OwnSection, readonly Placement[]>> = {
    head: [{ segment: title.id }],
    messages: statement === null ? [] : [{ segment: statement }],
    safeguarding: routineOf(lessonPackage, own).map((segment) => ({ segment })),
  };
  const sections = ownSections.map(
    (kind): Section => ({ id: sectionIdOf(kind), kind, placements: placed[kind] ?? [] }),
  );
  return { edition, id, fields, sections, reason, by, at, removed: false, revision: 1 };
}

/** The core statement as the lessons of this band say it. */
function statementOf(lessonPackage: LessonPackage, model: Lesson | undefined): SegmentId | null {
  const messages = (model?.sections ?? []).filter(({ kind }) => kind === 'messages').flatMap((each) => each.placements);
  const same = messages.find(({ segment }) => familyOf(lessonPackage, segment) === firstStatement)?.segment;
  return same ?? (Object.hasOwn(lessonPackage.segments, firstStatement) ? firstStatement : null);
}

const familyOf = (lessonPackage: LessonPackage, id: SegmentId): SegmentId =>
  lessonPackage.segments[id]?.variantOf ?? id;

/** The core statements that a partner may place among the messages: in the registers that lessons of the band use. */
export function statementsFor(
  lessonPackage: LessonPackage,
  own: ReadonlySet<LessonId>,
  lesson: Lesson,
): readonly SegmentId[] {
  const same = lessonPackage.lessons.filter((each) => !own.has(each.id) && each.fields.band === lesson.fields.band);
  const placed = same.flatMap((each) => each.sections.filter(({ kind }) => kind === 'messages'));
  const offered = placed.flatMap(({ placements }) => placements.map(({ segment }) => segment));
  const here = new Set(lesson.sections.flatMap(({ placements }) => placements.map(({ segment }) => segment)));
  return [...new Set(offered)].filter((id) => lessonPackage.segments[id]?.kind === 'statement' && !here.has(id));
}

type Change = { readonly at: Instant };

/** A lesson with one section changed. Throws `sectionUnknown`. */
function withSection(
  lesson: LocalLesson,
  section: string,
  change: (placements: readonly Placement[]) => readonly Placement[],
  { at }: Change,
): LocalLesson {
  if (!lesson.sections.some((each) => each.id === section)) {
    throw new DomainError('sectionUnknown', { lesson: lesson.id, section });
  }
  const sections = lesson.sections.map((each) =>
    each.id === section ? { ...each, placements: change(each.placements) } : each,
  );
  return { ...lesson, sections, at, revision: lesson.revision + 1 };
}

/** With a segment at the end of a section, or behind another one. */
export const withPlaced = (
  lesson: LocalLesson,
  section: string,
  placement: Placement,
  after: SegmentId | null,
  change: Change,
): LocalLesson =>
  withSection(
    lesson,
    section,
    (placements) => {
      const at = after === null ? -1 : placements.findIndex((each) => each.segment === after);
      return at < 0 ? [...placements, placement] : placements.toSpliced(at + 1, 0, placement);
    },
    change,
  );

/** One place up or down. */
export const withMoved = (
  lesson: LocalLesson,
  section: string,
  segment: SegmentId,
  by: 1 | -1,
  change: Change,
): LocalLesson =>
  withSection(
    lesson,
    section,
    (placements) => {
      const at = placements.findIndex((each) => each.segment === segment);
      const placement = placements[at];
      const to = at + by;
      if (placement === undefined || to < 0 || to >= placements.length) return placements;
      return placements.toSpliced(at, 1).toSpliced(to, 0, placement);
    },
    change,
  );

export const withoutPlaced = (lesson: LocalLesson, section: string, segment: SegmentId, change: Change): LocalLesson =>
  withSection(lesson, section, (placements) => placements.filter((each) => each.segment !== segment), change);
