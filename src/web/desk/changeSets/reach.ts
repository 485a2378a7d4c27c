import type { Store } from '../../../commands/ports.ts';
import { baselineLanguage } from '../../../domain/edition/workingText.ts';
import type { Segment } from '../../../domain/package/lessonPackage.ts';
import { countWords } from '../../../domain/update/mergeWords.ts';
import { paths } from '../../paths.ts';

/** Whom a change of one segment touches, before it is made. */
export type Reach = {
  readonly editions: number;
  /** Editions with a text of their own for it. */
  readonly with: number;
  /** Units that a change of content would make stale. */
  readonly stale: number;
  readonly words: number;
  /** Where it differs on purpose: a person will be asked. */
  readonly adapted: readonly { readonly tag: string; readonly href: string }[];
};

/** Reads the units of one segment and nothing else. A segment that no release has yet touches nobody. */
export async function reachOf(store: Store, segment: Segment): Promise<Reach> {
  const editions = await store.editions.all();
  const tags = editions.map((edition) => edition.tag);
  const [units, ledger] = await Promise.all([
    store.units.ofEditions(tags, [segment.id]),
    store.ledger.ofEditions(tags, [segment.id]),
  ]);
  const own = units.filter((unit) => unit.state !== 'initial');
  const differs = new Set([
    ...own.filter((unit) => unit.adapted).map((unit) => unit.edition),
    ...ledger.map((entry) => entry.edition),
  ]);
  return {
    editions: editions.length,
    with: own.length,
    stale: units.length,
    words: countWords(segment.text, baselineLanguage),
    adapted: [...differs].sort().map((tag) => ({ tag, href: paths.ledger.to(tag) })),
  };
}
