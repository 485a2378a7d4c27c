import type { Actor } from '../../../domain/access/access.ts';
import { can } from '../../../domain/access/can.ts';
import type { LocalSegment } from '../../../domain/edition/material.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import { type LessonTitle, lessonTitle } from '../today/lessonTitle.ts';
import type { Desk } from '../today/loadDesk.ts';
import { unitHref } from '../workbench/hrefs.ts';
import { snippetOf } from '../workbench/textRuns.ts';
import { type PictureReaders, type PictureRow, pictureRows } from './pictureRows.ts';

export type AddedRow = {
  readonly id: string;
  readonly anchor: string;
  readonly lesson: string;
  readonly kind: string;
  readonly text: string;
  readonly reason: string;
  readonly by: string;
  readonly at: string;
  readonly state: string;
  readonly stateText: string;
  readonly revision: number;
  readonly removed: boolean;
  /** Where it could stand, when what it stood behind has gone. */
  readonly places: readonly { readonly id: string; readonly text: string }[] | null;
  readonly hrefs: { readonly open: string | null; readonly change: string };
};

export type OwnLessonRow = LessonTitle & {
  readonly state: string;
  readonly reason: string;
  readonly gaps: readonly string[];
  readonly href: string;
};

export type MaterialPage = {
  readonly headline: string;
  readonly pictures: readonly PictureRow[];
  readonly texts: readonly AddedRow[];
  readonly removed: readonly AddedRow[];
  readonly lessons: readonly OwnLessonRow[];
  readonly mayWrite: boolean;
  readonly lessonsHref: string;
};

export type Kept = {
  /** Every added segment, also those that were taken out. */
  readonly segments: readonly LocalSegment[];
  readonly gaps: ReadonlyMap<string, readonly string[]>;
};

/** What an edition has of its own: pictures, texts, lessons, and what each waits for. */
export function materialPage(t: Translate, desk: Desk, kept: Kept, readers: PictureReaders): MaterialPage {
  const { working } = desk;
  const { edition, material, lessonPackage } = working;
  const inLessons = kept.segments.filter((local) => !material?.lessons.has(local.lesson));
  const texts = inLessons.map((local) => addedRow(t, desk, readers, local));
  const lessons = lessonPackage.lessons.filter((lesson) => material?.lessons.has(lesson.id));
  const count = texts.filter((row) => !row.removed).length + lessons.length + (material?.pictures.size ?? 0);
  return {
    headline: t('material:headline', { count }),
    pictures: pictureRows(t, desk, readers),
    texts: texts.filter((row) => !row.removed),
    removed: texts.filter((row) => row.removed),
    lessons: lessons.map((lesson) => ({
      ...lessonTitle(working, lesson),
      state: t(`desk:lessonStates.${edition.lessons[lesson.id]?.state ?? 'planned'}`),
      reason: material?.lessons.get(lesson.id)?.reason ?? '',
      gaps: (kept.gaps.get(lesson.id) ?? []).map((gap) => t(`material:gaps.${gap}`)),
      href: paths.ownLesson.to(edition.tag, lesson.id),
    })),
    mayWrite: mayWrite(readers.actor, desk),
    lessonsHref: paths.editionLessons.to(edition.tag),
  };
}

const mayWrite = (actor: Actor, desk: Desk): boolean =>
  can(actor, 'material:write', { partner: desk.working.edition.partner });

function addedRow(t: Translate, desk: Desk, { names }: PictureReaders, local: LocalSegment): AddedRow {
  const { edition, homeless, ledger } = desk.working;
  const adrift = homeless?.get(local.lesson)?.includes(local.id) ?? false;
  const stands = desk.working.lessonPackage.lessons.some((lesson) => lesson.id === local.lesson);
  return {
    id: local.id,
    anchor: `added-${local.id}`,
    lesson: local.lesson,
    kind: t(`desk:segmentKinds.${local.kind}`),
    text: local.text,
    reason: ledger.get(local.id)?.reason ?? '',
    by: names.get(local.by) ?? '',
    at: local.at,
    state: local.state,
    stateText: t(`desk:unitStates.${local.state}`),
    revision: local.revision,
    removed: local.removed,
    places: adrift && !local.removed ? placesIn(desk, local.lesson) : null,
    hrefs: {
      open: local.removed || adrift || !stands ? null : unitHref(edition.tag, local.lesson, local.id),
      change: paths.addedSegment.to(edition.tag, local.id),
    },
  };
}

/** Every segment of a lesson in reading order, with its first words. */
function placesIn(desk: Desk, lesson: string): AddedRow['places'] {
  const found = desk.working.lessonPackage.lessons.find((each) => each.id === lesson);
  const placed = (found?.sections ?? []).flatMap((section) => section.placements.map(({ segment }) => segment));
  return [...new Set(placed)].map((id) => {
    const unit = desk.units.get(id);
    return { id, text: snippetOf(unit?.text || unit?.source || '') };
  });
}
