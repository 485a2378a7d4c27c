import type { Edition } from '../../../domain/edition/edition.ts';
import type { LessonPackage, SegmentId } from '../../../domain/package/lessonPackage.ts';
import { normalText } from '../../../domain/package/text.ts';
import type { PlaceLink } from '../frame.ts';
import { lessonsNeeding } from '../today/loadDesk.ts';
import { unitHref } from '../workbench/hrefs.ts';

export type Found = {
  readonly name: string;
  /** Lesson or edition that it stands in. */
  readonly in: string | null;
  readonly href: string;
  /** Nothing else could have been meant. */
  readonly exact: boolean;
};

/** How a word is compared: without case in the reader's language, without accents. */
export const asTyped = (text: string, language: string): string =>
  normalText(text).toLocaleLowerCase(language).normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ı', 'i');

/** Places by their name. */
export function foundPlaces(places: readonly PlaceLink[], wanted: string, language: string): readonly Found[] {
  return places.flatMap(({ label, href }) => {
    const name = asTyped(label, language);
    return name.includes(wanted) ? [{ name: label, in: null, href, exact: name === wanted }] : [];
  });
}

const most = 30;

/** Segments by their id, each in the first lesson that needs it. */
export function foundSegments(
  edition: Pick<Edition, 'tag'>,
  lessonPackage: LessonPackage,
  wanted: string,
): readonly Found[] {
  const ids: SegmentId[] = Object.keys(lessonPackage.segments).filter((id) => id.toLowerCase().includes(wanted));
  const shortest = ids.sort((one, other) => one.length - other.length || one.localeCompare(other)).slice(0, most);
  return shortest.flatMap((id) => {
    const [lesson] = lessonsNeeding(lessonPackage, id);
    if (lesson === undefined) return [];
    return [{ name: id, in: lesson, href: unitHref(edition.tag, lesson, id), exact: id.toLowerCase() === wanted }];
  });
}
