import type { LanguageCode } from '../../domain/facts/fact.ts';
import type { Term } from '../../domain/memory/term.ts';

/** The agreed words of each language, shared by its editions. */
export interface Glossary {
  /** By id. */
  ofLanguage(language: LanguageCode): Promise<readonly Term[]>;
  byId(language: LanguageCode, id: string): Promise<Term | null>;
  all(): Promise<readonly Term[]>;
  /** Compare-and-set. */
  save(term: Term): Promise<void>;
  /** Takes out the term of this revision; `staleRevision` when it is another one. */
  drop(term: Term): Promise<void>;
}
