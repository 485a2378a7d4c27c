import type { LanguageCode } from '../facts/fact.ts';
import type { LessonId, SegmentId } from '../package/lessonPackage.ts';
import type { ChangeSetId, Meaning, ReleaseNumber, Severity, TextHash } from '../release/release.ts';
import type { Day, Instant } from '../time.ts';

/** BCP 47: `tr-TR`; a second edition there: `tr-TR-x-ngo`. */
export type EditionTag = string;

export const lessonStates = ['planned', 'offered', 'leftOut'] as const;
export type LessonState = (typeof lessonStates)[number];
export type LessonChoice = { readonly state: LessonState; readonly reason?: string };

export const readerPolicies = ['keep', 'notice', 'showSource', 'withhold'] as const;
export type ReaderPolicy = (typeof readerPolicies)[number];

export type Upstream = {
  readonly release: ReleaseNumber;
  /** Change sets taken ahead of that release. */
  readonly ahead: readonly ChangeSetId[];
  /** Sets that were once ahead and are not any more: texts made from them stay known. Absent for none. */
  readonly passed?: readonly ChangeSetId[];
};

/** A partner takes a change set more seriously than the authority does: never less. */
export type Raised = {
  readonly severity: Severity;
  /** Of one raised to safety: the day until which the edition has to carry it. */
  readonly due: Day | null;
  readonly reason: string;
  readonly by: string;
  readonly on: Day;
};

/** What the baseline took out and the edition keeps as its own. `release`: the last one that had it. */
export type Kept =
  /** `undecided`: nobody has said yet whether it stays; it does not go in silence. */
  | { readonly kind: 'lesson'; readonly lesson: LessonId; readonly release: ReleaseNumber; readonly undecided?: true }
  /** `atEnd`: where nothing is left around its place, it stands last in its section. */
  | { readonly kind: 'segment'; readonly segment: SegmentId; readonly release: ReleaseNumber; readonly atEnd?: true };

/** What readers are told of a change set, in the edition's language. */
export type OwnSummary = { readonly text: string; readonly by: string; readonly on: Day };

/** A partner's fork in one language for one country. */
export type Edition = {
  readonly tag: EditionTag;
  readonly partner: string;
  readonly language: LanguageCode;
  readonly country: string;
  readonly demonstration: boolean;
  readonly upstream: Upstream;
  readonly lessons: Readonly<Record<LessonId, LessonChoice>>;
  /** Severities that the partner raised for this edition; absent for none. */
  readonly raised?: Readonly<Record<ChangeSetId, Raised>>;
  /** Summaries of change sets in the edition's words; absent for none. */
  readonly summaries?: Readonly<Record<ChangeSetId, OwnSummary>>;
  /** Parts that the baseline removed and this edition keeps, oldest first; absent for none. */
  readonly kept?: readonly Kept[];
  /** Where "Exit this page" leads. */
  readonly exitUrl: string;
  /** The number of the publication that readers see; null before the first and after a withdrawal. */
  readonly publication: number | null;
  readonly withdrawn: { readonly on: Day; readonly by: string; readonly reason: string } | null;
  /** The pace of its people, for estimates; absent until its coordinator says. */
  readonly wordsPerHour?: number;
  readonly revision: number;
};

/** As in XLIFF 2. `reviewed`: a second person agreed. `final`: core, reviewed, and with a back-translation. */
export const unitStates = ['initial', 'translated', 'reviewed', 'final'] as const;
export type UnitState = (typeof unitStates)[number];

export type BackTranslation = {
  readonly text: string;
  /** A person's id, or null for machine work. */
  readonly by: string | null;
  /** The target it was made from. */
  readonly of: TextHash;
};

/** A reviewer's word on a text that does not fit; gone with the next text. */
export type SentBack = { readonly by: string; readonly at: Instant; readonly reason: string };

/** An edition's text for one segment. */
export type TranslationUnit = {
  readonly edition: EditionTag;
  readonly segment: SegmentId;
  readonly target: string;
  readonly state: UnitState;
  /** The source that a person last saved or confirmed it against. */
  readonly basedOn: TextHash;
  /** A deliberate local difference is recorded in the ledger, too. */
  readonly adapted: boolean;
  readonly backTranslation: BackTranslation | null;
  readonly by: string;
  readonly reviewedBy: string | null;
  readonly at: Instant;
  readonly origin: 'person' | 'seed' | 'memory' | 'update' | 'sister';
  /** Of `sister`: the edition whose published text it was. */
  readonly originOf?: EditionTag;
  /** Why a second person sent this text back to its translator. */
  readonly sentBack?: SentBack;
  readonly revision: number;
};

/** What of a unit says how it stands to its source; its text is not in it. */
export type UnitStanding = Pick<TranslationUnit, 'edition' | 'segment' | 'basedOn' | 'adapted'>;

export const adaptationKinds = ['name', 'example', 'law', 'addition', 'omission', 'order', 'minutes', 'other'] as const;
export type AdaptationKind = (typeof adaptationKinds)[number];

/** A deliberate local difference. */
export type LedgerEntry = {
  readonly edition: EditionTag;
  readonly segment: SegmentId;
  readonly kind: AdaptationKind;
  readonly reason: string;
  readonly owner: string;
  readonly on: Day;
  /** An omission leaves the segment out of this edition's lessons. */
  readonly omits: boolean;
  /** The baseline's meaning that was declined: the segment is offered again only when that changes. */
  readonly declined?: Meaning;
  /** The release the edition stood on when somebody last said that this is still true; unknown in old entries. */
  readonly against?: ReleaseNumber;
  /** Of an omission: the difference in words that stood here before. It is given back with the segment. */
  readonly before?: Pick<LedgerEntry, 'kind' | 'reason' | 'owner' | 'on'>;
  readonly revision: number;
};

/** How far a text has fallen behind its source. */
export type Staleness = {
  readonly severity: Severity;
  /** The earliest unmet date, of a safety change. */
  readonly due: Day | null;
  /** The change sets on the way, oldest first. */
  readonly sets: readonly ChangeSetId[];
};
