import type { Edition, EditionTag, TranslationUnit, UnitStanding } from '../../domain/edition/edition.ts';
import type { Publication, PublishedLesson } from '../../domain/edition/publication.ts';
import type { SegmentId } from '../../domain/package/lessonPackage.ts';
import type { Hash, ReleaseNumber } from '../../domain/release/release.ts';
import type { Instant } from '../../domain/time.ts';
import type { Update, UpdateCounts } from '../../domain/update/update.ts';

/** Editions and their counts. */
export interface Editions {
  all(): Promise<readonly Edition[]>;
  ofPartner(partner: string): Promise<readonly Edition[]>;
  byTag(tag: EditionTag): Promise<Edition | null>;
  save(edition: Edition): Promise<void>;
  counts(tag: EditionTag): Promise<{ readonly release: ReleaseNumber; readonly counts: UpdateCounts } | null>;
  saveCounts(
    rows: readonly { readonly tag: EditionTag; readonly release: ReleaseNumber; readonly counts: UpdateCounts }[],
  ): Promise<void>;
}

/** Translation units and their history. */
export interface Units {
  ofEdition(tag: EditionTag): Promise<readonly TranslationUnit[]>;
  some(tag: EditionTag, segments: readonly SegmentId[]): Promise<readonly TranslationUnit[]>;
  /** The units of many editions for a few segments. */
  ofEditions(tags: readonly EditionTag[], segments: readonly SegmentId[]): Promise<readonly TranslationUnit[]>;
  /** The same without their texts: counting what a release asks of everybody reads little else. */
  standings(tags: readonly EditionTag[], segments: readonly SegmentId[]): Promise<readonly UnitStanding[]>;
  byId(tag: EditionTag, segment: SegmentId): Promise<TranslationUnit | null>;
  /**
   * Compare-and-set; what it replaces goes to the unit's history. Revisions go on from there: a retired unit that comes
   * back has one more than it had last. A 1 is taken for that, and may be stored as a higher revision.
   */
  save(unit: TranslationUnit): Promise<void>;
  /** Compare-and-set each; all or none inside a transaction. */
  saveMany(units: readonly TranslationUnit[]): Promise<void>;
  /** Takes the unit out of the working edition; its text stays in the history. */
  retire(unit: TranslationUnit): Promise<void>;
  /** Saved after this moment, in any order: for what keeps up with the units. */
  since(tag: EditionTag, at: Instant): Promise<readonly TranslationUnit[]>;
  /** Everything that was superseded or retired in an edition. */
  pastOf(tag: EditionTag): Promise<readonly TranslationUnit[]>;
  /** Newest first: what was superseded or retired. */
  history(tag: EditionTag, segment: SegmentId): Promise<readonly TranslationUnit[]>;
  /** The same for some segments of some editions: newest first for each. */
  histories(tags: readonly EditionTag[], segments: readonly SegmentId[]): Promise<readonly TranslationUnit[]>;
}

/** Updates of editions: one draft, and those applied. */
export interface Updates {
  /** The draft of an edition, if there is one. */
  draft(tag: EditionTag): Promise<Update | null>;
  /** The last one applied. */
  applied(tag: EditionTag): Promise<Update | null>;
  byId(id: string): Promise<Update | null>;
  ofEdition(tag: EditionTag): Promise<readonly Update[]>;
  save(update: Update): Promise<void>;
}

/** What was published, and the lessons in it. */
export interface Publications {
  byNumber(tag: EditionTag, number: number): Promise<Publication | null>;
  ofEdition(tag: EditionTag): Promise<readonly Publication[]>;
  newestNumber(tag: EditionTag): Promise<number>;
  add(publication: Publication): Promise<void>;
  /** Any lesson ever published under a code, newest publication first. */
  byCode(code: string): Promise<readonly Publication[]>;
  /** Content-addressed; adding it twice is one. */
  addLesson(hash: Hash, lesson: PublishedLesson): Promise<void>;
  lesson(hash: Hash): Promise<PublishedLesson | null>;
}
