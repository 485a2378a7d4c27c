import type { SegmentId } from '../package/lessonPackage.ts';
import { normalText } from '../package/text.ts';
import type { Instant } from '../time.ts';
import type { EditionTag, TranslationUnit } from './edition.ts';

/** What a person has typed for a unit and not saved. It never touches the unit; only its person sees it. */
export type UnitDraft = {
  readonly edition: EditionTag;
  readonly segment: SegmentId;
  readonly person: string;
  readonly text: string;
  /** The unit's revision that the person started from; 0 when there was none. */
  readonly revision: number;
  readonly at: Instant;
};

/**
 * How a draft stands to its unit. `none`: there is nothing to offer. `goesOn`: nobody has saved since it was begun.
 * `behind`: somebody has, so the draft may only be offered, with marks.
 */
export type DraftStanding = 'none' | 'goesOn' | 'behind';

/** How a draft stands to the unit as it is now. */
export function standingOfDraft(
  draft: Pick<UnitDraft, 'text' | 'revision'> | null,
  unit: Pick<TranslationUnit, 'target' | 'revision'> | null,
): DraftStanding {
  if (draft === null || normalText(draft.text) === normalText(unit?.target ?? '')) return 'none';
  return draft.revision === (unit?.revision ?? 0) ? 'goesOn' : 'behind';
}
