import type { MaterialStore } from '../commands/ports/material.ts';
import type { LocalLesson, LocalSegment, Picture } from '../domain/edition/material.ts';
import { compareAndSet } from './compareAndSet.ts';
import { flag, maybeText, number, text, texts, value, values } from './fields.ts';
import type { Scope } from './scope.ts';
import { defineTable, openTable } from './table.ts';

type SegmentRow = Omit<LocalSegment, 'id'> & { readonly _id: string; readonly segment: string };
type LessonRow = Omit<LocalLesson, 'id'> & { readonly _id: string; readonly lesson: string };
type PictureRow = Picture & { readonly _id: string };

const localSegments = defineTable<SegmentRow>('localSegments', {
  edition: text,
  segment: text,
  lesson: text,
  section: text,
  after: maybeText,
  earlier: texts,
  later: texts,
  since: text,
  kind: text,
  text,
  state: text,
  by: text,
  reviewedBy: maybeText,
  at: text,
  sentBack: value,
  past: values,
  removed: flag,
  revision: number,
});
const localLessons = defineTable<LessonRow>('localLessons', {
  edition: text,
  lesson: text,
  fields: value,
  sections: values,
  reason: text,
  by: text,
  at: text,
  removed: flag,
  revision: number,
});
const pictures = defineTable<PictureRow>('pictures', {
  edition: text,
  segment: text,
  drawing: maybeText,
  web: text,
  print: text,
  width: number,
  height: number,
  bytes: number,
  alt: text,
  credit: value,
  reason: text,
  by: text,
  at: text,
  reviewedBy: maybeText,
  answered: texts,
  removed: flag,
  revision: number,
});

const idOf = (tag: string, id: string): string => `${tag}/${id}`;
const segmentOf = ({ _id, segment, ...row }: SegmentRow): LocalSegment => ({ ...row, id: segment });
const lessonOf = ({ _id, lesson, ...row }: LessonRow): LocalLesson => ({ ...row, id: lesson });
const pictureOf = ({ _id, ...row }: PictureRow): Picture => row;

/** A second writer is shown what the first one wrote. */
const theirText = (theirs: SegmentRow) => ({ theirs: theirs.text, segment: theirs.segment });

export function openMaterial(scope: Scope): MaterialStore {
  const segmentTable = openTable(scope, localSegments);
  const lessonTable = openTable(scope, localLessons);
  const pictureTable = openTable(scope, pictures);
  return {
    async segments(tag) {
      return (await segmentTable.find({ edition: tag }, { sort: { _id: 1 } })).map(segmentOf);
    },
    async segment(tag, id) {
      const row = await segmentTable.first({ _id: idOf(tag, id) });
      return row === null ? null : segmentOf(row);
    },
    saveSegment: ({ id, ...segment }) =>
      compareAndSet(scope, segmentTable, { ...segment, segment: id, _id: idOf(segment.edition, id) }, theirText),
    async lessons(tag) {
      return (await lessonTable.find({ edition: tag }, { sort: { _id: 1 } })).map(lessonOf);
    },
    async lesson(tag, id) {
      const row = await lessonTable.first({ _id: idOf(tag, id) });
      return row === null ? null : lessonOf(row);
    },
    saveLesson: ({ id, ...lesson }) =>
      compareAndSet(scope, lessonTable, { ...lesson, lesson: id, _id: idOf(lesson.edition, id) }),
    async pictures(tag) {
      return (await pictureTable.find({ edition: tag }, { sort: { _id: 1 } })).map(pictureOf);
    },
    async picture(tag, segment) {
      const row = await pictureTable.first({ _id: idOf(tag, segment) });
      return row === null ? null : pictureOf(row);
    },
    savePicture: (picture) =>
      compareAndSet(scope, pictureTable, { ...picture, _id: idOf(picture.edition, picture.segment) }),
  };
}
