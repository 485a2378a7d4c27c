import type { WorkingUnit } from '../../../domain/edition/workingText.ts';
import type { MemoryMatch } from '../../../domain/memory/memoryIndex.ts';
import { textHash } from '../../../domain/release/canonical.ts';
import type { TextHash } from '../../../domain/release/release.ts';
import type { EditionContext } from '../../route.ts';

/** As many as there are keys for them. */
const matchesShown = 3;

/** What ours and our sisters have made of this or a similar source; the text that stands here is none of them. */
export async function matchesFor(
  { world, edition, now }: Pick<EditionContext, 'world' | 'edition' | 'now'>,
  unit: WorkingUnit,
): Promise<readonly MemoryMatch[]> {
  const index = await world.store.translationMemory.index(edition.language, now);
  return index.lookup({ source: unit.source, edition: edition.tag, limit: matchesShown, without: [unit.text] });
}

export type Taken = { readonly target: string; readonly hash: TextHash };

/** The match that `?take=1` puts into the field, unsaved; null when nothing is asked for. */
export async function takenMatch(context: EditionContext, unit: WorkingUnit | undefined): Promise<Taken | null> {
  const { take } = context.query;
  if (take === undefined || unit === undefined || !/^[1-9]$/.test(take)) return null;
  const match = (await matchesFor(context, unit))[Number(take) - 1];
  return match === undefined ? null : { target: match.entry.target, hash: textHash(match.entry.target) };
}

/** Where a saved text comes from: a match that was taken and left as it was is the memory's. */
export const originOf = (taken: string, target: string): 'memory' | 'person' =>
  taken !== '' && taken === textHash(target.trim()) ? 'memory' : 'person';
