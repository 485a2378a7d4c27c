import type { LessonId, SegmentId } from '../package/lessonPackage.ts';
import type { Change } from './release.ts';

/** What a change is about, for messages: an id of a segment, lesson, section, fact or evidence. */
export function subjectOf(change: Change): string {
  switch (change.kind) {
    case 'sectionAdded':
    case 'sectionRemoved':
      return `${change.lesson} ${change.section}`;
    case 'lessonAdded':
    case 'lessonRemoved':
      return change.lesson.id;
    case 'lessonFieldsChanged':
      return change.lesson;
    case 'factAdded':
    case 'factRemoved':
      return change.fact.key;
    case 'factChanged':
      return change.after.key;
    case 'evidenceAdded':
    case 'evidenceRemoved':
      return change.evidence.id;
    default:
      return segmentOf(change) ?? '';
  }
}

/** The segment whose text, fields or placement a change touches, if any. */
export function segmentOf(change: Change): SegmentId | null {
  switch (change.kind) {
    case 'segmentAdded':
    case 'segmentRemoved':
      return change.segment.id;
    case 'segmentEdited':
    case 'policyChanged':
    case 'noteChanged':
    case 'placementChanged':
      return change.segment;
    case 'placed':
    case 'unplaced':
    case 'moved':
      return change.placement.segment;
    default:
      return null;
  }
}

/** The lessons whose structure a change touches. */
export function lessonsOf(change: Change): readonly LessonId[] {
  switch (change.kind) {
    case 'placed':
    case 'unplaced':
      return [change.at.lesson];
    case 'moved':
      return [...new Set([change.from.lesson, change.to.lesson])];
    case 'placementChanged':
    case 'sectionAdded':
    case 'sectionRemoved':
    case 'lessonFieldsChanged':
      return [change.lesson];
    case 'lessonAdded':
    case 'lessonRemoved':
      return [change.lesson.id];
    default:
      return [];
  }
}
