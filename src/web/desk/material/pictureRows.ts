import type { Actor } from '../../../domain/access/access.ts';
import { can } from '../../../domain/access/can.ts';
import { type Picture, pictureLicences, pictureQuestions } from '../../../domain/edition/material.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import { type Desk, lessonsAtWork, lessonsNeeding } from '../today/loadDesk.ts';
import { unitHref } from '../workbench/hrefs.ts';

/** What somebody wrote about a picture and could not save, to be shown again. */
export type TypedPicture = {
  readonly segment: string;
  readonly alt: string;
  readonly creator: string;
  readonly licence: string;
  readonly source: string;
  readonly reason: string;
  readonly problem: { readonly field: string; readonly message: string };
};

export type PictureRow = {
  readonly id: string;
  readonly anchor: string;
  readonly lesson: string;
  readonly lessons: readonly string[];
  readonly drawing: string | null;
  readonly text: string;
  readonly hrefs: { readonly open: string; readonly workbench: string };
  readonly picture: {
    readonly src: string;
    readonly width: number;
    readonly height: number;
    readonly alt: string;
    readonly creator: string;
    readonly licence: string;
    readonly source: string;
    readonly by: string;
    readonly at: string;
    readonly reviewedBy: string | null;
    readonly revision: number;
    readonly review: string | null;
    /** Why this person cannot agree to it. */
    readonly why: string | null;
    readonly removal: string | null;
  } | null;
  /** The form, where it is asked for. */
  readonly form: PictureForm | null;
};

export type PictureForm = {
  readonly revision: number;
  readonly hasPicture: boolean;
  readonly alt: string;
  readonly creator: string;
  readonly source: string;
  readonly reason: string;
  readonly licences: readonly { readonly value: string; readonly text: string; readonly chosen: boolean }[];
  readonly invalid: Readonly<Record<string, string>>;
};

export const questionsOf = (t: Translate) =>
  pictureQuestions.map((question) => ({ value: question, text: t(`material:questions.${question}`) }));

export const pictureHref = (tag: string, hash: string): string => paths.pictureFile.to(tag, `pic-${hash}.webp`);
export const openPicture = (tag: string, segment: string): string =>
  `${paths.material.to(tag)}?${new URLSearchParams({ picture: segment })}#picture-${segment.replace(/[^A-Za-z0-9._-]/g, '_')}`;

export type PictureReaders = {
  readonly actor: Actor;
  readonly names: ReadonlyMap<string, string>;
  readonly opened: string | undefined;
  readonly typed: TypedPicture | null;
};

/** Every picture segment of the lessons at work: its drawing, or the edition's own picture. */
export function pictureRows(t: Translate, desk: Desk, readers: PictureReaders): readonly PictureRow[] {
  const { working } = desk;
  const placed = lessonsAtWork(working).flatMap((lesson) =>
    lesson.sections.flatMap((section) => section.placements.map(({ segment }) => segment)),
  );
  const pictures = [...new Set(placed)].filter((id) => working.lessonPackage.segments[id]?.kind === 'picture');
  return pictures.map((id) => rowOf(t, desk, readers, id));
}

function rowOf(t: Translate, desk: Desk, readers: PictureReaders, id: string): PictureRow {
  const { edition, lessonPackage, material } = desk.working;
  const lessons = lessonsNeeding(lessonPackage, id);
  const picture = material?.pictures.get(id) ?? null;
  const typed = readers.typed?.segment === id ? readers.typed : null;
  const mayWrite = can(readers.actor, 'material:write', { partner: edition.partner });
  const open = mayWrite && (typed !== null || readers.opened === id);
  const text = desk.units.get(id)?.text ?? '';
  return {
    id,
    anchor: `picture-${id.replace(/[^A-Za-z0-9._-]/g, '_')}`,
    lesson: lessons[0] ?? '',
    lessons,
    drawing: lessonPackage.segments[id]?.drawing ?? null,
    text,
    hrefs: { open: openPicture(edition.tag, id), workbench: unitHref(edition.tag, lessons[0] ?? '', id) },
    picture: picture === null ? null : shown(t, desk, readers, picture),
    form: open ? formOf(t, picture, typed, text) : null,
  };
}

function shown(t: Translate, desk: Desk, { actor, names }: PictureReaders, picture: Picture): PictureRow['picture'] {
  const { edition } = desk.working;
  const subject = { partner: edition.partner };
  const me = actor.kind === 'person' ? actor.person.id : null;
  const waits = picture.reviewedBy === null;
  const mayReview = can(actor, 'unit:review', subject);
  return {
    src: pictureHref(edition.tag, picture.web),
    width: picture.width,
    height: picture.height,
    alt: picture.alt,
    creator: picture.credit.creator,
    licence: t(`material:licences.${licenceKey(picture.credit.licence)}`),
    source: picture.credit.source,
    by: names.get(picture.by) ?? '',
    at: picture.at,
    reviewedBy: waits ? null : (names.get(picture.reviewedBy ?? '') ?? ''),
    revision: picture.revision,
    review: waits && mayReview && picture.by !== me ? paths.pictureReview.to(edition.tag, picture.segment) : null,
    why: waits && (!mayReview || picture.by === me) ? t('material:pictures.another') : null,
    removal: can(actor, 'material:write', subject) ? paths.pictureRemoval.to(edition.tag, picture.segment) : null,
  };
}

/** Keys of texts hold no dots. */
const licenceKey = (licence: string): string => licence.replace(/\W/g, '');

function formOf(t: Translate, picture: Picture | null, typed: TypedPicture | null, text: string): PictureForm {
  const licence = typed?.licence ?? picture?.credit.licence ?? '';
  return {
    revision: picture?.revision ?? 0,
    hasPicture: picture !== null,
    alt: typed?.alt ?? picture?.alt ?? text,
    creator: typed?.creator ?? picture?.credit.creator ?? '',
    source: typed?.source ?? picture?.credit.source ?? '',
    reason: typed?.reason ?? picture?.reason ?? '',
    licences: pictureLicences.map((value) => ({
      value,
      text: t(`material:licences.${licenceKey(value)}`),
      chosen: value === licence,
    })),
    invalid: typed === null ? {} : { [typed.problem.field]: typed.problem.message },
  };
}
