import { setImmediate as breathe } from 'node:timers/promises';
import type { Edition, Publication, PublicationLesson, PublishedLesson } from '../domain/edition/edition.ts';
import { standsOn } from '../domain/edition/standsOn.ts';
import type { Imprint, LessonPage } from '../formats/page/lessonPage.ts';
import { addresses } from './addresses.ts';
import { directionOf } from './languages.ts';
import type { LoadedEdition, LoadedLesson } from './loadEdition.ts';

/** A lesson with its page, before its files are known. */
export type PagedLesson = LoadedLesson & { readonly page: LessonPage };
export type RenderLesson = (published: PublishedLesson, imprint: Imprint) => LessonPage;

/** `https://headwater.example`; null where the address is this machine's own: never a loopback address on paper. */
export function printableBase(baseUrl: string | null | undefined): string | null {
  if (!baseUrl || !URL.canParse(baseUrl)) return null;
  const { hostname, origin } = new URL(baseUrl);
  return /^(localhost|.*\.localhost|127\..*|0\.0\.0\.0|\[::1?\])$/.test(hostname) ? null : origin;
}

/** Where every copy of a lesson comes from. */
export function imprintOf(
  edition: Edition,
  publication: Publication,
  entry: PublicationLesson,
  base: string | null,
): Imprint {
  return {
    edition: edition.tag,
    country: edition.country,
    language: edition.language,
    direction: directionOf(edition.language),
    demonstration: edition.demonstration || publication.demonstration,
    draft: false,
    release: standsOn(entry),
    lessonEdition: entry.lessonEdition,
    code: entry.code,
    verifyUrl: base && `${base}${addresses.verifyCode(entry.code)}`,
    verifyLabel: base && `${base.replace(/^https?:\/\//, '')}${addresses.verify}`,
    licence: 'CC BY-SA 4.0',
  };
}

/** The lessons with their pages; between two of them others are served. */
export async function pagedLessons(
  { edition, publication, lessons }: LoadedEdition,
  renderLesson: RenderLesson,
  base: string | null,
): Promise<readonly PagedLesson[]> {
  const paged: PagedLesson[] = [];
  for (const lesson of lessons) {
    await breathe();
    const page = renderLesson(lesson.published, imprintOf(edition, publication, lesson.entry, base));
    paged.push({ ...lesson, page });
  }
  return paged;
}
