import type { TranslationUnit } from '../../../domain/edition/edition.ts';
import type { Translate } from '../../route.ts';

/** An earlier text of ours; the way back only fills the field. */
export type HistoryLine = {
  readonly at: string;
  readonly by: string;
  readonly state: string;
  readonly text: string;
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
): readonly HistoryLine[] {
  const line = (unit: TranslationUnit, restore: string | null): HistoryLine => ({
    at: unit.at,
    by: names.get((unit.state === 'reviewed' || unit.state === 'final' ? unit.reviewedBy : unit.by) ?? unit.by) ?? '',
    state: t(`desk:unitStates.${unit.state}`),
    text: unit.target,
    restore,
  });
  const [address = '', fragment = ''] = href.split('#');
  return [
    ...(now === null ? [] : [line(now, null)]),
    ...earlier.map((unit) =>
      line(unit, unit.target === now?.target ? null : `${address}&restore=${unit.revision}#${fragment}`),
    ),
  ];
}
