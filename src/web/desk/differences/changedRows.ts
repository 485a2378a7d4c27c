import type { Store } from '../../../commands/ports.ts';
import { paths } from '../../paths.ts';
import type { ReadingSection } from '../baseline/lessonText.ts';
import { anchorOf } from '../workbench/hrefs.ts';

/** One segment in the sum, opened. */
export const differenceHref = (segment: string): string =>
  `${paths.differences.to()}?${new URLSearchParams({ segment })}#${anchorOf('unit', segment)}`;

export type Changed = { readonly editions: number; readonly all: number; readonly href: string };

/** The rows of a baseline lesson, each with how many editions have it differently. */
export async function withChanged(
  store: Pick<Store, 'ledger' | 'editions'>,
  sections: readonly ReadingSection[],
): Promise<readonly ReadingSection[]> {
  const segments = sections.flatMap((section) => section.rows.map((row) => row.segment));
  const [sums, editions] = await Promise.all([store.ledger.sums([...new Set(segments)]), store.editions.all()]);
  const changed = new Map(
    sums.map((sum): readonly [string, Changed] => [
      sum.segment,
      { editions: sum.editions, all: editions.length, href: differenceHref(sum.segment) },
    ]),
  );
  return sections.map((section) => ({
    ...section,
    rows: section.rows.map((row) => ({ ...row, changed: changed.get(row.segment) ?? null })),
  }));
}
