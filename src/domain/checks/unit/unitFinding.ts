import type { LanguageCode } from '../../facts/fact.ts';
import type { Policy, SegmentId, SegmentKind } from '../../package/lessonPackage.ts';
import type { WordingRules } from '../wording.ts';
import type { Glossary } from './glossaryCheck.ts';
import type { Room } from './room.ts';

/** Everything that a text of an edition is looked at for, in the order in which it is told. */
export const unitChecks = [
  'factsMissing', // { facts }
  'factsForeign', // { facts }
  'freeFact', // { value }: a number to call or an address stands where a fact belongs
  'redLine', // { phrase, why }
  'avoidedTerm', // { term, instead, why }
  'untouched', // {}
  'numbersMissing', // { numbers }
  'numbersExtra', // { numbers }
  'marksBroken', // { mark }
  'marksDiffer', // { mark, wanted, found }
  'coreShortened', // { percent }
  'negationLost', // {}
  'termForbidden', // { word, instead, why }
  'termMissing', // { word, wanted }
  'tooLong', // { room, length, limit }
  'ending', // { wanted, found }
] as const;
export type UnitCheck = (typeof unitChecks)[number];

/** Checks that look at a text alone. The others compare it with its source. */
export const checksOfTextAlone: readonly UnitCheck[] = ['freeFact', 'redLine', 'avoidedTerm', 'marksBroken', 'tooLong'];

export type FindingData = Readonly<Record<string, string | number | readonly string[]>>;

/** What one check says of a text. */
export type Said = { readonly check: UnitCheck; readonly level: 'error' | 'warning'; readonly data: FindingData };

/** Something that a check saw in a text. An error stops the publication of the lesson unless somebody waived it. */
export type UnitFinding = Said & {
  /** Whether a person may say, with a reason, that the text is right as it is. Never for core text and for red lines. */
  readonly waivable: boolean;
};

/** A text beside its source, with everything that the checks ask about it. */
export type CheckedText = {
  readonly segment: SegmentId;
  readonly source: string;
  readonly target: string;
  readonly language: LanguageCode;
  readonly kind: SegmentKind;
  readonly policy: Policy;
  /** A deliberate local difference: other numbers and marks are only to look at. Facts and red lines hold. */
  readonly adapted: boolean;
  /** Where there is little room for it; null where there is enough. */
  readonly room: Room | null;
  /** The words that the language avoids; null where nobody has written them down. */
  readonly rules: WordingRules | null;
  /** The terms agreed for the language; null where there are none. */
  readonly glossary: Glossary | null;
};

/** One check. */
export type LooksAt = (text: CheckedText) => readonly Said[];
