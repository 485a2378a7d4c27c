import type { LessonPackage } from '../package/lessonPackage.ts';
import { applyToDraft } from './applyChange.ts';
import { PackageDraft } from './packageDraft.ts';
import type { Change, Place } from './release.ts';

/**
 * The same changes with the places as they are in this package. Sets are drafted apart, and another one may have put
 * something between a segment and the neighbour that it had: what is taken out is found by its id, wherever it stands
 * in its section. Texts and fields are not rebased; where they differ, two people changed one thing.
 */
export function rebaseChanges(lessonPackage: LessonPackage, changes: readonly Change[]): readonly Change[] {
  const draft = new PackageDraft(lessonPackage);
  return changes.map((change) => {
    const rebased = rebase(draft, change);
    applyToDraft(draft, rebased);
    return rebased;
  });
}

function rebase(draft: PackageDraft, change: Change): Change {
  switch (change.kind) {
    case 'unplaced':
      return withField(change, 'at', placeNow(draft, change.at, change.placement.segment));
    case 'moved':
      return withField(change, 'from', placeNow(draft, change.from, change.placement.segment));
    case 'sectionRemoved': {
      const sections = draft.lesson(change.lesson)?.sections.map((section) => section.id) ?? [];
      return withField(change, 'after', predecessor(sections, change.section, change.after));
    }
    case 'lessonRemoved': {
      const lessons = draft.lessons.map((lesson) => lesson.id);
      return withField(change, 'after', predecessor(lessons, change.lesson.id, change.after));
    }
    default:
      return change;
  }
}

function placeNow(draft: PackageDraft, place: Place, segment: string): Place {
  const placements = draft.section(place.lesson, place.section)?.placements ?? [];
  const ids = placements.map((placement) => placement.segment);
  return withField(place, 'after', predecessor(ids, segment, place.after));
}

function predecessor(ids: readonly string[], id: string, otherwise: string | null): string | null {
  const index = ids.indexOf(id);
  return index < 0 ? otherwise : (ids[index - 1] ?? null);
}

function withField<T extends object, K extends keyof T>(value: T, key: K, field: T[K]): T {
  return value[key] === field ? value : { ...value, [key]: field };
}
