import type { Waiver } from '../../domain/checks/unit/waiver.ts';
import type { EditionTag } from '../../domain/edition/edition.ts';
import type { SegmentId } from '../../domain/package/lessonPackage.ts';
import type { Hash } from '../../domain/release/release.ts';

/** What people said to the findings of the checks. */
export interface Waivers {
  ofEdition(tag: EditionTag): Promise<readonly Waiver[]>;
  byId(tag: EditionTag, segment: SegmentId, of: Hash): Promise<Waiver | null>;
  /** Compare-and-set; throws `staleRevision`. */
  save(waiver: Waiver): Promise<void>;
}
