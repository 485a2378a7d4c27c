import type { Actor } from '../../../domain/access/access.ts';
import { can } from '../../../domain/access/can.ts';
import { addableKinds } from '../../../domain/edition/material.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import type { Desk } from '../today/loadDesk.ts';
import { openPicture, pictureHref } from './pictureRows.ts';

/** What an open row of the workbench offers of the edition's own: a text after it, a picture in it, taking it out. */
export type OpenRowMaterial = {
  readonly segment: string;
  readonly add: {
    readonly href: string;
    readonly kinds: readonly { readonly kind: string; readonly text: string }[];
  } | null;
  readonly own: {
    readonly by: string;
    readonly reason: string;
    readonly revision: number;
    readonly change: string | null;
    readonly lesson: string | null;
  } | null;
  readonly picture: {
    readonly href: string;
    readonly src: string | null;
    readonly alt: string;
    readonly width: number;
    readonly height: number;
  } | null;
};

/** Of the row of a lesson that is open; null where none is. */
export function openRowMaterial(
  t: Translate,
  desk: Desk,
  actor: Actor,
  at: { readonly lesson: string; readonly segment: string | null },
  names: ReadonlyMap<string, string>,
): OpenRowMaterial | null {
  const { lesson, segment } = at;
  const { edition, lessonPackage, material, ledger } = desk.working;
  if (segment === null) return null;
  const mayWrite = can(actor, 'material:write', { partner: edition.partner });
  const local = material?.segments.get(segment);
  const ownLesson = material?.lessons.has(lesson) ?? false;
  const placed = lessonPackage.lessons
    .find((each) => each.id === lesson)
    ?.sections.some((section) => section.placements.some((placement) => placement.segment === segment));
  const isPicture = lessonPackage.segments[segment]?.kind === 'picture';
  const picture = material?.pictures.get(segment);
  return {
    segment,
    add:
      mayWrite && !ownLesson && placed
        ? {
            href: paths.addition.to(edition.tag, lesson),
            kinds: addableKinds.map((kind) => ({ kind, text: t(`desk:segmentKinds.${kind}`) })),
          }
        : null,
    own:
      local === undefined
        ? null
        : {
            by: names.get(local.by) ?? '',
            reason: ledger.get(segment)?.reason ?? '',
            revision: local.revision,
            change: mayWrite && !ownLesson ? paths.addedSegment.to(edition.tag, segment) : null,
            lesson: ownLesson ? paths.ownLesson.to(edition.tag, lesson) : null,
          },
    picture: isPicture
      ? {
          href: openPicture(edition.tag, segment),
          src: picture === undefined ? null : pictureHref(edition.tag, picture.web),
          alt: picture?.alt ?? '',
          width: picture?.width ?? 0,
          height: picture?.height ?? 0,
        }
      : null,
  };
}
