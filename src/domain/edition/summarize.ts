import { DomainError } from '../errors.ts';
import type { ChangeSetId } from '../release/release.ts';
import type { Edition, OwnSummary } from './edition.ts';

/** The most letters of a summary: a reader wants one or two sentences. */
export const longestSummary = 600;

/**
 * The edition with its own words for a change set; without any, readers see which parts were touched. Throws
 * `summaryTooLong`.
 */
export function summarize(edition: Edition, set: ChangeSetId, summary: OwnSummary): Edition {
  const text = summary.text.replace(/\s+/g, ' ').trim();
  if (text.length > longestSummary) throw new DomainError('summaryTooLong', { most: longestSummary });
  const { [set]: _, ...others } = edition.summaries ?? {};
  const summaries = text === '' ? others : { ...others, [set]: { ...summary, text } };
  const { summaries: __, ...rest } = edition;
  const next = { ...rest, revision: edition.revision + 1 };
  return Object.keys(summaries).length === 0 ? next : { ...next, summaries };
}
