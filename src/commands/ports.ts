import type { OneTimeLink, Partner, Person } from '../domain/access/access.ts';
import type { WordingRules } from '../domain/checks/wording.ts';
import type { Edition, EditionTag, Publication, PublishedLesson, TranslationUnit } from '../domain/edition/edition.ts';
import type { FactKey, FactProposal, FactValue, JurisdictionCode, LanguageCode } from '../domain/facts/fact.ts';
import type { DomainEvent, Notice, OutboxMail } from '../domain/notification/notification.ts';
import type { LessonPackage, SegmentId } from '../domain/package/lessonPackage.ts';
import type { Recall } from '../domain/recall/recall.ts';
import type {
  ChangeSet,
  ChangeSetId,
  Hash,
  Release,
  ReleaseNumber,
  SegmentRevision,
} from '../domain/release/release.ts';
import type { Instant } from '../domain/time.ts';
import type { Update, UpdateCounts } from '../domain/update/update.ts';
import type { AssignmentStore } from './ports/assignments.ts';
import type { Comments } from './ports/comments.ts';
import type { Glossary } from './ports/glossary.ts';
import type { Imports } from './ports/imports.ts';
import type { Ledger } from './ports/ledger.ts';
import type { MaterialStore } from './ports/material.ts';
import type { Overrides } from './ports/overrides.ts';
import type { PresenceRows } from './ports/presence.ts';
import type { Replacements } from './ports/replacements.ts';
import type { SendBacks } from './ports/sendBacks.ts';
import type { TranslationMemory } from './ports/translationMemory.ts';
import type { UnitDrafts } from './ports/unitDrafts.ts';
import type { Waivers } from './ports/waivers.ts';

/**
 * What commands need from the store. Every `save` of a value with a `revision` is a compare-and-set: it expects the
 * stored revision to be one less than the value's (0 stored = it must not exist) and throws DomainError
 * `staleRevision` otherwise. Values are plain and readonly; nothing of Mongoose shows.
 */
export interface Store {
  /** Runs the work with snapshot reads; commits all of it or nothing. May run `work` again after a write conflict. */
  transaction<T>(work: (store: Store) => Promise<T>): Promise<T>;

  readonly partners: {
    all(): Promise<readonly Partner[]>;
    byId(id: string): Promise<Partner | null>;
    save(partner: Partner): Promise<void>;
  };

  readonly people: {
    byId(id: string): Promise<Person | null>;
    /** E-mail addresses are compared without case. */
    byEmail(email: string): Promise<Person | null>;
    ofPartner(partner: string): Promise<readonly Person[]>;
    all(): Promise<readonly Person[]>;
    /** Throws `emailTaken` when another person has the address. */
    save(person: Person): Promise<void>;
    passwordHash(person: string): Promise<string | null>;
    setPasswordHash(person: string, hash: string): Promise<void>;
  };

  readonly links: {
    save(link: OneTimeLink): Promise<void>;
    byTokenHash(tokenHash: string): Promise<OneTimeLink | null>;
    /** True for exactly one caller; the link is gone afterwards. */
    use(tokenHash: string): Promise<boolean>;
    /** Removes a person's earlier links. */
    dropFor(person: string): Promise<void>;
  };

  readonly releases: {
    all(): Promise<readonly Release[]>;
    newest(): Promise<Release | null>;
    byNumber(number: ReleaseNumber): Promise<Release | null>;
    /** The package of a release; remembered by its root. Throws `releaseUnknown`. */
    lessonPackage(number: ReleaseNumber): Promise<LessonPackage>;
    /** Inserts the release, its package and its segment revisions; the number must be new. */
    add(release: Release, lessonPackage: LessonPackage, revisions: readonly SegmentRevision[]): Promise<void>;
    /** Oldest first, for the segments asked for. */
    history(segments: readonly SegmentId[]): Promise<Readonly<Record<SegmentId, readonly SegmentRevision[]>>>;
    /** Every segment's history; remembered until the next release. */
    fullHistory(): Promise<Readonly<Record<SegmentId, readonly SegmentRevision[]>>>;
  };

  readonly changeSets: {
    all(): Promise<readonly ChangeSet[]>;
    /** Draft, submitted and approved sets. */
    open(): Promise<readonly ChangeSet[]>;
    byId(id: ChangeSetId): Promise<ChangeSet | null>;
    save(set: ChangeSet): Promise<void>;
  };

  readonly editions: {
    all(): Promise<readonly Edition[]>;
    ofPartner(partner: string): Promise<readonly Edition[]>;
    byTag(tag: EditionTag): Promise<Edition | null>;
    save(edition: Edition): Promise<void>;
    counts(tag: EditionTag): Promise<{ readonly release: ReleaseNumber; readonly counts: UpdateCounts } | null>;
    saveCounts(
      rows: readonly { readonly tag: EditionTag; readonly release: ReleaseNumber; readonly counts: UpdateCounts }[],
    ): Promise<void>;
  };

  readonly units: {
    ofEdition(tag: EditionTag): Promise<readonly TranslationUnit[]>;
    some(tag: EditionTag, segments: readonly SegmentId[]): Promise<readonly TranslationUnit[]>;
    /** The units of many editions for the segments that changed: planning a release reads nothing else. */
    ofEditions(tags: readonly EditionTag[], segments: readonly SegmentId[]): Promise<readonly TranslationUnit[]>;
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
  };

  readonly ledger: Ledger;

  readonly assignments: AssignmentStore;
  readonly overrides: Overrides;
  readonly sendBacks: SendBacks;

  readonly facts: {
    ofJurisdictions(codes: readonly JurisdictionCode[]): Promise<readonly FactValue[]>;
    byKey(jurisdiction: JurisdictionCode, key: FactKey): Promise<FactValue | null>;
    save(value: FactValue): Promise<void>;
    proposals(jurisdictions: readonly JurisdictionCode[]): Promise<readonly FactProposal[]>;
    proposal(jurisdiction: JurisdictionCode, key: FactKey): Promise<FactProposal | null>;
    saveProposal(proposal: FactProposal): Promise<void>;
    dropProposal(jurisdiction: JurisdictionCode, key: FactKey): Promise<void>;
  };

  readonly glossary: Glossary;

  readonly translationMemory: TranslationMemory;

  readonly updates: {
    /** The draft of an edition, if there is one. */
    draft(tag: EditionTag): Promise<Update | null>;
    /** The last one applied. */
    applied(tag: EditionTag): Promise<Update | null>;
    byId(id: string): Promise<Update | null>;
    ofEdition(tag: EditionTag): Promise<readonly Update[]>;
    save(update: Update): Promise<void>;
  };

  readonly publications: {
    byNumber(tag: EditionTag, number: number): Promise<Publication | null>;
    ofEdition(tag: EditionTag): Promise<readonly Publication[]>;
    newestNumber(tag: EditionTag): Promise<number>;
    add(publication: Publication): Promise<void>;
    /** Any lesson ever published under a code, newest publication first. */
    byCode(code: string): Promise<readonly Publication[]>;
    /** Content-addressed; adding it twice is one. */
    addLesson(hash: Hash, lesson: PublishedLesson): Promise<void>;
    lesson(hash: Hash): Promise<PublishedLesson | null>;
  };

  readonly recalls: {
    all(): Promise<readonly Recall[]>;
    inForce(): Promise<readonly Recall[]>;
    byId(id: string): Promise<Recall | null>;
    save(recall: Recall): Promise<void>;
  };

  readonly events: {
    add(event: DomainEvent, notices?: readonly Notice[], mails?: readonly OutboxMail[]): Promise<void>;
    /** Newest first. `subjectPrefix`: `edition/tr-TR`. */
    recent(subjectPrefix: string, limit: number): Promise<readonly DomainEvent[]>;
  };

  readonly notices: {
    ofPerson(person: string, limit: number): Promise<readonly Notice[]>;
    byIds(ids: readonly string[]): Promise<readonly Notice[]>;
    unread(person: string): Promise<number>;
    markRead(person: string, ids: readonly string[] | 'all', at: Instant): Promise<void>;
  };

  readonly outbox: {
    /** Takes up to `limit` mails that are due, for `leaseSeconds`; nobody else gets them meanwhile. */
    take(now: Instant, limit: number, leaseSeconds: number): Promise<readonly OutboxMail[]>;
    save(mail: OutboxMail): Promise<void>;
    waiting(): Promise<number>;
  };

  readonly imports: Imports;

  /** Steps of the first start that are done; each is written in the transaction that does it. */
  readonly seeding: {
    done(): Promise<ReadonlySet<string>>;
    markDone(step: string): Promise<void>;
  };

  readonly unitDrafts: UnitDrafts;
  readonly presence: PresenceRows;
  readonly comments: Comments;
  readonly waivers: Waivers;
  readonly replacements: Replacements;
  /** What editions add of their own: segments, lessons, pictures. */
  readonly material: MaterialStore;

  /** Bytes by the hash of their content, in GridFS. */
  readonly archive: {
    put(hash: Hash, bytes: Uint8Array, mediaType: string): Promise<void>;
    get(hash: Hash): Promise<{ readonly bytes: Uint8Array; readonly mediaType: string } | null>;
  };
}

/** The public site on disk. */
export interface Site {
  /**
   * Brings the public folder of one edition to what the store says (publication, freshness, recalls): objects first,
   * then one pointer. Returns whether anything changed.
   */
  project(tag: EditionTag): Promise<boolean>;
  /**
   * Builds every file of a publication before its pointer is flipped, so that a file that cannot be built stops the
   * publication and readers never wait. Reports how many of how many files are done.
   */
  prepare(
    edition: Edition,
    publication: Publication,
    lessons: ReadonlyMap<Hash, PublishedLesson>,
    onFile: (done: number, of: number) => void,
  ): Promise<void>;
  projectAll(): Promise<number>;
}

/** Everything a command is given. */
export type World = {
  readonly store: Store;
  readonly site: Site;
  /** What is not said in a language, by language; languages that nobody has written a list for are not there. */
  readonly wording: ReadonlyMap<LanguageCode, WordingRules>;
  readonly now: () => Instant;
  /** A new random id: 128 bits, url-safe. */
  readonly newId: () => string;
};
