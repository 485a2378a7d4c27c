import type { LessonFields, LessonId, Section, SectionId, SegmentId, SegmentKind } from '../package/lessonPackage.ts';
import type { Hash } from '../release/release.ts';
import type { Instant } from '../time.ts';
import type { EditionTag, SentBack, UnitState } from './edition.ts';

/** `initial`: sent back. Nothing of an edition's own is core, so nothing is `final`. */
export type MaterialState = Exclude<UnitState, 'final'>;

/** An earlier text of an added segment: nothing that a person wrote is lost. */
export type PastText = {
  readonly text: string;
  readonly state: MaterialState;
  readonly by: string;
  readonly reviewedBy: string | null;
  readonly at: Instant;
  readonly revision: number;
};

/** A segment of a partner's own, in one edition. Its words are in the edition's language: there is no source. */
export type LocalSegment = {
  readonly edition: EditionTag;
  /** `local-` and something random: no segment of the baseline is called so. */
  readonly id: SegmentId;
  readonly lesson: LessonId;
  readonly section: SectionId;
  /** It stands behind this segment; null at the beginning of its section. */
  readonly after: SegmentId | null;
  /** What else stood before and after it when it was put there, nearest first: where it goes when `after` goes. */
  readonly earlier: readonly SegmentId[];
  readonly later: readonly SegmentId[];
  /** When it was put there: of several behind one segment the last stands first. */
  readonly since: Instant;
  readonly kind: SegmentKind;
  readonly text: string;
  readonly state: MaterialState;
  readonly by: string;
  readonly reviewedBy: string | null;
  readonly at: Instant;
  /** Why a second person sent it back; absent where nobody did. */
  readonly sentBack?: SentBack;
  /** Newest first. */
  readonly past: readonly PastText[];
  /** Taken out again; what it said stays here. */
  readonly removed: boolean;
  readonly revision: number;
};

/** A lesson of a partner's own. Its sections place added segments, and shared ones of the baseline. */
export type LocalLesson = {
  readonly edition: EditionTag;
  /** `L1`, `L2` …: unique within the edition. */
  readonly id: LessonId;
  /** `minutes` is the sum of its steps. */
  readonly fields: LessonFields;
  readonly sections: readonly Section[];
  readonly reason: string;
  readonly by: string;
  readonly at: Instant;
  readonly removed: boolean;
  readonly revision: number;
};

/** Under which terms a picture may be printed and passed on. */
export const pictureLicences = ['CC BY 4.0', 'CC BY-SA 4.0', 'CC0', 'own', 'publicDomain', 'permission'] as const;
export type PictureLicence = (typeof pictureLicences)[number];

export type PictureCredit = {
  readonly creator: string;
  readonly licence: PictureLicence;
  /** Where it comes from, or the letter that permits it; may be empty for own work. */
  readonly source: string;
};

/** What a second person answers for when agreeing to a picture. */
export const pictureQuestions = ['noPupils', 'noHarm', 'alt', 'rights'] as const;
export type PictureQuestion = (typeof pictureQuestions)[number];

/** A picture as it is shown: re-encoded by us, kept in the archive by the hash of its bytes. */
export type PictureFiles = {
  /** WebP for pages. */
  readonly web: Hash;
  /** JPEG in greys for paper. */
  readonly print: Hash;
  /** Of both, in pixels of the web picture. */
  readonly width: number;
  readonly height: number;
  /** Of the web picture. */
  readonly bytes: number;
};

/** An edition's own picture for one picture segment: instead of the baseline's drawing, or for an added segment. */
export type Picture = PictureFiles & {
  readonly edition: EditionTag;
  readonly segment: SegmentId;
  /** The drawing it replaces; null for an added segment. */
  readonly drawing: string | null;
  /** What it shows, for those who do not see it: the segment's text while this picture stands. */
  readonly alt: string;
  readonly credit: PictureCredit;
  readonly reason: string;
  readonly by: string;
  readonly at: Instant;
  readonly reviewedBy: string | null;
  /** What the second person has answered for. */
  readonly answered: readonly PictureQuestion[];
  /** Taken out again: the drawing stands there as before. */
  readonly removed: boolean;
  readonly revision: number;
};

/** Everything of its own that an edition has. Empty for most. */
export type Material = {
  readonly segments: ReadonlyMap<SegmentId, LocalSegment>;
  readonly lessons: ReadonlyMap<LessonId, LocalLesson>;
  readonly pictures: ReadonlyMap<SegmentId, Picture>;
};

export const noMaterial: Material = { segments: new Map(), lessons: new Map(), pictures: new Map() };

/**
 * Kinds a partner may add to a lesson of the baseline. A step would change its minutes, a question its key; a label is a
 * place in a drawing; a statement is core and the baseline's.
 */
export const addableKinds = [
  'paragraph',
  'speech',
  'item',
  'heading',
  'blank',
  'tick',
  'caption',
  'picture',
] as const satisfies readonly SegmentKind[];
/** Kinds for a lesson of their own. */
export const ownLessonKinds = [...addableKinds, 'step'] as const satisfies readonly SegmentKind[];
export type OwnKind = (typeof ownLessonKinds)[number];

/** The material that is in use: what was taken out is kept, and counts for nothing. */
export function materialOf(
  segments: readonly LocalSegment[],
  lessons: readonly LocalLesson[],
  pictures: readonly Picture[],
): Material {
  return {
    segments: new Map(segments.filter((each) => !each.removed).map((each) => [each.id, each])),
    lessons: new Map(lessons.filter((each) => !each.removed).map((each) => [each.id, each])),
    pictures: new Map(pictures.filter((each) => !each.removed).map((each) => [each.segment, each])),
  };
}
