import type { Severity } from '../../domain/release/release.ts';
import type { Day } from '../../domain/time.ts';

/** A place in a lesson, as a teacher would name it; steps by number. */
export type Place = { readonly number: number | null; readonly title: string };

/** Parts of a lesson that have no title of their own; the page names them. */
export const untitledParts = ['lead', 'before', 'messages', 'objectives', 'materials', 'safeguarding'] as const;
export type UntitledPart = (typeof untitledParts)[number];

/** What a change touched, as a teacher would look for it; all empty where its words are not there any more. */
export type Touched = { readonly places: readonly Place[]; readonly parts: readonly UntitledPart[] };

/** What readers of an edition are told of a change of the baseline. One of `own`, `source` and `touched` at most. */
export type Told = {
  readonly id: string;
  readonly severity: Severity;
  readonly release: string;
  readonly on: Day;
  /** In the edition's own words. */
  readonly own: string | null;
  /** In the baseline's words; only for editions that speak English. */
  readonly source: { readonly title: string; readonly summary: string } | null;
  /** Until the edition has words: which parts it altered. Null where no lesson was asked about. */
  readonly touched: Touched | null;
};
