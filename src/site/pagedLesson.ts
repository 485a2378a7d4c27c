import { breathe } from '../breathe.ts';
import type { Edition } from '../domain/edition/edition.ts';
import type { Publication, PublicationLesson, PublishedLesson } from '../domain/edition/publication.ts';
import { standsOn } from '../domain/edition/standsOn.ts';
import type { Hash } from '../domain/release/release.ts';
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

/** The page of a published lesson, by its hash. */
export type PageOf = (hash: Hash, published: PublishedLesson, imprint: Imprint) => LessonPage;

/** Pages are made from the same words several times in one publication: the last ones are kept. */
export function createPager(renderLesson: RenderLesson, most = 48): PageOf {
  const kept = new Map<string, LessonPage>();
  return (hash, published, imprint) => {
    const key = JSON.stringify([hash, imprint]);
    const page = kept.get(key) ?? renderLesson(published, imprint);
    kept.delete(key);
    kept.set(key, page);
    const oldest = kept.keys().next();
    if (kept.size > most && !oldest.done) kept.delete(oldest.value);
    return page;
  };
}

/** Readers are served between two lessons. */
export async function pagedLessons(
  { edition, publication, lessons }: LoadedEdition,
  pageOf: PageOf,
  base: string | null,
): Promise<readonly PagedLesson[]> {
  const paged: PagedLesson[] = [];
  for (const lesson of lessons) {
    await breathe();
    const { entry, published } = lesson;
    paged.push({ ...lesson, page: pageOf(entry.hash, published, imprintOf(edition, publication, entry, base)) });
  }
  return paged;
}
