import type { EditionTag, UnitState } from '../edition/edition.ts';
import type { LanguageCode } from '../facts/fact.ts';
import type { LessonId, Policy, SectionId, SegmentId, SegmentKind } from '../package/lessonPackage.ts';
import type { ChangeSetId, ReleaseNumber, TextHash } from '../release/release.ts';
import type { Instant } from '../time.ts';

/** The formats in which units leave and come back. `xliff2` is XLIFF 2.1, `xliff1` is XLIFF 1.2. */
export const exchangeFormats = ['xliff2', 'xliff1', 'po', 'csv'] as const;
export type ExchangeFormat = (typeof exchangeFormats)[number];

/** What a file holds of its edition: all lessons that it works on, one lesson, or only what is stale. */
export type ExchangeScope =
  | { readonly kind: 'edition' }
  | { readonly kind: 'lesson'; readonly lesson: LessonId }
  | { readonly kind: 'stale' };

/** Where a file came from. */
export type FileStamp = {
  readonly edition: EditionTag;
  readonly language: LanguageCode;
  readonly release: ReleaseNumber;
  readonly ahead: readonly ChangeSetId[];
  readonly exportedAt: Instant;
  readonly scope: ExchangeScope;
};

/** What a unit was when it left: the base of the merge when it comes back. */
export type UnitStamp = {
  /** In teaching order; empty for a text that is placed nowhere. */
  readonly lessons: readonly LessonId[];
  /** Where it stands in the first of them; empty when placed nowhere. */
  readonly section: SectionId;
  readonly kind: SegmentKind;
  readonly policy: Policy;
  readonly state: UnitState;
  /** The severity of what changed in its source since; null while it is current. */
  readonly stale: 'content' | 'safety' | null;
  /** 0 when the edition has no unit for the segment. */
  readonly revision: number;
  readonly sourceHash: TextHash;
  readonly targetHash: TextHash;
  /** Null when the edition has no unit for the segment. */
  readonly basedOn: TextHash | null;
};

/** One segment with its two texts. `target` is empty where there is none yet. */
export type ExchangeUnit = {
  readonly segment: SegmentId;
  readonly source: string;
  readonly target: string;
  /** From the author to the translator. */
  readonly note: string | null;
  /** Of a stale unit: the source that the target was made from. */
  readonly oldSource: string | null;
  readonly stamp: UnitStamp;
};

/** Units of one edition, on their way to another tool. */
export type ExchangeFile = FileStamp & { readonly units: readonly ExchangeUnit[] };

/**
 * What a tool made of the mark that says whether a text is done: `untouched`, or newly said to be done, or newly said to
 * be unfinished. Nothing in a file makes a text reviewed.
 */
export type Claim = 'untouched' | 'done' | 'unfinished';

/** A line of a file that came back. Tools drop what they do not know: then `stamp` is null. */
export type ReadUnit = Omit<ExchangeUnit, 'stamp'> & { readonly stamp: UnitStamp | null; readonly claim: Claim };
export type ReadFile = FileStamp & { readonly format: ExchangeFormat; readonly units: readonly ReadUnit[] };

/** Why a whole file is refused. */
export const exchangeProblems = [
  'empty',
  'tooLarge',
  'encoding', // not UTF-8
  'formatUnknown',
  'malformed', // the format's own rules are broken
  'doctype',
  'tooDeep',
  'tooMany', // elements, attributes or units
  'textTooLong',
  'namespace', // XML, but not XLIFF 1.2 or 2
  'columnsMissing', // { detail }
  'noUnits',
  'originMissing', // it does not say which edition it belongs to
  'severalOrigins',
  'otherEdition', // { detail }
  'otherLanguage', // { detail }
] as const;
export type ExchangeProblem = (typeof exchangeProblems)[number];

/** What a file may be at most. */
export const exchangeLimits = {
  bytes: 5 * 1024 * 1024,
  units: 20_000,
  /** Of one text, in UTF-16 code units, as in the desk's own form. */
  text: 20_000,
} as const;

/** Whether another tool should show the text as work to do. */
export function needsWork(stamp: Pick<UnitStamp, 'state' | 'stale'>): boolean {
  return stamp.state === 'initial' || stamp.stale !== null;
}

/** What the mark in the file says now, against the mark that it left with. */
export function claimOf(stamp: Pick<UnitStamp, 'state' | 'stale'> | null, doneNow: boolean | null): Claim {
  if (doneNow === null) return 'untouched';
  if (stamp !== null && doneNow === !needsWork(stamp)) return 'untouched';
  return doneNow ? 'done' : 'unfinished';
}
