import type { LessonId, SegmentId } from '../package/lessonPackage.ts';

/** What can be wrong with content that reads well as a file. Each has a sentence that says what to do. */
export const contentFindingCodes = [
  'policyWrong', // { policy, wanted, why }
  'sentenceLong', // { words, limit, sentence }
  'readingHard', // { level, limit, scale }
  'altTextMissing', // { drawing }
  'drawingMissing', // { drawing }
  'drawingChanged', // { drawing }
  'labelsDiffer', // { drawing, labels, places }
  'avoidedTerm', // { term, instead, why }
  'redLine', // { phrase, why }
  'freeFact', // { value }
  'coreMissing', // { statement, section }
  'laterMissing', // { questions, later }
  'idReused', // { release, was }
  'variantUntouched', // { set, variants }
  'factsDiffer', // { missing, foreign }
  'numbersDiffer', // { missing, foreign }
  'marksDiffer', // { mark, wanted, found }
  'untouchedSource', // {}
  'coreShort', // { percent }
  'backMissing', // {}
  'untranslated', // {}
  'unitUnknown', // { release }
  'ledgerUnknown', // {}
  'termDouble', // { term, other, source }
  'termLanguageUnknown', // { language }
] as const;
export type ContentFindingCode = (typeof contentFindingCodes)[number];

/** Something in the content that a person has to mend before it may go out. */
export type ContentFinding = {
  readonly code: ContentFindingCode;
  readonly segment?: SegmentId;
  readonly lesson?: LessonId;
  readonly data: Readonly<Record<string, string | number>>;
};
