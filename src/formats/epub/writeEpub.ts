import { strToU8 } from 'fflate';
import type { SegmentId } from '../../domain/package/lessonPackage.ts';
import { drawnSvg } from '../drawing/drawnSvg.ts';
import { fixedZip } from '../fixedZip.ts';
import { altTexts } from '../page/altTexts.ts';
import type { LessonPage } from '../page/lessonPage.ts';
import { countryName, documentOf, frameOf } from '../typst/frame.ts';
import type { SheetLabels } from '../typst/sheetLabels.ts';
import {
  type BookAbout,
  type BookFile,
  type BookLesson,
  container,
  navXhtml,
  packageXml,
  pageXhtml,
} from './bookParts.ts';
import type { BookLabels, ChapterSetting, EpubPicture, EpubPictures } from './bookSetting.ts';
import { bookStyle } from './bookStyle.ts';
import { guideChapter, sheetChapter } from './chapters.ts';

/** A lesson's page with the pictures that it places. */
export type LessonWithPictures = { readonly page: LessonPage; readonly pictures: EpubPictures };
export type EpubLabels = { readonly sheet: SheetLabels; readonly book: BookLabels };

/** Of a draft, which has no day. */
const noDay = '1980-01-01';
const fileTypes = { jpeg: 'jpg', png: 'png', webp: 'webp' } as const;

const tagOf = ({ imprint }: LessonPage): string => `${imprint.language.split('-')[0]}-${imprint.country.split('-')[0]}`;

/** The files of a book, each once: a picture that many lessons show is one file. */
function shelfOfFiles(): {
  readonly put: (ending: string, type: string, bytes: Uint8Array) => string;
  readonly files: readonly BookFile[];
} {
  const files: BookFile[] = [];
  return {
    files,
    put: (ending, type, bytes) => {
      const known = files.find((file) => file.type === type && Buffer.compare(file.bytes, bytes) === 0);
      if (known !== undefined) return known.path;
      const path = `pictures/${files.length + 1}.${ending}`;
      files.push({ path, type, bytes });
      return path;
    },
  };
}

type Shelf = ReturnType<typeof shelfOfFiles>;

function putPicture(picture: EpubPicture, page: LessonPage, shelf: Shelf): string {
  if (picture.kind === 'file') return shelf.put(fileTypes[picture.type], `image/${picture.type}`, picture.bytes);
  return shelf.put('svg', 'image/svg+xml', strToU8(drawnSvg(picture.drawing, tagOf(page), page.imprint.direction)));
}

function lessonOf({ page, pictures }: LessonWithPictures, labels: SheetLabels, shelf: Shelf): BookLesson {
  const alts = altTexts(page);
  const pictureOf = (segment: SegmentId): { path: string; alt: string } => {
    const picture = pictures[segment];
    if (picture === undefined) throw new Error(`There is no picture for ${segment}`);
    return { path: `../${putPicture(picture, page, shelf)}`, alt: alts.get(segment) ?? '' };
  };
  const { qr } = frameOf(page, labels, [], []).imprint;
  const qrPath = qr === null ? '' : `../${shelf.put('svg', 'image/svg+xml', strToU8(qr.svg))}`;
  const setting: ChapterSetting = { labels, pictureOf, qrPath };
  return {
    title: `${page.lesson}: ${page.title}`,
    chapters: [guideChapter(page, setting), ...page.sheetsToPrint.map((sheet) => sheetChapter(page, sheet, setting))],
  };
}

/** The newest day and the newest release among lessons. */
function newest(pages: readonly LessonPage[]): { readonly on: string; readonly release: string } {
  const days = pages.map(({ imprint }) => imprint.lessonEdition?.on ?? noDay).sort();
  const inOrder = new Intl.Collator('en', { numeric: true });
  const releases = pages.map(({ imprint }) => imprint.release).sort(inOrder.compare);
  return { on: days.at(-1) ?? noDay, release: releases.at(-1) ?? '' };
}

function bound(
  about: BookAbout,
  lessons: readonly BookLesson[],
  files: readonly BookFile[],
  navFirst: boolean,
): Uint8Array {
  const written = (path: string, words: string): { path: string; bytes: Uint8Array } => ({
    path,
    bytes: strToU8(words),
  });
  const pages = lessons.flatMap(({ chapters }) =>
    chapters.map(({ path, title, body }) => written(`book/${path}`, pageXhtml(about, title, '../', body))),
  );
  return fixedZip(
    [
      { ...written('mimetype', 'application/epub+zip'), stored: true },
      written('META-INF/container.xml', container),
      written('book/book.opf', packageXml(about, lessons, files, navFirst)),
      written('book/nav.xhtml', navXhtml(about, lessons)),
      written('book/book.css', bookStyle),
      ...pages,
      ...files.map(({ path, bytes }) => ({ path: `book/${path}`, bytes })),
    ],
    about.on,
  );
}

function aboutOf(
  page: LessonPage,
  title: string,
  name: string,
  pages: readonly LessonPage[],
  labels: EpubLabels,
): BookAbout {
  return {
    ...{ title, name, language: tagOf(page), direction: page.imprint.direction },
    description: documentOf(page, page.title, labels.sheet).description,
    ...newest(pages),
    licence: page.imprint.licence,
    contents: labels.book.contents,
    accessibility: labels.book.accessibility,
  };
}

/**
 * One lesson as an EPUB 3: the guide and every sheet, a chapter each. `pictures` holds every picture that the lesson
 * places, by its segment; throws when one is missing. Same input, same bytes.
 */
export function writeLessonEpub(page: LessonPage, labels: EpubLabels, pictures: EpubPictures = {}): Uint8Array {
  const shelf = shelfOfFiles();
  const lesson = lessonOf({ page, pictures }, labels.sheet, shelf);
  const about = aboutOf(page, lesson.title, `${page.imprint.edition} ${page.lesson}`, [page], labels);
  return bound(about, [lesson], shelf.files, false);
}

/** All lessons of an edition as one EPUB 3, in the order given. Throws for none. */
export function writeEditionEpub(lessons: readonly LessonWithPictures[], labels: EpubLabels): Uint8Array {
  const [first] = lessons;
  if (first === undefined) throw new Error('A book needs a lesson');
  const shelf = shelfOfFiles();
  const all = lessons.map((lesson) => lessonOf(lesson, labels.sheet, shelf));
  const title = labels.book.lessonsOf.replace('{{country}}', () => countryName(first.page.imprint));
  const pages = lessons.map(({ page }) => page);
  return bound(aboutOf(first.page, title, first.page.imprint.edition, pages, labels), all, shelf.files, true);
}
