/**
 * Every way in which a wish can be refused. Each code has a text in every interface language (`errors.json` of each,
 * key = code); a test holds that. `data` fills the text's placeholders and never carries markup.
 */
export const errorCodes = [
  // content and packages
  'contentMalformed', // { file, line, problem }
  'segmentDuplicate', // { segment, file, line }
  'segmentUnknown', // { segment }
  'segmentReused', // { segment }
  'lessonUnknown', // { lesson }
  'sectionUnknown', // { lesson, section }
  'factUnknown', // { fact }
  'changeDoesNotFit', // { change, reason }
  'changeSetUnknown', // { changeSet }
  'changeSetState', // { changeSet, state }
  'changeSetDuplicate', // { changeSet }
  'changeSetEmpty', // { changeSet }
  'variantUntouched', // { segment, variants }
  'severityTooLow', // { severity, proposed }
  'dependencyMissing', // { changeSet, needs }
  'dueNeeded', // { changeSet }: a safety set says until when
  'releaseUnknown', // { release }
  'releaseNotLater', // { release, base }
  // people
  'notAllowed', // { action }
  'signInRequired',
  'signInFailed',
  'tooManyTries', // { minutes }
  'linkUsed',
  'passwordTooShort', // { least }
  'emailTaken',
  'emailMalformed',
  'lastCoordinator',
  'secondPersonNeeded', // the same person cannot do both
  'personUnknown',
  'csrfFailed',
  // editions
  'editionUnknown', // { edition }
  'editionTagMalformed', // { edition }
  'editionExists', // { edition }
  'unitUnknown', // { segment }
  'unitEmpty', // { segment }
  'factsMissing', // { segment, facts }
  'factsForeign', // { segment, facts }
  'backTranslationNeeded', // { segment }
  'backTranslationBySelf', // { segment }
  'omissionOfCore', // { segment }
  'omissionOfPractice', // { segment }
  'omissionOfTitle', // { segment }
  'omissionOfAnswer', // { segment }
  'minutesMalformed', // { least, most }
  'orderMalformed', // { section }
  'ledgerUnknown', // { segment }
  'sendBackUnknown',
  'sendBackSame', // { segment }
  'sendBackOpen', // { segment }: one offer at a time
  'sendBackState', // { segment, state }
  'sendBackClash', // { segment }: two offers for one text
  'sendBackMoved', // { segment }: the baseline's text changed since
  'reasonNeeded',
  'factMalformed', // { fact, problem }
  'nothingProposed', // { fact }
  'findingGone', // { segment }: the text, its source or the rules changed since
  'notWaivable', // { segment }
  'replacementUnknown',
  'searchEmpty',
  'notReady', // { lesson, count }
  'nothingToPublish', // {}
  'publicationRunning', // { edition }
  'publicationUnknown', // { number }
  'commentEmpty',
  'commentTooLong', // { most }
  'commentUnknown',
  'nothingToUndo', // { segment }
  // material of an edition's own
  'materialUnknown', // { id }
  'kindNotOffered', // { kind }
  'additionBetween', // { segment }: a core statement follows the national law directly
  'pictureRefused', // { reason }: type, broken, animated, large, small, shape, bytes, trailing
  'altNeeded',
  'creditNeeded',
  'answersNeeded', // a second person answers for each line
  'segmentNoPicture', // { segment }
  'termUnknown', // { term }
  'termIncomplete',
  'termDouble', // { source }
  'sisterUnknown', // { edition }
  'assignmentUnknown',
  'assigneeUnfit', // { name }: has left, or may not do this
  'dueMalformed',
  'nothingTicked',
  'paceMalformed', // { least, most }
  'summaryTooLong', // { most }
  'exchangeRefused', // { problem, line, detail }: a file that cannot be taken in
  'nothingToExport',
  'exportTooLarge', // { count }
  'importUnknown',
  'importDone',
  // bundles of a whole edition
  'bundleIncomplete', // { missing }: a file that a page shows has no bytes
  'bundleNameRefused', // { file }: could not lie on every file system
  // updates
  'updateUnknown',
  'updateDone',
  'aheadNotAlone', // { changeSet, about }: the set does not fit on this release without others
  'aheadAlready', // { changeSet }: the edition has it
  'severityNotRaised', // { changeSet }: a partner raises a severity, never lowers it
  'decisionNotOffered', // { decision, segment }
  // recalls
  'recallUnknown',
  // forms of the public pages
  'answerNeeded',
  'formFromElsewhere',
  'tooManyAnswers', // { minutes }
  // at the door
  'staleRevision', // { theirs }: somebody saved meanwhile
  'formTooLarge', // { limit }
  'formMalformed', // { field }
  'fileTooLarge', // { limit }
  'fileMissing',
  'pageUnknown',
  'unavailable',
  'unexpected',
] as const;

export type ErrorCode = (typeof errorCodes)[number];
export type ErrorData = Readonly<Record<string, string | number | readonly string[]>>;

/** A wish refused for a reason that its maker can understand. HTTP codes are decided in `web/`, prose in `locales/`. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly data: ErrorData;
  constructor(code: ErrorCode, data: ErrorData = {}) {
    super(`${code} ${JSON.stringify(data)}`);
    this.name = 'DomainError';
    this.code = code;
    this.data = data;
  }
}
