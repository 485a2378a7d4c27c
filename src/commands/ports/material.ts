import type { EditionTag } from '../../domain/edition/edition.ts';
import type { LocalLesson, LocalSegment, Picture } from '../../domain/edition/material.ts';
import type { LessonId, SegmentId } from '../../domain/package/lessonPackage.ts';

/** What editions add of their own. Saving is compare-and-set; what was taken out stays, marked `removed`. */
export interface MaterialStore {
  segments(tag: EditionTag): Promise<readonly LocalSegment[]>;
  segment(tag: EditionTag, id: SegmentId): Promise<LocalSegment | null>;
  saveSegment(segment: LocalSegment): Promise<void>;
  lessons(tag: EditionTag): Promise<readonly LocalLesson[]>;
  lesson(tag: EditionTag, id: LessonId): Promise<LocalLesson | null>;
  saveLesson(lesson: LocalLesson): Promise<void>;
  pictures(tag: EditionTag): Promise<readonly Picture[]>;
  picture(tag: EditionTag, segment: SegmentId): Promise<Picture | null>;
  savePicture(picture: Picture): Promise<void>;
}
