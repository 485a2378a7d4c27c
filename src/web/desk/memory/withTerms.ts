import { termsIn } from '../../../domain/memory/terms.ts';
import type { EditionContext } from '../../route.ts';
import type { Group } from '../workbench/workbenchPage.ts';
import { markTerms } from './markTerms.ts';

/** The open row's source with its terms marked; the other rows stay as they are. */
export async function withTerms(
  { world, edition }: Pick<EditionContext, 'world' | 'edition'>,
  groups: readonly Group[],
  source: string,
): Promise<readonly Group[]> {
  const places = termsIn(source, await world.store.glossary.ofLanguage(edition.language));
  if (places.length === 0) return groups;
  return groups.map((group) => ({
    ...group,
    rows: group.rows.map((row) => (row.open ? { ...row, source: markTerms(row.source, places) } : row)),
  }));
}
