import type { EditionTag } from '../../domain/edition/edition.ts';
import type { UnitDraft } from '../../domain/edition/unitDraft.ts';
import type { SegmentId } from '../../domain/package/lessonPackage.ts';

/** What people have typed and not saved: one draft a person and unit. */
export interface UnitDrafts {
  /** A person's own draft of a unit. */
  of(tag: EditionTag, segment: SegmentId, person: string): Promise<UnitDraft | null>;
  /** A person's own drafts in an edition. */
  ofPerson(tag: EditionTag, person: string): Promise<readonly UnitDraft[]>;
  /** Takes the place of the draft before. */
  keep(draft: UnitDraft): Promise<void>;
  drop(tag: EditionTag, segment: SegmentId, person: string): Promise<void>;
}
