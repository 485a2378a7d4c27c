import type { LedgerEntry, TranslationUnit } from '../edition/edition.ts';
import { compareNumbers } from '../release/changeSet.ts';
import { dissolves } from '../sendBack/dissolves.ts';
import type { ItemApplication, Line } from './itemApplication.ts';

/** Another language: what we offered is in the baseline, so a text made from it is no difference any more. */
export function offerSettles({ item, ours, target }: ItemApplication): LedgerEntry | null {
  const entry = ours.ledger.get(item.key) ?? null;
  const sendBack = ours.offers?.get(item.key) ?? null;
  const unit = ours.units.get(item.key) ?? null;
  if (sendBack?.release == null || compareNumbers(sendBack.release, target) > 0 || item.theirs === null) return null;
  const found = dissolves({ language: ours.edition.language, unit, entry, sendBack, newText: item.theirs });
  return found === 'entry' ? entry : null;
}

export const settle = (work: ItemApplication, unit: TranslationUnit): TranslationUnit =>
  offerSettles(work) === null ? unit : { ...unit, adapted: false };

export function dissolvedEntry(work: ItemApplication): Pick<Line, 'ledgerBefore'> {
  const entry = offerSettles(work);
  if (entry === null || work.ledgerDrop.includes(work.item.key)) return {};
  work.ledgerDrop.push(work.item.key);
  return { ledgerBefore: entry };
}
