import type { EditionTag } from '../domain/edition/edition.ts';
import type { AdultKind, Band, LessonId, SegmentId, Topic } from '../domain/package/lessonPackage.ts';
import type { Hash, ReleaseNumber, Severity } from '../domain/release/release.ts';
import type { Day } from '../domain/time.ts';
import type { EditionFileKind } from '../formats/files/editionFile.ts';
import type { LessonFile } from '../formats/files/lessonFile.ts';
import type { Help } from '../formats/page/lessonPage.ts';
import type { Told } from '../formats/page/told.ts';

/** One address of the public site and the object that answers it. */
export type SiteEntry = {
  /** Path below the public folder: `objects/ab/<sha256>.html`. */
  readonly object: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly etag: string;
  /** 410 for what was taken back, 503 for a file that is being made; else 200. */
  readonly code?: number;
  /** The same bytes compressed. */
  readonly gzip?: string;
  readonly brotli?: string;
  /** Of pages that show pictures of this site. */
  readonly pictures?: true;
  /** Of pages: `sha256-…` of the style inside. */
  readonly style?: string;
  /** Of pages with a way out: `sha256-…` of the script inside. */
  readonly script?: string;
  /** Of files: the name to save under. */
  readonly fileName?: string;
};

/** A set of the baseline that readers are told about. */
export type SetNote = {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly summary: string;
  readonly reason: string;
  readonly release: ReleaseNumber;
  readonly on: Day;
  readonly due: Day | null;
};

/**
 * Where a published lesson stands against the newest release. `newer`: a content change waits, for less than 60 days.
 * `withheld`: a safety change was due and has not come.
 */
export type Standing = {
  readonly kind: 'current' | 'newer' | 'behind' | 'safety' | 'withheld';
  readonly release: ReleaseNumber;
  readonly newest: ReleaseNumber;
  readonly behind: number;
  readonly due: Day | null;
  /** The sets that wait, oldest first. */
  readonly sets: readonly SetNote[];
  /** Segments whose words a safety change overtook: not to be taught. */
  readonly avoid: readonly SegmentId[];
};

/** What a lesson has beside its guide. */
export const formats = ['handout', 'cards', 'slides', 'letter'] as const;
export type Format = (typeof formats)[number];

/** The forms that a file can be asked for in. */
export const fileFormats = ['pdf', 'docx', 'pptx', 'epub'] as const satisfies readonly LessonFile['format'][];

/** A file of a lesson for those who want it in this form; without a size until it is made. */
export type RowFile = { readonly format: LessonFile['format']; readonly href: string; readonly bytes: number | null };

/** A lesson in the table of contents of its edition. */
export type LessonRow = {
  readonly lesson: LessonId;
  readonly title: string;
  /** A lesson of the national partner's own. */
  readonly national?: true;
  readonly sentence: string;
  readonly band: Band;
  readonly ages: readonly [number, number] | null;
  /** Of a session for adults; absent where it is for all of them. */
  readonly adults?: AdultKind;
  readonly minutes: number;
  readonly screens: 'none' | 'optional';
  readonly topics: readonly Topic[];
  /** What it has to hand out or to show; absent in folders of before it was told. */
  readonly formats?: readonly Format[];
  /** The most important file of each format; absent in folders of before it was told. */
  readonly files?: readonly RowFile[];
  /** The class pack; without a size until it is made, null where it cannot be. */
  readonly print: { readonly href: string; readonly bytes: number | null } | null;
  /** The last change of the baseline in it, for 60 days. */
  readonly change: { readonly severity: Severity; readonly on: Day } | null;
};

export type EditionFileRow = {
  readonly kind: EditionFileKind;
  readonly href: string;
  readonly bytes: number | null;
  readonly sha256: Hash | null;
  readonly failed: boolean;
};

/** The newest releases, for the drawing of where an edition stands. */
export type ReleaseNote = { readonly number: ReleaseNumber; readonly on: Day; readonly severity: Severity };

/** What the head page of an edition says; also drawn anew for every choice of filters. */
export type EditionFacts = {
  readonly tag: EditionTag;
  readonly language: string;
  readonly country: string;
  readonly demonstration: boolean;
  readonly exitUrl: string;
  readonly publication: { readonly number: number; readonly on: Day };
  readonly standing: Omit<Standing, 'avoid'>;
  readonly releases: readonly ReleaseNote[];
  readonly help: Help;
  readonly rows: readonly LessonRow[];
  /** The files of the whole edition, in the order of importance; without a size while they are being made. */
  readonly files: readonly EditionFileRow[];
  /** Lessons that cannot be read now; their pages say why. */
  readonly gone: readonly { readonly lesson: LessonId; readonly title: string; readonly why: GoneKind }[];
};

export type GoneKind = 'recalled' | 'withheld' | 'withdrawn' | 'leftOut';

/** The one small file that decides what readers of an edition see. */
export type EditionPointer = {
  readonly format: 1;
  readonly edition: EditionTag;
  /** Null after a withdrawal. */
  readonly publication: number | null;
  readonly root: Hash | null;
  readonly entries: Readonly<Record<string, SiteEntry>>;
  readonly facts: EditionFacts;
  /** The object with every code ever printed. */
  readonly codes: string;
  /** The recalls in force that these pages obey, by id; absent in folders of before it was told. */
  readonly recalls?: readonly string[];
  /** The object with the search index, and what it was made from; absent in folders of before there was one. */
  readonly search?: { readonly object: string; readonly source: string };
};

/** What `/verify` says about one printed code. */
export type CodeRow = {
  readonly code: string;
  readonly lesson: LessonId;
  readonly title: string;
  readonly number: number;
  readonly on: Day;
  readonly release: ReleaseNumber;
  readonly verdict: 'current' | 'replaced' | GoneKind;
  /** Of `replaced`: the publication that replaced it. */
  readonly since: Day | null;
  readonly now: { readonly number: number; readonly on: Day; readonly release: ReleaseNumber } | null;
  /** The numbers printed on it and whether the edition still prints them. */
  readonly phones: readonly { readonly display: string; readonly right: boolean }[];
  readonly changes: readonly Told[];
  readonly recall: { readonly id: string; readonly reason: string; readonly instead: string } | null;
};

/** All editions in short; for the home page. */
export type SiteIndex = {
  readonly format: 1;
  readonly releases: readonly (ReleaseNote & { readonly summary: string })[];
  readonly latestSafety: SetNote | null;
  readonly editions: readonly IndexEdition[];
};

/** Every release with its sets, oldest first; for `/baseline/changes`. */
export type BaselineHistory = {
  readonly format: 1;
  readonly releases: readonly (ReleaseNote & {
    readonly summary: string;
    readonly root: Hash;
    readonly sets: readonly SetNote[];
  })[];
};

export type IndexEdition = {
  readonly tag: EditionTag;
  readonly language: string;
  readonly country: string;
  readonly demonstration: boolean;
  readonly publication: number;
  readonly on: Day;
  readonly release: ReleaseNumber;
  readonly standing: Standing['kind'];
  readonly behind: number;
  /** Safety sets that wait. */
  readonly waiting: readonly { readonly id: string; readonly release: ReleaseNumber }[];
  /** The recalls that its pages obey, by id. */
  readonly recalls?: readonly string[];
};
