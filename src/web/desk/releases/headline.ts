import type { Translate } from '../../route.ts';
import type { Impact } from './impactTable.ts';

/** The news of a dry run: "0.3.0 would make 412 units stale in 31 editions". */
export function impactHeadline(t: Translate, number: string, { sum, rows, touched }: Impact): string {
  if (rows.length === 0) return t('baseline:impact.noEditions', { number });
  if (sum.stale > 0) {
    const units = t('baseline:impact.units', { count: sum.stale });
    const editions = t('baseline:impact.editions', { count: touched });
    return t('baseline:impact.stale', { number, units, editions });
  }
  if (sum.added > 0) return t('baseline:impact.added', { number, count: sum.added });
  if (sum.facts > 0) return t('baseline:impact.facts', { number, count: sum.facts });
  return t('baseline:impact.nothing', { number });
}
