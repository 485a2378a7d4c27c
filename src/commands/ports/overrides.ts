import type { EditionTag } from '../../domain/edition/edition.ts';
import type { Override, OverrideKey } from '../../domain/edition/override.ts';

/** Minutes and orders that editions have of their own. */
export interface Overrides {
  ofEdition(tag: EditionTag): Promise<readonly Override[]>;
  /** Of every edition, for the sum. */
  all(): Promise<readonly Override[]>;
  byKey(key: OverrideKey): Promise<Override | null>;
  /** Compare-and-set. */
  save(override: Override): Promise<void>;
  drop(key: OverrideKey): Promise<void>;
}
