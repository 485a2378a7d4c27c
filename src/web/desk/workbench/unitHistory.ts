import type { TranslationUnit } from '../../../domain/edition/edition.ts';
import type { Translate } from '../../route.ts';
import { markedRuns, plainRuns, type TextRun } from './textRuns.ts';

/** An earlier text of ours; the way back only fills the field, and the save carries the person's name. */
export type HistoryLine = {
  readonly at: string;
  readonly by: string;
  readonly state: string;
  /** Where the text comes from, when no person typed it here. */
  readonly origin: string | null;
  /** Marked against the text before it; null where the words are the same. */
  readonly runs: readonly TextRun[] | null;
  /** Null for the text as it stands. */
  readonly restore: string | null;
};

/** Newest first; lines without a new wording (a review, a confirmation) can be read, too. */
export function unitHistory(
  t: Translate,
  now: TranslationUnit | null,
  earlier: readonly TranslationUnit[],
  names: ReadonlyMap<string, string>,
  href: string,
  language: string,
): readonly HistoryLine[] {
  const [address = '', fragment = ''] = href.split('#');
  const units = now === null ? earlier : [now, ...earlier];
  return units.map((unit, index) => {
    const before = units[index + 1];
    const reviewed = unit.state === 'reviewed' || unit.state === 'final';
    return {
      at: unit.at,
      by: names.get((reviewed ? unit.reviewedBy : unit.by) ?? unit.by) ?? '',
      state: t(`desk:unitStates.${unit.state}`),
      origin: unit.origin === 'person' ? null : t(`bench:origins.${unit.origin}`),
      runs:
        before === undefined
          ? plainRuns(unit.target)
          : before.target === unit.target
            ? null
            : markedRuns(before.target, unit.target, language),
      restore: unit.target === now?.target ? null : `${address}&restore=${unit.revision}#${fragment}`,
    };
  });
}
