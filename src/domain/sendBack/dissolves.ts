import type { LedgerEntry, TranslationUnit } from '../edition/edition.ts';
import { baselineLanguage } from '../edition/workingText.ts';
import type { LanguageCode } from '../facts/fact.ts';
import type { SegmentId } from '../package/lessonPackage.ts';
import { normalText } from '../package/text.ts';
import { compareNumbers } from '../release/changeSet.ts';
import type { SendBack } from './sendBack.ts';

/** What is looked at: one segment of one edition, and the baseline's text as it is (or will be) now. */
export type Difference = {
  readonly language: LanguageCode;
  readonly unit: TranslationUnit | null;
  readonly entry: LedgerEntry | null;
  /** The edition's offer for this segment that was released, if there is one. */
  readonly sendBack: SendBack | null;
  readonly newText: string;
};

/**
 * Whether a difference goes away by itself. `unit`: in the baseline's language, ours says what the baseline says now:
 * the unit goes to the history, its entry goes, the edition inherits again. `entry`: in another language, what the
 * partner offered was released: once its text is redone or confirmed the entry goes, and the text stays. `no`
 * otherwise; an omission never does.
 */
export function dissolves({ language, unit, entry, sendBack, newText }: Difference): 'unit' | 'entry' | 'no' {
  if (unit === null || entry?.omits) return 'no';
  if (language === baselineLanguage) return normalText(unit.target) === normalText(newText) ? 'unit' : 'no';
  if (entry === null || sendBack?.state !== 'released') return 'no';
  return isOlder(entry, sendBack) ? 'entry' : 'no';
}

/** An entry that somebody wrote or confirmed since the release is about the new text: it stays. */
function isOlder(entry: LedgerEntry, { release, releasedOn }: SendBack): boolean {
  if (entry.against !== undefined && release !== null) return compareNumbers(entry.against, release) < 0;
  return releasedOn !== null && entry.on <= releasedOn;
}

/** By segment. */
export function releasedOffers(sendBacks: readonly SendBack[]): ReadonlyMap<SegmentId, SendBack> {
  const found = new Map<SegmentId, SendBack>();
  for (const [segment, offers] of Map.groupBy(sendBacks, (each) => each.segment)) {
    const offer = releasedOffer(offers);
    if (offer !== null) found.set(segment, offer);
  }
  return found;
}

/** The offer that counts for a segment: the one released last. */
export function releasedOffer(sendBacks: readonly SendBack[]): SendBack | null {
  const released = sendBacks.filter((each) => each.state === 'released');
  return released.sort((one, other) => one.changedAt.localeCompare(other.changedAt)).at(-1) ?? null;
}
