import { fileNameOf, type LessonFile, mediaTypes, savedName } from '../../formats/files/lessonFile.ts';
import type { LessonPage, LessonSheet } from '../../formats/page/lessonPage.ts';
import { addresses } from '../addresses.ts';
import { sha256Of } from '../builtFiles.ts';
import type { FileState } from '../fileStates.ts';

/** A file that a lesson offers, and whether it is there. */
export type OfferedFile = { readonly file: LessonFile; readonly state: FileState };

/** One way to have something: `PDF A4`, its address, its size where it is there. */
export type DownloadLink = {
  readonly format: string;
  readonly mediaType: string;
  readonly href: string;
  readonly bytes: number | null;
  readonly pages: number | null;
  readonly failed: boolean;
};

/** A row of the downloads: one use, and the formats that it comes in. */
export type DownloadRow = {
  readonly kind: 'guide' | 'slides' | 'slideNotes' | 'book' | LessonSheet['kind'];
  /** Of sheets: their own title, in the language of the lesson. */
  readonly title: string | null;
  readonly pages: number | null;
  readonly links: readonly DownloadLink[];
};

export type Downloads = {
  /** Everything to print: the country's paper, then the other one. */
  readonly pack: DownloadLink | null;
  readonly packElse: readonly DownloadLink[];
  readonly rows: readonly DownloadRow[];
  /** What proves that a file is whole: its saved name and the hash of its bytes. */
  readonly sums: readonly { readonly name: string; readonly sha256: string }[];
};

const papers = { a4: ' A4', letter: ' Letter' } as const;
const formatOf = ({ format, paper }: LessonFile): string =>
  format.toUpperCase() + (paper === null ? '' : papers[paper]);

const useOf = (file: LessonFile): string => (file.kind === 'sheet' ? `sheet ${file.name}` : file.kind);

/** The downloads by their use, the most important first. `fileHref` is where the files of a preview are. */
export function downloadsOf(
  page: LessonPage,
  offered: readonly OfferedFile[],
  fileHref: (name: string) => string = (name) => addresses.file(page.imprint.edition, page.lesson, name),
): Downloads {
  const linkOf = ({ file, state }: OfferedFile): DownloadLink => ({
    format: formatOf(file),
    mediaType: mediaTypes[file.format],
    href: fileHref(fileNameOf(file)),
    bytes: state.kind === 'built' ? state.built.entry.bytes : null,
    pages: state.kind === 'built' ? state.built.pages : null,
    failed: state.kind === 'failed',
  });
  const rowOf = (files: readonly OfferedFile[]): DownloadRow | null => {
    const [first] = files;
    if (first === undefined || first.file.kind === 'pack') return null;
    const { file } = first;
    const sheet = file.kind === 'sheet' ? page.sheetsToPrint.find(({ name }) => name === file.name) : undefined;
    const links = files.map(linkOf);
    return {
      kind: file.kind === 'sheet' ? (sheet?.kind ?? 'handout') : file.kind,
      title: sheet?.title ?? null,
      pages: links[0]?.pages ?? null,
      links,
    };
  };
  const byUse = Map.groupBy(offered, ({ file }) => useOf(file));
  const [pack = null, ...packElse] = (byUse.get('pack') ?? []).map(linkOf);
  return {
    pack,
    packElse,
    rows: [...byUse.values()].flatMap((files) => rowOf(files) ?? []),
    sums: offered.flatMap(({ file, state }) =>
      state.kind === 'built' ? [{ name: savedName(page, file), sha256: sha256Of(state.built) }] : [],
    ),
  };
}
