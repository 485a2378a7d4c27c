import type { Hash } from '../../domain/release/release.ts';
import type { Day } from '../../domain/time.ts';
import type { Help, LessonPage } from '../page/lessonPage.ts';
import type { Place, Told } from '../page/told.ts';

/** A file of a lesson that goes into a bundle as it is: a PDF, a deck, an editable copy. */
export type BundleFile = {
  /** The name to save under, unique in its lesson: `b4-five-steps_tr-TR_12_a4.pdf`. */
  readonly name: string;
  /** What it is, in the edition's language: `Ders paketi`, or the title of a sheet. */
  readonly label: string;
  readonly bytes: Uint8Array;
};

/** A safety change of the baseline that the lesson has not taken in on the day of packing. */
export type BundleSafety = {
  readonly sets: readonly Told[];
  /** Parts that must not be taught until then; steps by number. */
  readonly avoid: readonly Place[];
  readonly due: Day | null;
};

export type BundleLesson = {
  readonly page: LessonPage;
  /** Null for nearly all: nothing about safety waits. */
  readonly safety: BundleSafety | null;
  /** In the order in which a teacher wants them. */
  readonly files: readonly BundleFile[];
  /** The bytes of the pictures that its page shows, by the hash that the page names. */
  readonly pictures: ReadonlyMap<Hash, Uint8Array>;
};

/** What is true of the whole edition on the day of the publication that is packed. */
export type BundleEdition = {
  readonly tag: string;
  readonly language: string;
  readonly country: string;
  readonly demonstration: boolean;
  /** Where *Exit this page* leads; empty for nowhere. */
  readonly exitUrl: string;
  readonly publication: { readonly number: number; readonly on: Day; readonly root: Hash };
  /** The oldest release of the baseline that a lesson of it stands on. */
  readonly release: string;
  readonly help: Help;
  /** Absolute address of the edition's page; null without a BASE_URL: a copy never names a loopback address. */
  readonly address: string | null;
};

/** One publication of one edition, ready to be packed: lessons in teaching order, those that can be read now. */
export type Bundle = {
  readonly edition: BundleEdition;
  readonly lessons: readonly BundleLesson[];
};

/** A format that packs a whole edition. */
export type BundleKind = 'offline' | 'scorm' | 'cartridge';

/**
 * How the pages of a bundle look. The public site draws them with its own templates, so that a copy on a stick is the
 * same page; the writers here only decide what goes where. Every address in them is relative to the page.
 */
export type BundlePages = {
  /** `index.html` of a ZIP: every lesson, and the search. */
  home(bundle: Bundle): string;
  /** `help.html` of a ZIP. */
  help(bundle: Bundle): string;
  /** `check.html` of a ZIP: whether the copy is complete, asked in the reader's browser. */
  check(bundle: Bundle): string;
  /** Lies at `lessonPath`, beside the files at `filePath`. */
  lesson(bundle: Bundle, lesson: BundleLesson, kind: BundleKind): string;
  /** A plain script that makes a page better and that no page needs. */
  script(name: 'search' | 'check' | 'scorm'): string;
  /** Words in the edition's language. */
  words(edition: BundleEdition): BundleWords;
};

export type BundleWords = {
  /** `Lessons for Türkiye` */
  readonly title: string;
  readonly lessonPage: string;
  /** The title of a link to the edition's page, which tells whether the copy is current. */
  readonly online: string;
};
