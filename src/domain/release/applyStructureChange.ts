import type { Lesson, Placement } from '../package/lessonPackage.ts';
import type { Misfit } from './applyChange.ts';
import { sameValue } from './canonical.ts';
import type { PackageDraft } from './packageDraft.ts';
import type { Change, Place } from './release.ts';

type Kinds =
  | 'placed'
  | 'unplaced'
  | 'moved'
  | 'placementChanged'
  | 'sectionAdded'
  | 'sectionRemoved'
  | 'lessonAdded'
  | 'lessonRemoved'
  | 'lessonFieldsChanged';
export type StructureChange = Extract<Change, { readonly kind: Kinds }>;

/** Makes a change of placements, sections or lessons in a draft; tells why where it does not fit. */
export function applyStructureChange(draft: PackageDraft, change: StructureChange): Misfit | null {
  switch (change.kind) {
    case 'placed':
      return place(draft, change.at, change.placement);
    case 'unplaced':
      return unplace(draft, change.at, change.placement);
    case 'moved':
      return unplace(draft, change.from, change.placement) ?? place(draft, change.to, change.placement);
    case 'placementChanged':
      return changePlacement(draft, change);
    case 'sectionAdded':
    case 'sectionRemoved':
      return changeSections(draft, change);
    case 'lessonAdded':
    case 'lessonRemoved':
      return changeLessons(draft, change);
    case 'lessonFieldsChanged': {
      const lesson = draft.lesson(change.lesson);
      if (lesson === undefined) return 'lessonMissing';
      if (!sameValue(lesson.fields, change.before)) return 'differs';
      draft.putLesson({ ...lesson, fields: change.after });
      return null;
    }
  }
}

function place(draft: PackageDraft, at: Place, placement: Placement): Misfit | null {
  if (draft.segment(placement.segment) === undefined) return 'segmentMissing';
  const section = draft.section(at.lesson, at.section);
  if (section === undefined) return draft.lesson(at.lesson) === undefined ? 'lessonMissing' : 'sectionMissing';
  if (section.placements.some((other) => other.segment === placement.segment)) return 'exists';
  const placements = insertAfter(section.placements, placement, at.after, (other) => other.segment);
  if (placements === null) return 'neighbourMissing';
  draft.putPlacements(at.lesson, at.section, placements);
  return null;
}

function unplace(draft: PackageDraft, at: Place, placement: Placement): Misfit | null {
  const section = draft.section(at.lesson, at.section);
  if (section === undefined) return draft.lesson(at.lesson) === undefined ? 'lessonMissing' : 'sectionMissing';
  const index = section.placements.findIndex((other) => other.segment === placement.segment);
  if (index < 0) return 'missing';
  if ((section.placements[index - 1]?.segment ?? null) !== at.after) return 'elsewhere';
  if (!sameValue(section.placements[index], placement)) return 'differs';
  draft.putPlacements(at.lesson, at.section, section.placements.toSpliced(index, 1));
  return null;
}

function changePlacement(
  draft: PackageDraft,
  change: Extract<Change, { readonly kind: 'placementChanged' }>,
): Misfit | null {
  const section = draft.section(change.lesson, change.section);
  if (section === undefined) return draft.lesson(change.lesson) === undefined ? 'lessonMissing' : 'sectionMissing';
  const index = section.placements.findIndex((other) => other.segment === change.segment);
  if (index < 0) return 'missing';
  if (!sameValue(section.placements[index], { ...change.before, segment: change.segment })) return 'differs';
  const after = { segment: change.segment, ...change.after };
  draft.putPlacements(change.lesson, change.section, section.placements.with(index, after));
  return null;
}

function changeSections(
  draft: PackageDraft,
  change: Extract<Change, { readonly kind: 'sectionAdded' | 'sectionRemoved' }>,
): Misfit | null {
  const lesson = draft.lesson(change.lesson);
  if (lesson === undefined) return 'lessonMissing';
  const index = lesson.sections.findIndex((section) => section.id === change.section);
  if (change.kind === 'sectionAdded') {
    if (index >= 0) return 'exists';
    const section = { id: change.section, kind: change.sectionKind, placements: [] };
    const sections = insertAfter(lesson.sections, section, change.after, (other) => other.id);
    if (sections === null) return 'neighbourMissing';
    draft.putLesson({ ...lesson, sections });
    return null;
  }
  const section = lesson.sections[index];
  if (section === undefined) return 'missing';
  if (section.kind !== change.sectionKind) return 'differs';
  if ((lesson.sections[index - 1]?.id ?? null) !== change.after) return 'elsewhere';
  if (section.placements.length > 0) return 'notEmpty';
  draft.putLesson({ ...lesson, sections: lesson.sections.toSpliced(index, 1) });
  return null;
}

function changeLessons(
  draft: PackageDraft,
  change: Extract<Change, { readonly kind: 'lessonAdded' | 'lessonRemoved' }>,
): Misfit | null {
  const index = draft.lessons.findIndex((lesson) => lesson.id === change.lesson.id);
  if (!isBare(change.lesson)) return 'notEmpty';
  if (change.kind === 'lessonAdded') {
    if (index >= 0) return 'exists';
    const lessons = insertAfter(draft.lessons, change.lesson, change.after, (other) => other.id);
    if (lessons === null) return 'neighbourMissing';
    draft.lessons = lessons;
    return null;
  }
  const lesson = draft.lessons[index];
  if (lesson === undefined) return 'missing';
  if ((draft.lessons[index - 1]?.id ?? null) !== change.after) return 'elsewhere';
  if (!isBare(lesson)) return 'notEmpty';
  if (!sameValue(lesson, change.lesson)) return 'differs';
  draft.lessons = draft.lessons.toSpliced(index, 1);
  return null;
}

function isBare(lesson: Lesson): boolean {
  return lesson.sections.every((section) => section.placements.length === 0);
}

/** The list with a value right behind the one called `after`, or first; null when there is no such one. */
function insertAfter<T>(
  list: readonly T[],
  value: T,
  after: string | null,
  idOf: (value: T) => string,
): readonly T[] | null {
  if (after === null) return [value, ...list];
  const index = list.findIndex((other) => idOf(other) === after);
  return index < 0 ? null : list.toSpliced(index + 1, 0, value);
}
