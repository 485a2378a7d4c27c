import type { WordingRules } from '../domain/checks/wording.ts';
import type { Edition, EditionTag } from '../domain/edition/edition.ts';
import type { Publication, PublishedLesson } from '../domain/edition/publication.ts';
import type { LanguageCode } from '../domain/facts/fact.ts';
import type { Hash } from '../domain/release/release.ts';
import type { Instant } from '../domain/time.ts';
import type { FilesProgress } from '../formats/files/filesProgress.ts';
import type { AssignmentStore } from './ports/assignments.ts';
import type { ChangeSets, Recalls, Releases } from './ports/baseline.ts';
import type { Comments } from './ports/comments.ts';
import type { Editions, Publications, Units, Updates } from './ports/editions.ts';
import type { Events, Notices, Outbox } from './ports/events.ts';
import type { Facts } from './ports/facts.ts';
import type { Feedback } from './ports/feedback.ts';
import type { Glossary } from './ports/glossary.ts';
import type { Imports } from './ports/imports.ts';
import type { Ledger } from './ports/ledger.ts';
import type { MaterialStore } from './ports/material.ts';
import type { Overrides } from './ports/overrides.ts';
import type { Links, Partners, People } from './ports/people.ts';
import type { PresenceRows } from './ports/presence.ts';
import type { Replacements } from './ports/replacements.ts';
import type { SendBacks } from './ports/sendBacks.ts';
import type { TranslationMemory } from './ports/translationMemory.ts';
import type { UnitDrafts } from './ports/unitDrafts.ts';
import type { Waivers } from './ports/waivers.ts';

export type { FileFailure, FilesProgress } from '../formats/files/filesProgress.ts';

/**
 * What commands need from the store. Every `save` of a value with a `revision` is a compare-and-set: it expects the
 * stored revision to be one less than the value's (0 stored = it must not exist) and throws DomainError
 * `staleRevision` otherwise. Values are plain and readonly; nothing of Mongoose shows.
 */
export interface Store {
  /** Runs the work with snapshot reads; commits all of it or nothing. May run `work` again after a write conflict. */
  transaction<T>(work: (store: Store) => Promise<T>): Promise<T>;

  readonly partners: Partners;

  readonly people: People;

  readonly links: Links;

  readonly releases: Releases;

  readonly changeSets: ChangeSets;

  readonly editions: Editions;

  readonly units: Units;

  readonly ledger: Ledger;

  readonly assignments: AssignmentStore;
  readonly overrides: Overrides;
  readonly sendBacks: SendBacks;

  readonly facts: Facts;

  readonly glossary: Glossary;

  readonly translationMemory: TranslationMemory;

  readonly updates: Updates;

  readonly publications: Publications;

  readonly recalls: Recalls;

  /** What teachers say: counts. */
  readonly feedback: Feedback;

  readonly events: Events;

  readonly notices: Notices;

  readonly outbox: Outbox;

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

/** What readers see of what was decided. */
export type Reach = {
  /** The recalls in force that the published pages obey, by edition, as they are on disk. */
  readonly recalls: ReadonlyMap<EditionTag, readonly string[]>;
  /** Editions whose pages could not be brought to what the store says; all of them where there is no name. */
  readonly late: readonly { readonly edition: EditionTag | null; readonly since: Instant; readonly problem: string }[];
};

/** The public site on disk. */
export interface Site {
  /**
   * Brings the public folder of one edition to what the store says (publication, freshness, recalls): objects first,
   * then one pointer. Returns whether anything changed. Files that are missing, or have failed, are built afterwards. Where
   * the folder cannot be written it does not throw: `reach` tells, and it is tried again until it can.
   */
  project(tag: EditionTag): Promise<boolean>;
  /**
   * A head start for what a class needs first, so that readers seldom wait: builds the files on the country's paper, for
   * a few seconds at most. What cannot be built stops nothing. Reports how many of how many files are done.
   */
  prepare(
    edition: Edition,
    publication: Publication,
    lessons: ReadonlyMap<Hash, PublishedLesson>,
    onFile: (done: number, of: number) => void,
  ): Promise<void>;
  /** The same for every edition: one that cannot be written stops none of the others. */
  projectAll(): Promise<number>;
  /** What has reached the public folder, and what has not yet. */
  reach(): Promise<Reach>;
  /** How far the files of an edition are, which are built behind its pages; null when it has never been projected. */
  files(tag: EditionTag): FilesProgress | null;
  /** Begins to make the files again that could not be made; returns how many those are. */
  retryFiles(tag: EditionTag): number;
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
