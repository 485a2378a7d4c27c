import type {
  Lesson,
  LessonId,
  LessonPackage,
  Placement,
  Section,
  SectionId,
  SegmentId,
} from '../package/lessonPackage.ts';
import { placementFields } from '../release/applyChange.ts';
import { sameValue } from '../release/canonical.ts';
import type { PackageDraft } from '../release/packageDraft.ts';
import type { Change, Place } from '../release/release.ts';
import { settled } from './longestIncreasing.ts';
import { type PlacementMoves, placementMoves } from './placementMoves.ts';

type Steps = Iterable<Change>;

/**
 * What happens to lessons, sections and placements, in two parts with the changes of segments in between: `clear`
 * empties and removes what will be made anew, `build` leads to the structure after. Both read the draft that their
 * changes are made in, so every place they name is the place at that moment.
 */
export function diffStructure(
  before: LessonPackage,
  after: LessonPackage,
  recreated: ReadonlySet<SegmentId>,
): { readonly clear: (draft: PackageDraft) => Steps; readonly build: (draft: PackageDraft) => Steps } {
  const fresh = freshContainers(before.lessons, after.lessons);
  const moves = placementMoves(
    before.lessons,
    after.lessons,
    (lesson, section, segment) =>
      fresh.lessons.has(lesson) || fresh.sections.has(spotKey(lesson, section)) || recreated.has(segment),
  );
  return {
    *clear(draft) {
      for (const lesson of before.lessons) {
        if (recreated.size === 0 && after.lessons.includes(lesson) && !fresh.lessons.has(lesson.id)) continue;
        for (const section of lesson.sections) {
          const all = fresh.lessons.has(lesson.id) || fresh.sections.has(spotKey(lesson.id, section.id));
          for (const { segment } of section.placements.toReversed()) {
            if (all || recreated.has(segment)) yield unplaced(draft, lesson.id, section.id, segment);
          }
          if (fresh.sections.has(spotKey(lesson.id, section.id))) yield sectionRemoved(draft, lesson.id, section.id);
        }
        if (fresh.lessons.has(lesson.id)) yield lessonRemoved(draft, lesson.id);
      }
    },
    *build(draft) {
      yield* addContainers(draft, after.lessons);
      for (const lesson of after.lessons) {
        if (draft.lesson(lesson.id) === lesson) continue;
        for (const section of lesson.sections) yield* fill(draft, lesson.id, section, moves);
      }
      yield* removeContainers(draft, after.lessons);
      for (const lesson of after.lessons) {
        const { fields } = draft.lesson(lesson.id) as Lesson;
        if (!sameValue(fields, lesson.fields)) {
          yield { kind: 'lessonFieldsChanged', lesson: lesson.id, before: fields, after: lesson.fields };
        }
      }
    },
  };
}

/** Lessons and sections that stand on both sides but in another order, or as another kind: made anew. */
function freshContainers(before: readonly Lesson[], after: readonly Lesson[]) {
  const still = settled(before.map(idOf), after.map(idOf));
  const lessons = new Set(after.map(idOf).filter((id) => !still.has(id) && before.some((old) => old.id === id)));
  const sections = new Set<string>();
  for (const lesson of after) {
    const old = before.find((other) => other.id === lesson.id);
    if (old === undefined || old === lesson || lessons.has(lesson.id)) continue;
    const inPlace = settled(old.sections.map(idOf), lesson.sections.map(idOf));
    for (const section of lesson.sections) {
      const oldSection = old.sections.find((other) => other.id === section.id);
      if (oldSection === undefined) continue;
      if (!inPlace.has(section.id) || oldSection.kind !== section.kind) sections.add(spotKey(lesson.id, section.id));
    }
  }
  return { lessons, sections };
}

function* addContainers(draft: PackageDraft, after: readonly Lesson[]): Steps {
  for (const [index, lesson] of after.entries()) {
    const previous = after[index - 1]?.id ?? null;
    if (draft.lesson(lesson.id) === undefined) {
      const bare = { ...lesson, sections: lesson.sections.map((section) => ({ ...section, placements: [] })) };
      yield { kind: 'lessonAdded', lesson: bare, after: previous };
      continue;
    }
    for (const [order, section] of lesson.sections.entries()) {
      if (draft.section(lesson.id, section.id) !== undefined) continue;
      const predecessor = lesson.sections[order - 1]?.id ?? null;
      const { id, kind } = section;
      yield { kind: 'sectionAdded', lesson: lesson.id, section: id, sectionKind: kind, after: predecessor };
    }
  }
}

function* removeContainers(draft: PackageDraft, after: readonly Lesson[]): Steps {
  for (const lesson of draft.lessons) {
    const now = after.find((other) => other.id === lesson.id);
    for (const section of lesson.sections) {
      if (now?.sections.some((other) => other.id === section.id)) continue;
      for (const { segment } of section.placements.toReversed()) {
        yield unplaced(draft, lesson.id, section.id, segment);
      }
      if (now !== undefined) yield sectionRemoved(draft, lesson.id, section.id);
    }
    if (now === undefined) yield lessonRemoved(draft, lesson.id);
  }
}

/** Brings one section's placements to what they are after. What is to leave for elsewhere is left lying until then. */
function* fill(draft: PackageDraft, lesson: LessonId, section: Section, moves: PlacementMoves): Steps {
  const current = draft.section(lesson, section.id)?.placements ?? [];
  if (current === section.placements) return;
  const wanted = section.placements.map((placement) => placement.segment);
  for (const { segment } of current.toReversed()) {
    if (!wanted.includes(segment) && !moves.leaves(lesson, section.id, segment))
      yield unplaced(draft, lesson, section.id, segment);
  }
  const still = settled(
    current.map((placement) => placement.segment),
    wanted,
  );
  for (const [index, placement] of section.placements.entries()) {
    const to: Place = { lesson, section: section.id, after: wanted[index - 1] ?? null };
    const here = current.find((other) => other.segment === placement.segment);
    const from = here ? { lesson, section: section.id } : moves.arrivesFrom(lesson, section.id, placement.segment);
    if (from === undefined) {
      yield { kind: 'placed', at: to, placement };
      continue;
    }
    const { placement: old, at } = find(draft, from.lesson, from.section, placement.segment);
    if (!still.has(placement.segment)) yield { kind: 'moved', placement: old, from: at, to };
    if (sameValue(old, placement)) continue;
    const before = placementFields(old);
    const after = placementFields(placement);
    yield { kind: 'placementChanged', lesson, section: section.id, segment: placement.segment, before, after };
  }
}

function unplaced(draft: PackageDraft, lesson: LessonId, section: SectionId, segment: SegmentId): Change {
  return { kind: 'unplaced', ...find(draft, lesson, section, segment) };
}

function find(draft: PackageDraft, lesson: LessonId, section: SectionId, segment: SegmentId) {
  const placements = draft.section(lesson, section)?.placements ?? [];
  const index = placements.findIndex((placement) => placement.segment === segment);
  const at: Place = { lesson, section, after: placements[index - 1]?.segment ?? null };
  return { at, placement: placements[index] as Placement };
}

function sectionRemoved(draft: PackageDraft, lesson: LessonId, section: SectionId): Change {
  const sections = draft.lesson(lesson)?.sections ?? [];
  const index = sections.findIndex((other) => other.id === section);
  const after = sections[index - 1]?.id ?? null;
  return { kind: 'sectionRemoved', lesson, section, sectionKind: (sections[index] as Section).kind, after };
}

function lessonRemoved(draft: PackageDraft, id: LessonId): Change {
  const index = draft.lessons.findIndex((lesson) => lesson.id === id);
  return { kind: 'lessonRemoved', lesson: draft.lessons[index] as Lesson, after: draft.lessons[index - 1]?.id ?? null };
}

function spotKey(lesson: LessonId, section: SectionId): string {
  return `${lesson} ${section}`;
}

function idOf(value: { readonly id: string }): string {
  return value.id;
}
