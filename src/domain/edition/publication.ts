import type { LanguageCode, ResolvedFact } from '../facts/fact.ts';
import type { Lesson, LessonId, Policy, SegmentId, SegmentKind } from '../package/lessonPackage.ts';
import type { ChangeSetId, Hash, ReleaseNumber, TextHash } from '../release/release.ts';
import type { Day, Instant } from '../time.ts';
import type { AdaptationKind, EditionTag } from './edition.ts';
import type { PictureCredit, PictureFiles } from './material.ts';

/** An edition's own picture as it is published: bytes by their hash, and who made it under which terms. */
export type PublishedPicture = Omit<PictureFiles, 'bytes'> & { readonly credit: PictureCredit };

/** A lesson as it is published: structure, texts and facts, all resolved. Addressed by its hash. */
export type PublishedLesson = {
  readonly edition: EditionTag;
  readonly language: LanguageCode;
  readonly country: string;
  readonly demonstration: boolean;
  /** The release this text stood on when it was first published; not part of the hash. The manifest's entry counts. */
  readonly release: ReleaseNumber;
  /** A lesson of the partner's own; absent for those of the baseline. */
  readonly own?: true;
  readonly lesson: Lesson;
  readonly segments: Readonly<
    Record<
      SegmentId,
      {
        readonly kind: SegmentKind;
        readonly policy: Policy;
        readonly text: string;
        /** The source's text hash that this text is based on; for reader staleness. */
        readonly basedOn: TextHash;
        readonly adapted?: AdaptationKind;
        /** Shown in the source language, because the edition has no text yet. */
        readonly untranslated?: true;
        /** Of a picture. */
        readonly drawing?: string;
        /** The edition's own picture, instead of a drawing. */
        readonly picture?: PublishedPicture;
      }
    >
  >;
  readonly facts: Readonly<Record<string, ResolvedFact>>;
  /** Titles of the evidence that steps name. */
  readonly evidence: Readonly<Record<string, string>>;
};

export type PublicationLesson = {
  readonly lesson: LessonId;
  readonly hash: Hash;
  readonly release: ReleaseNumber;
  /** Change sets taken ahead of that release; absent for none. */
  readonly ahead?: readonly ChangeSetId[];
  /** The publication that last changed this lesson. */
  readonly lessonEdition: { readonly number: number; readonly on: Day };
  /** Ten characters, two groups of five with a hyphen: printed on every sheet. */
  readonly code: string;
};

/** An immutable numbered manifest. */
export type Publication = {
  readonly edition: EditionTag;
  readonly number: number;
  readonly on: Day;
  readonly at: Instant;
  readonly by: string;
  readonly kind: 'lessons' | 'factsOnly';
  readonly lessons: readonly PublicationLesson[];
  readonly root: Hash;
  readonly demonstration: boolean;
};
