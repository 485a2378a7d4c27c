import type { FileGroup } from '../../../src/formats/files/filesProgress.ts';
import type { Paper } from '../../../src/formats/files/lessonFile.ts';
import type { LessonPage } from '../../../src/formats/page/lessonPage.ts';
import type { SheetLabels } from '../../../src/formats/typst/sheetLabels.ts';

/** What a published file is: one of a lesson, one of the whole edition, or a page or feed of the site. */
export const fileKinds = [
  'pack',
  'guide',
  'sheet',
  'slides',
  'slideNotes',
  'book',
  'usb',
  'wholeBook',
  'scorm',
  'cartridge',
  'page',
  'feed',
] as const;
export type FileKind = (typeof fileKinds)[number];

/** How its bytes are to be read: the end of its name. */
export type FileFormat = 'pdf' | 'docx' | 'pptx' | 'epub' | 'zip' | 'imscc' | 'html' | 'atom';

/** One published file: where it lies, whose it is, what the manifest says of it. */
export type PublishedFile = {
  readonly edition: string;
  /** Null for files and pages of the whole edition. */
  readonly lesson: string | null;
  /** `pack.letter.pdf`; of pages their address. */
  readonly name: string;
  /** Address on the site: `/tr-TR/lessons/B4/pack.letter.pdf`. */
  readonly address: string;
  readonly kind: FileKind;
  readonly format: FileFormat;
  /** Null where a file has no paper of its own. */
  readonly paper: Paper | null;
  /** What the desk counts it with; null for pages and feeds. */
  readonly group: FileGroup | null;
  /** The name to save under; null for pages and feeds. */
  readonly savedName: string | null;
  readonly mediaType: string;
  /** Absolute path of the bytes, with the ending of its format. */
  readonly path: string;
  /** As the manifest says. */
  readonly bytes: number;
  /** As the manifest says: the hash of the bytes, hexadecimal. */
  readonly sha256: string;
  /** Pages that readers are told of; null where none are told. */
  readonly pages: number | null;
};

export type Check = {
  /** What is shown, in the same words for every file: `the fonts are the project’s and embedded`. */
  readonly what: string;
  readonly passed: boolean;
  /** What was found, in few words; of a failure enough to find the place. */
  readonly found: string;
};

export type Verdict = {
  readonly edition: string;
  readonly lesson: string | null;
  readonly name: string;
  readonly kind: FileKind;
  readonly format: FileFormat;
  readonly checks: readonly Check[];
};

/** A number or an address to turn to, as the store has it. */
export type ExpectedHelp = {
  readonly use: string;
  readonly name: string;
  /** `116 111`; empty where there is only an address. */
  readonly display: string;
  readonly url: string;
};

/** What a lesson's files have to hold: from the store's words and facts, never from a file. */
export type ExpectedLesson = {
  readonly edition: string;
  readonly lesson: string;
  /** Plain text. */
  readonly title: string;
  /** Titles of the steps in their order, plain text. */
  readonly steps: readonly string[];
  /** In the order in which they are printed; the first ones are the numbers to call. */
  readonly help: readonly ExpectedHelp[];
  /** `B4`'s code as it is printed. */
  readonly code: string;
  /** Number of the lesson edition. */
  readonly number: number;
  readonly on: string;
  readonly release: string;
  /** Everything else; the page model is what all formats are made from. */
  readonly page: LessonPage;
};

export type ExpectedEdition = {
  readonly edition: string;
  readonly language: string;
  readonly country: string;
  readonly direction: 'ltr' | 'rtl';
  readonly publication: number;
  /** The words around the lessons. */
  readonly labels: SheetLabels;
  /** The lessons that can be read now, in the order of teaching. */
  readonly lessons: readonly ExpectedLesson[];
};

/** Everything that a judge needs. */
export type Ground = {
  /** Absolute path. */
  readonly publicFolder: string;
  /** What stands before every public address on paper, without a slash at the end; null where nothing may be printed. */
  readonly base: string | null;
  readonly files: readonly PublishedFile[];
  readonly editions: readonly ExpectedEdition[];
  /** An empty folder of the judge's own, removed at the end. */
  readonly workFolder: string;
};

/** Judges the files that it knows, one verdict each; a file may get verdicts of several judges. */
export type Judge = {
  readonly name: string;
  readonly judge: (ground: Ground, say: (progress: string) => void) => Promise<readonly Verdict[]>;
};

/** One check in short; `found` is told when it failed. */
export const check = (what: string, passed: boolean, found: string): Check => ({ what, passed, found });

/** The verdict about a file. */
export function verdictOn(file: PublishedFile, checks: readonly Check[]): Verdict {
  const { edition, lesson, name, kind, format } = file;
  return { edition, lesson, name, kind, format, checks };
}

/** What is expected of the lesson of a file; throws where the ground does not know it. */
export function lessonOf(ground: Ground, file: PublishedFile): ExpectedLesson {
  const found = editionOf(ground, file).lessons.find(({ lesson }) => lesson === file.lesson);
  if (found === undefined) throw new Error(`${file.address}: nothing is expected of the lesson ${file.lesson}`);
  return found;
}

/** What is expected of the edition of a file; throws where the ground does not know it. */
export function editionOf(ground: Ground, file: PublishedFile): ExpectedEdition {
  const found = ground.editions.find(({ edition }) => edition === file.edition);
  if (found === undefined) throw new Error(`${file.address}: nothing is expected of the edition ${file.edition}`);
  return found;
}
