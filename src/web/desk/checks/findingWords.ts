import type { UnitFinding } from '../../../domain/checks/unit/unitFinding.ts';
import type { Translate } from '../../route.ts';

/** What a check found, in a sentence of the reader's language. */
export function findingText(t: Translate, { check, data }: Pick<UnitFinding, 'check' | 'data'>): string {
  return t(`checks:found.${check}`, { ...data, ...named(t, check, data) });
}

/** Data that are words of ours and not of the text. */
function named(t: Translate, check: UnitFinding['check'], data: UnitFinding['data']): Readonly<Record<string, string>> {
  switch (check) {
    case 'marksDiffer':
      return { kind: t(`checks:marks.${data.mark}`) };
    case 'tooLong':
      return { place: t(`checks:rooms.${data.room}`) };
    case 'ending':
      return { wanted: t(`checks:endings.${data.wanted}`), found: t(`checks:endings.${data.found}`) };
    default:
      return {};
  }
}
