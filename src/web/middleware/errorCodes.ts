import type { ErrorCode } from '../../domain/errors.ts';

/** What each refusal is called in HTTP. Codes that are not here are 422: understood, but the wish cannot be met. */
const codes: Partial<Record<ErrorCode, number>> = {
  segmentUnknown: 404,
  lessonUnknown: 404,
  sectionUnknown: 404,
  factUnknown: 404,
  changeSetUnknown: 404,
  releaseUnknown: 404,
  personUnknown: 404,
  editionUnknown: 404,
  unitUnknown: 404,
  commentUnknown: 404,
  publicationUnknown: 404,
  updateUnknown: 404,
  recallUnknown: 404,
  pageUnknown: 404,
  linkUsed: 410,
  signInRequired: 401,
  signInFailed: 401,
  notAllowed: 403,
  csrfFailed: 403,
  secondPersonNeeded: 403,
  tooManyTries: 429,
  staleRevision: 409,
  changeSetState: 409,
  changeSetDuplicate: 409,
  editionExists: 409,
  emailTaken: 409,
  publicationRunning: 409,
  updateDone: 409,
  nothingToUndo: 409,
  lastCoordinator: 409,
  formMalformed: 400,
  fileMissing: 400,
  formTooLarge: 413,
  fileTooLarge: 413,
  unavailable: 503,
  unexpected: 500,
};

export function httpCode(code: ErrorCode): number {
  return codes[code] ?? 422;
}
