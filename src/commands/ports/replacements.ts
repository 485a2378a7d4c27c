import type { EditionTag } from '../../domain/edition/edition.ts';
import type { Replacement } from '../../domain/edition/replacement.ts';

/** Words replaced all over an edition, so that they can be taken back. */
export interface Replacements {
  byId(tag: EditionTag, id: string): Promise<Replacement | null>;
  /** Newest first. */
  ofEdition(tag: EditionTag, limit: number): Promise<readonly Replacement[]>;
  /** Compare-and-set; throws `staleRevision`. */
  save(replacement: Replacement): Promise<void>;
}
