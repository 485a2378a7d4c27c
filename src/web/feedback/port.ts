import type { ErrorCode, ErrorData } from '../../domain/errors.ts';
import type { Context } from '../route.ts';

/** Pages of the public site for what its form brought. */
export interface FeedbackPages {
  /**
   * The page that says why the form could not be taken, in the language of its edition, with the helpline and the form
   * below as it was sent; null for a path that is no lesson's form.
   */
  refusal(path: string, code: ErrorCode, data: ErrorData, httpCode: number, sent: Context['form']): string | null;
}
