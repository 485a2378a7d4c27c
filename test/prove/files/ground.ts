import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Store } from '../../../src/commands/ports.ts';
import { readLabels } from '../../../src/files/labels.ts';
import { type EditionFileKind, editionFileKinds, editionFileName } from '../../../src/formats/files/editionFile.ts';
import type { FileGroup } from '../../../src/formats/files/filesProgress.ts';
import { buildLessonPage } from '../../../src/formats/page/buildLessonPage.ts';
import type { LessonPage } from '../../../src/formats/page/lessonPage.ts';
import { plainText } from '../../../src/formats/page/plainText.ts';
import type { SheetLabels } from '../../../src/formats/typst/sheetLabels.ts';
import { loadEdition } from '../../../src/site/loadEdition.ts';
import { createPager, pagedLessons } from '../../../src/site/pagedLesson.ts';
import type { SiteEntry } from '../../../src/site/pointer.ts';
import { pointersIn } from '../product.ts';
import type { ExpectedEdition, ExpectedLesson, FileFormat, FileKind, PublishedFile } from './judge.ts';

/** What the editions' files have to hold, read from the store: never from a file. */
export async function expectedEditions(
  store: Store,
  tags: readonly string[],
  today: string,
  base: string | null,
): Promise<readonly ExpectedEdition[]> {
  const labelsOf = readLabels<SheetLabels>('sheet');
  const found: ExpectedEdition[] = [];
  for (const tag of tags) {
    const loaded = await loadEdition(store, tag, today);
    if (loaded === null) throw new Error(`the store has no edition ${tag}`);
    const lessons = (await pagedLessons(loaded, createPager(buildLessonPage), base)).filter(
      ({ gone }) => gone === null,
    );
    const { language, country } = loaded.edition;
    found.push({
      edition: tag,
      language,
      country,
      direction: lessons[0]?.page.imprint.direction ?? 'ltr',
      publication: loaded.publication.number,
      labels: labelsOf(language),
      lessons: lessons.map(({ page }) => expectedLesson(page)),
    });
  }
  return found;
}

function expectedLesson(page: LessonPage): ExpectedLesson {
  const { edition, lessonEdition, code, release } = page.imprint;
  return {
    edition,
    lesson: page.lesson,
    title: page.title,
    steps: page.steps.map(({ title }) => plainText([title])),
    help: page.help.lines.map(({ use, name, display, url }) => ({ use, name, display, url })),
    code: code ?? '',
    number: lessonEdition?.number ?? 0,
    on: lessonEdition?.on ?? '',
    release,
    page,
  };
}

const kinds: Readonly<Record<string, FileKind>> = {
  pack: 'pack',
  guide: 'guide',
  slides: 'slides',
  'slides-with-notes': 'slideNotes',
  book: 'book',
};
const formats = ['pdf', 'docx', 'pptx', 'epub', 'zip', 'imscc', 'html', 'atom'] as const satisfies FileFormat[];

/** Every file, page and feed of the editions, as their pointers name them. Pages that stand for a missing file are left out. */
export function publishedFiles(publicFolder: string, tags: readonly string[]): readonly PublishedFile[] {
  const told = pagesTold(publicFolder);
  const pointers = new Map(pointersIn(publicFolder).map((pointer) => [pointer.edition, pointer]));
  return tags.flatMap((tag) => {
    const entries = Object.entries(pointers.get(tag)?.entries ?? {});
    return entries.flatMap(([address, entry]) => {
      const format = formats.find((each) => entry.object.endsWith(`.${each}`));
      if (format === undefined || entry.code === 503) return [];
      return [published(publicFolder, tag, address, entry, format, told.get(entry.object) ?? null)];
    });
  });
}

function published(
  publicFolder: string,
  edition: string,
  address: string,
  entry: SiteEntry,
  format: FileFormat,
  pages: number | null,
): PublishedFile {
  const name = address.split('/').at(-1) ?? '';
  const lesson = /\/lessons\/([^/]+)/.exec(address)?.[1] ?? null;
  const kind = kindOf(address, name, format);
  const isPaper = format === 'pdf' && kind !== 'slides';
  const isFile = kind !== 'page' && kind !== 'feed';
  return {
    edition,
    lesson: lesson === null ? null : decodeURIComponent(lesson),
    name: isFile ? decodeURIComponent(name) : address,
    address,
    kind,
    format,
    paper: isPaper ? (name.endsWith('.letter.pdf') ? 'letter' : 'a4') : null,
    group: isFile ? groupOf(kind, format) : null,
    savedName: entry.fileName ?? null,
    mediaType: entry.mediaType,
    path: join(publicFolder, entry.object),
    bytes: entry.bytes,
    sha256: basename(entry.object).split('.')[0] ?? '',
    pages,
  };
}

function kindOf(address: string, name: string, format: FileFormat): FileKind {
  if (format === 'html') return 'page';
  if (format === 'atom') return 'feed';
  if (address.includes('/package/')) return editionFileKinds.find((kind) => editionFileName(kind) === name) ?? 'usb';
  return kinds[name.split('.')[0] ?? ''] ?? 'sheet';
}

const isOfEdition = (kind: FileKind): kind is EditionFileKind => editionFileKinds.some((each) => each === kind);

function groupOf(kind: FileKind, format: FileFormat): FileGroup {
  if (isOfEdition(kind)) return kind;
  if (format === 'docx') return 'word';
  if (kind === 'pack' || kind === 'book') return kind;
  if (kind === 'slides' || kind === 'slideNotes') return format === 'pptx' ? 'slides' : 'slidesPdf';
  return 'print';
}

/** By object: how many pages readers are told of. */
function pagesTold(publicFolder: string): ReadonlyMap<string, number | null> {
  const folder = join(publicFolder, 'built');
  return new Map(
    readdirSync(folder).map((name) => {
      const note: { entry: SiteEntry; pages: number | null } = JSON.parse(readFileSync(join(folder, name), 'utf8'));
      return [note.entry.object, note.pages];
    }),
  );
}
