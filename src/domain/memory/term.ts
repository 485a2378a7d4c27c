import type { LanguageCode } from '../facts/fact.ts';
import type { Instant } from '../time.ts';

/** A word or phrase with its other forms. `*` stands for any ending, `…` for up to three words between. */
export type TermWords = { readonly text: string; readonly forms: readonly string[] };
/** A word that is not used for this idea, what is said instead, and why. */
export type ForbiddenWord = { readonly text: string; readonly instead: string; readonly why: string };

/** What one idea of the baseline is called in a language: agreed by its partners, for all editions in it. */
export type Term = {
  /** Unique in its language: `grooming`. Lower-case words with hyphens. */
  readonly id: string;
  readonly language: LanguageCode;
  /** In the baseline's language. Forms are whole words. */
  readonly source: TermWords;
  /** Agreed, the preferred one first. Each word of a form may take endings. */
  readonly targets: readonly TermWords[];
  readonly forbidden: readonly ForbiddenWord[];
  readonly definition: string;
  /** For translators: when to use which. */
  readonly note: string;
  readonly revision: number;
  /** A person's id, or `seed`. */
  readonly by: string;
  readonly at: Instant;
};
