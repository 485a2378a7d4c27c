import type { WordingRules } from '../../domain/checks/wording.ts';
import type { LessonId, LessonPackage, SegmentId } from '../../domain/package/lessonPackage.ts';
import { type EditionFiles, readEdition } from '../../formats/content/editionFiles.ts';
import { type GlossaryFile, readGlossaries } from '../../formats/content/glossaryFile.ts';
import { type HistoricRelease, historyOf } from '../../formats/content/historyOf.ts';
import { type ContentFiles, linesOf, readBaseline } from '../../formats/content/readBaseline.ts';
import { readReleases } from '../../formats/content/readReleases.ts';
import { readWording } from '../../formats/content/readWording.ts';
import { filesWithin } from '../../formats/content/within.ts';

/** Everything under `content/` that is written by hand, read. */
export type ContentTree = {
  readonly baseline: LessonPackage;
  /** Null where only some lessons were asked for: a part has no history. */
  readonly history: readonly HistoricRelease[] | null;
  readonly editions: readonly EditionFiles[];
  readonly wording: ReadonlyMap<string, WordingRules>;
  readonly glossaries: readonly GlossaryFile[];
  /** Where a segment's words stand: in the baseline, or in an edition. */
  readonly placeOf: (segment: SegmentId, edition?: string) => FilePlace | null;
};
export type FilePlace = { readonly file: string; readonly line: number };

/** Reads the files of `content/`. `lessons` leaves out all other lessons, the history and the editions. */
export function readContentTree(files: ContentFiles, lessons: readonly LessonId[] | null = null): ContentTree {
  const baselineFiles = lessons === null ? filesWithin(files, 'baseline/') : part(files, lessons);
  const baseline = readBaseline(baselineFiles);
  const wording = readWording(filesWithin(files, 'wording/'));
  const baselineLines = linesOf(baselineFiles);
  const editionFiles = filesWithin(files, 'editions/');
  const tags = [...new Set([...editionFiles.keys()].map((name) => name.split('/')[0] ?? ''))].sort();
  const own = lessons === null ? tags.map((tag) => [tag, filesWithin(editionFiles, `${tag}/`)] as const) : [];
  const editionLines = new Map(own.map(([tag, words]) => [tag, markerLines(words)]));
  return {
    baseline,
    history: lessons === null ? historyOf(baseline, readReleases(filesWithin(files, 'releases/'))) : null,
    editions: own.filter(([, words]) => words.has('edition.yaml')).map(([, words]) => readEdition(words)),
    wording,
    glossaries: lessons === null ? readGlossaries(filesWithin(files, 'glossary/')) : [],
    placeOf: (segment, edition) => {
      const place = edition === undefined ? baselineLines.get(segment) : editionLines.get(edition)?.get(segment);
      if (place === undefined) return null;
      const folder = edition === undefined ? 'baseline' : `editions/${edition}`;
      return { file: `content/${folder}/${place.file}`, line: place.line };
    },
  };
}

function part(files: ContentFiles, lessons: readonly LessonId[]): ContentFiles {
  const wanted = new Map(
    [...filesWithin(files, 'baseline/')].filter(([file]) => {
      const lesson = /^lessons\/(.+)\.md$/.exec(file)?.[1];
      return file !== 'order.yaml' && (lesson === undefined || lessons.includes(lesson));
    }),
  );
  return wanted.set('order.yaml', `[${lessons.join(', ')}]`);
}

/** Where the words of an edition stand. Escapes and fields do not matter here: only markers are looked for. */
function markerLines(files: ContentFiles): ReadonlyMap<SegmentId, FilePlace> {
  const found = new Map<SegmentId, FilePlace>();
  for (const [file, text] of files) {
    for (const [index, line] of text.split('\n').entries()) {
      const id = /^\[#([^\s\]]+)/.exec(line)?.[1];
      if (id !== undefined) found.set(id, { file, line: index + 1 });
    }
  }
  return found;
}
