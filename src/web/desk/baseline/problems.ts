import { DomainError, type ErrorCode } from '../../../domain/errors.ts';
import { httpCode } from '../../middleware/errorCodes.ts';
import type { Translate } from '../../route.ts';

/** What has to be mended, at the field where it is mended. */
export type Problem = { readonly field: string | null; readonly message: string };
/** A wish refused, ready for the page that it came from. */
export type Refusal = { readonly code: number; readonly problems: readonly Problem[] };

/** Refusals that the page of the form cannot mend: they go to the error page. */
const elsewhere: ReadonlySet<ErrorCode> = new Set([
  'notAllowed',
  'signInRequired',
  'changeSetUnknown',
  'recallUnknown',
  'formMalformed',
  'unavailable',
  'unexpected',
]);
/** What keeps its HTTP code on the page; the rest is 422. */
const conflicts: ReadonlySet<ErrorCode> = new Set(['staleRevision', 'changeSetState', 'secondPersonNeeded']);

const misfits: ReadonlySet<string> = new Set([
  ...['exists', 'missing', 'differs', 'stillPlaced', 'notEmpty', 'elsewhere'],
  ...['lessonMissing', 'sectionMissing', 'neighbourMissing', 'segmentMissing'],
]);

/** A refusal in the reader's words: codes inside its data are spelled out, too. */
export function refusalText(t: Translate, error: DomainError): string {
  const { code, data } = error;
  const words: Record<string, unknown> = { ...data };
  if (code === 'severityTooLow') {
    words.severity = t(`desk:severities.${data.severity}`);
    words.proposed = t(`desk:severities.${data.proposed}`);
  }
  if (code === 'changeSetState') words.state = t(`desk:changeSetStates.${data.state}`);
  if (code === 'changeDoesNotFit' && misfits.has(String(data.reason))) {
    words.change = String(data.change).split(' ').slice(1).join(' ');
    words.reason = t(`baseline:misfits.${data.reason}`);
  }
  if (code === 'contentMalformed' && data.what !== undefined) {
    words.problem = t(`baseline:malformed.${data.what}`, { detail: data.detail });
  }
  if (code === 'factUnknown' && data.line !== undefined) return t('baseline:import.fact', data);
  if (code === 'segmentUnknown' && data.line !== undefined) return t('baseline:import.segment', data);
  return t(`errors:${code}`, words);
}

/** Runs the work of a form; a refusal that belongs to the page comes back as a value, every other error goes on. */
export async function attempt<T>(
  t: Translate,
  fields: Partial<Record<ErrorCode, string>>,
  work: () => Promise<T>,
): Promise<{ readonly done: T } | { readonly refused: Refusal; readonly error: DomainError }> {
  try {
    return { done: await work() };
  } catch (error) {
    if (!(error instanceof DomainError) || elsewhere.has(error.code)) throw error;
    const code = conflicts.has(error.code) ? httpCode(error.code) : 422;
    return {
      refused: { code, problems: [{ field: fields[error.code] ?? null, message: refusalText(t, error) }] },
      error,
    };
  }
}
