import type { EditionTag } from '../../domain/edition/edition.ts';
import type { Presence } from '../../domain/edition/presence.ts';
import type { Instant } from '../../domain/time.ts';

/** Who has which unit open. */
export interface PresenceRows {
  /** Everybody in an edition since an instant. */
  since(tag: EditionTag, at: Instant): Promise<readonly Presence[]>;
  /** Takes the place of this person's row for the unit. */
  note(presence: Presence): Promise<void>;
  /** Removes what is older; how many rows went. */
  dropBefore(at: Instant): Promise<number>;
}
