import type { Edition } from '../../domain/edition/edition.ts';
import { compareNumbers } from '../../domain/release/changeSet.ts';
import { dissolves, releasedOffer } from '../../domain/sendBack/dissolves.ts';
import type { Store } from '../ports.ts';

/**
 * Whether the edition's difference in a text goes away now that a person has redone or confirmed it: what the partner
 * offered is in the release that the edition stands on. Its entry is gone then; the text stays.
 */
export async function settleOffer(store: Store, edition: Edition, segment: string, newText: string): Promise<boolean> {
  const entry = await store.ledger.byId(edition.tag, segment);
  if (entry === null) return false;
  const sendBack = releasedOffer(await store.sendBacks.some(edition.tag, [segment]));
  const stands = sendBack?.release != null && compareNumbers(sendBack.release, edition.upstream.release) <= 0;
  if (!stands) return false;
  const unit = await store.units.byId(edition.tag, segment);
  if (dissolves({ language: edition.language, unit, entry, sendBack, newText }) !== 'entry') return false;
  await store.ledger.drop(edition.tag, segment);
  return true;
}
