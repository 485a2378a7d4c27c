import type { LooksAt, Said } from './unitFinding.ts';

/** What the glossary says of a text. `wanted`: the agreed words, the preferred one first. */
export type GlossaryFinding =
  | { readonly kind: 'termMissing'; readonly word: string; readonly wanted: readonly string[] }
  | { readonly kind: 'termForbidden'; readonly word: string; readonly instead: string; readonly why: string };
/** Compares a text with the terms agreed for its language. */
export type Glossary = (source: string, target: string) => readonly GlossaryFinding[];

/** Terms that the text says otherwise than agreed. A term may need another word in one place, so this is to look at. */
export const glossaryCheck: LooksAt = ({ source, target, glossary }) =>
  (glossary?.(source, target) ?? []).map(({ kind, ...data }): Said => ({ check: kind, level: 'warning', data }));
