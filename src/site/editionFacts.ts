import { addDays } from '../domain/time.ts';
import { editionFileName } from '../formats/files/editionFile.ts';
import { fileNameOf, papersOf } from '../formats/files/lessonFile.ts';
import type { Help, HelpLine } from '../formats/page/lessonPage.ts';
import { plainText } from '../formats/page/plainText.ts';
import { addresses } from './addresses.ts';
import { sha256Of } from './builtFiles.ts';
import type { FileStates } from './fileStates.ts';
import { editionStanding } from './freshness.ts';
import type { LoadedEdition } from './loadEdition.ts';
import type { PagedLesson } from './pagedLesson.ts';
import { type EditionFacts, fileFormats, formats, type LessonRow, type RowFile } from './pointer.ts';
import { segmentsIn, setsTouching } from './setNotes.ts';

/** Days for which a changed lesson carries its sign in the list. */
const changeShownFor = 60;

const uses: readonly HelpLine['use'][] = ['child', 'crisis', 'danger', 'report', 'removal'];

/** The help of the whole edition: every line that any of its lessons prints, once. */
export function helpOfEdition(lessons: readonly Pick<PagedLesson, 'page'>[]): Help {
  const helps = lessons.map(({ page }) => page.help);
  const lines = new Map(helps.flatMap(({ lines: each }) => each).map((line) => [line.key, line]));
  const checks = helps.map(({ checkedOn }) => checkedOn);
  const suspended = [...new Set(helps.flatMap((help) => help.suspended ?? []))];
  return {
    lines: [...lines.values()].sort((one, other) => uses.indexOf(one.use) - uses.indexOf(other.use)),
    checkedOn: checks.includes(null) ? null : (checks.sort()[0] ?? null),
    ...(suspended.length > 0 ? { suspended } : {}),
  };
}

function rowOf(loaded: LoadedEdition, lesson: PagedLesson, files: FileStates): LessonRow {
  const { page } = lesson;
  const pack = { kind: 'pack', format: 'pdf', paper: papersOf(loaded.edition.country)[0] } as const;
  const state = files.of(lesson, pack);
  const touched = setsTouching(loaded.newest.releases, page.lesson, new Set(segmentsIn(lesson.published.lesson)));
  const since = addDays(loaded.newest.today, -changeShownFor);
  const last = touched.findLast(({ note }) => note.severity !== 'editorial' && note.on >= since)?.note;
  return {
    lesson: page.lesson,
    title: page.title,
    ...(page.national ? { national: true as const } : {}),
    sentence: plainText(page.lead[0]?.paragraphs ?? [], 'isolated'),
    band: page.band,
    ages: page.ages,
    ...(page.adults ? { adults: page.adults } : {}),
    minutes: page.minutes,
    screens: page.screens,
    topics: page.topics,
    formats: formats.filter((format) =>
      format === 'slides' ? page.slides.length > 0 : page.sheetsToPrint.some(({ kind }) => kind === format),
    ),
    files: rowFiles(loaded.edition.tag, lesson, files),
    print:
      state.kind === 'failed'
        ? null
        : {
            href: addresses.file(loaded.edition.tag, page.lesson, fileNameOf(pack)),
            bytes: state.kind === 'built' ? state.built.entry.bytes : null,
          },
    change: last ? { severity: last.severity, on: last.on } : null,
  };
}

/** The first file of every format: the pack, the guide, the slides, the book. */
function rowFiles(tag: string, lesson: PagedLesson, files: FileStates): readonly RowFile[] {
  const found = new Map<RowFile['format'], RowFile>();
  for (const file of files.filesOf(lesson)) {
    const state = files.of(lesson, file);
    if (found.has(file.format) || state.kind === 'failed') continue;
    const href = addresses.file(tag, lesson.page.lesson, fileNameOf(file));
    found.set(file.format, {
      format: file.format,
      href,
      bytes: state.kind === 'built' ? state.built.entry.bytes : null,
    });
  }
  return fileFormats.flatMap((format) => found.get(format) ?? []);
}

function fileRows(tag: string, files: FileStates): EditionFacts['files'] {
  return files.ofEdition.map(({ kind, state }) => ({
    kind,
    href: addresses.editionFile(tag, editionFileName(kind)),
    bytes: state.kind === 'built' ? state.built.entry.bytes : null,
    sha256: state.kind === 'built' ? sha256Of(state.built) : null,
    failed: state.kind === 'failed',
  }));
}

export function factsOfEdition(
  loaded: LoadedEdition,
  lessons: readonly PagedLesson[],
  files: FileStates,
): EditionFacts {
  const { edition, publication, newest } = loaded;
  const readable = lessons.filter(({ gone }) => gone === null);
  return {
    tag: edition.tag,
    language: edition.language,
    country: edition.country,
    demonstration: edition.demonstration || publication.demonstration,
    exitUrl: edition.exitUrl,
    publication: { number: publication.number, on: publication.on },
    standing: editionStanding(
      lessons.filter(({ recall }) => recall === null).map(({ standing }) => standing),
      newest.releases.at(-1)?.number ?? '',
    ),
    releases: newest.releases.map(({ number, on, severity }) => ({ number, on, severity })),
    help: helpOfEdition(lessons),
    rows: readable.map((lesson) => rowOf(loaded, lesson, files)),
    files: fileRows(edition.tag, files),
    gone: lessons.flatMap(({ gone, page }) => (gone ? [{ lesson: page.lesson, title: page.title, why: gone }] : [])),
  };
}
