import { DomainError } from '../errors.ts';
import type { EditionTag } from './edition.ts';

export type TagParts = { readonly language: string; readonly country: string };

/**
 * Reads a tag such as `tr-TR`, `zh-Hant-TW` or `tr-TR-x-ngo`. It needs a language and a country, in BCP 47's own
 * spelling, since it becomes a URL. Throws `editionTagMalformed`.
 */
export function readEditionTag(tag: EditionTag): TagParts {
  try {
    const locale = new Intl.Locale(tag);
    const spelling = /^[a-z]{2,3}(-[A-Z][a-z]{3})?-[A-Z]{2}(-x-[a-z0-9]{2,8})?$/;
    if (locale.region !== undefined && spelling.test(tag)) return { language: locale.language, country: locale.region };
  } catch {
    // Not a language tag at all: the same refusal.
  }
  throw new DomainError('editionTagMalformed', { edition: tag });
}
