import type { EditionTag } from '../../domain/edition/edition.ts';
import type { UnitDraft } from '../../domain/edition/unitDraft.ts';
import type { SegmentId } from '../../domain/package/lessonPackage.ts';

/**
 * What people have typed and not saved: one draft a person and unit. It goes when its person saves that unit, keeps what
 * another saved, or drops it; whatever else writes the unit (an update, a file, a replacement, a review) leaves it, and
 * the workbench then shows it beside the text that came meanwhile.
 */
export interface UnitDrafts {
  /** A person's own draft of a unit. */
  of(tag: EditionTag, segment: SegmentId, person: string): Promise<UnitDraft | null>;
  /** A person's own drafts in an edition. */
  ofPerson(tag: EditionTag, person: string): Promise<readonly UnitDraft[]>;
  /** Takes the place of the draft before. */
  keep(draft: UnitDraft): Promise<void>;
  drop(tag: EditionTag, segment: SegmentId, person: string): Promise<void>;
}
