import type { LedgerEntry, TranslationUnit } from '../edition/edition.ts';
import type { SegmentId } from '../package/lessonPackage.ts';
import type { ReleaseNumber } from '../release/release.ts';
import { dayOf, type Instant } from '../time.ts';
import type { Wholes } from './applyUpdate.ts';
import type { OurSide } from './ourSide.ts';
import type { Decision, UpdateItem, UpdateLogLine } from './update.ts';

/** One item with all that apply needs to know; what is to be written is added to its lists. */
export type ItemApplication = {
  readonly item: UpdateItem;
  readonly decision: Decision | undefined;
  readonly ours: OurSide;
  readonly at: Instant;
  readonly base: ReleaseNumber;
  /** The release that the edition stands on afterwards. */
  readonly target: ReleaseNumber;
  readonly wholes: Wholes;
  readonly save: TranslationUnit[];
  readonly retire: TranslationUnit[];
  readonly ledgerSave: LedgerEntry[];
  readonly ledgerDrop: SegmentId[];
};

export type Line = Pick<UpdateLogLine, 'done' | 'unitRevision' | 'unitBefore' | 'ledgerBefore'>;

/** The ledger's entry with what the decision says. */
export function entryOf(work: ItemApplication, decision: Decision, entry: LedgerEntry | null): LedgerEntry {
  const { item, ours, at, target } = work;
  const known = entry ?? { edition: ours.edition.tag, segment: item.key, kind: 'other' as const, omits: false };
  return {
    ...known,
    reason: decision.reason ?? entry?.reason ?? '',
    owner: decision.by,
    on: dayOf(at),
    against: target,
    revision: (entry?.revision ?? 0) + 1,
  };
}
