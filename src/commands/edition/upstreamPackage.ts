import type { Edition } from '../../domain/edition/edition.ts';
import { type WithKept, withKept } from '../../domain/edition/keptParts.ts';
import type { LessonPackage } from '../../domain/package/lessonPackage.ts';
import type { History } from '../../domain/release/meaning.ts';
import { historyWithAhead, raiseHistory } from '../../domain/release/ownHistory.ts';
import { laterSets, stillAhead } from '../../domain/release/takeAhead.ts';
import type { Store } from '../ports.ts';

/** Where an edition stands: a release, the sets taken ahead of it, and what it keeps of what the baseline removed. */
export type Stands = Pick<Edition, 'upstream' | 'kept'>;

/** By the release's package, which the store remembers; a page then asks for nothing twice. */
const packages = new WeakMap<LessonPackage, Map<string, WithKept>>();
const histories = new WeakMap<History, Map<string, History>>();

/**
 * The source of an edition: the package of its release, with the change sets taken ahead and the parts kept. Used
 * wherever an edition's source is meant, never the release alone. Throws `releaseUnknown`.
 */
export async function upstreamPackage(store: Pick<Store, 'releases'>, edition: Stands): Promise<LessonPackage> {
  return (await standingPackage(store, edition)).lessonPackage;
}

/** The same, with the kept segments that have lost their place. */
export async function standingPackage(store: Pick<Store, 'releases'>, edition: Stands): Promise<WithKept> {
  const { release, ahead } = edition.upstream;
  const kept = edition.kept ?? [];
  const base = await store.releases.lessonPackage(release);
  if (ahead.length === 0 && kept.length === 0) return { lessonPackage: base, adrift: [] };
  const known = packages.get(base) ?? new Map<string, WithKept>();
  packages.set(base, known);
  const key = JSON.stringify([release, ahead, kept]);
  const found = known.get(key);
  if (found !== undefined) return found;
  const { lessonPackage } =
    ahead.length === 0
      ? { lessonPackage: base }
      : stillAhead(base, laterSets(await store.releases.all(), release), ahead);
  const parts = [];
  for (const part of kept) parts.push({ kept: part, from: await store.releases.lessonPackage(part.release) });
  const composed = withKept(lessonPackage, parts);
  known.set(key, composed);
  return composed;
}

/** The history of texts as an edition reads it: with the severities it raised and the texts it took ahead. */
export async function editionHistory(
  store: Pick<Store, 'releases'>,
  edition: Pick<Edition, 'upstream' | 'raised'>,
): Promise<History> {
  return ownHistory(store, edition, await store.releases.fullHistory());
}

/** The same for a history that is not stored yet, or only a part of the whole. */
export async function ownHistory(
  store: Pick<Store, 'releases'>,
  { upstream, raised = {} }: Pick<Edition, 'upstream' | 'raised'>,
  history: History,
): Promise<History> {
  const taken = [...upstream.ahead, ...(upstream.passed ?? [])];
  if (taken.length === 0 && Object.keys(raised).length === 0) return history;
  const known = histories.get(history) ?? new Map<string, History>();
  histories.set(history, known);
  const key = JSON.stringify([taken, raised]);
  const found = known.get(key);
  if (found !== undefined) return found;
  const releases = await store.releases.all();
  const own = historyWithAhead(raiseHistory(history, releases, raised), releases, taken, raised);
  known.set(key, own);
  return own;
}
