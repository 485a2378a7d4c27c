import {
  type EditionImpact,
  impactOf,
  type ProposedRelease,
  proposeRelease,
  staleNow,
  unitsOfEdition,
} from '../../../commands/baseline/releaseImpact.ts';
import type { Store } from '../../../commands/ports.ts';
import type { Edition } from '../../../domain/edition/edition.ts';
import { hoursFor, isPace, paceOf } from '../../../domain/edition/pace.ts';
import { compareNumbers } from '../../../domain/release/changeSet.ts';
import type { ChangeSet, Release } from '../../../domain/release/release.ts';
import { type Day, dayOf } from '../../../domain/time.ts';
import { type AddedWork, addedWork, wordsOf } from '../../../domain/update/impact.ts';
import type { PersonContext } from '../../route.ts';

/** What a release adds to an edition's work; `already` is what is stale there without it. */
export type EditionWork = AddedWork & {
  readonly edition: Edition;
  readonly already: readonly string[];
  readonly words: number;
  /** Units that the edition has in all. */
  readonly units: number;
  /** Words an hour that its hours are counted with. */
  readonly pace: number;
  readonly hours: number;
};

export type ProposedImpact = {
  readonly proposed: ProposedRelease;
  /** Oldest first. */
  readonly releases: readonly Release[];
  readonly works: readonly EditionWork[];
};

/** The pace asked for in the address; null where each edition's own counts. */
export function askedPace(query: Readonly<Record<string, string>>): number | null {
  const words = /^\d{1,6}$/.test(query.pace ?? '') ? Number(query.pace) : 0;
  return isPace(words) ? words : null;
}

/** What these sets would do if they were the next release. Nothing is written, whatever state they are in. */
export async function impactOfSets(
  { world, query }: Pick<PersonContext, 'world' | 'query'>,
  sets: readonly ChangeSet[],
  on: Day = dayOf(world.now()),
): Promise<ProposedImpact> {
  const { store } = world;
  const proposed = await proposeRelease(store, sets, on);
  const [then, now, releases] = await Promise.all([
    impactOf(store, proposed),
    impactWithout(store),
    store.releases.all(),
  ]);
  const editions = then.map(({ edition }) => edition);
  const already = await staleNow(store, editions);
  const works = await worksOf(store, then, { now, already, pace: askedPace(query) });
  return { proposed, releases: inOrder(releases), works };
}

/** What a release still asks of the editions that stand before it. */
export async function impactOfRelease(
  { world, query }: Pick<PersonContext, 'world' | 'query'>,
  release: Release,
): Promise<readonly EditionWork[]> {
  const { store } = world;
  const then = await impactBefore(store, release);
  return worksOf(store, then, { now: [], already: new Map(), pace: askedPace(query) });
}

const inOrder = (releases: readonly Release[]) =>
  [...releases].sort((one, other) => compareNumbers(one.number, other.number));

/** What the newest release still asks of each edition. */
async function impactWithout(store: Store): Promise<readonly EditionImpact[]> {
  const newest = await store.releases.newest();
  return newest === null ? [] : impactBefore(store, newest);
}

async function impactBefore(store: Store, release: Release): Promise<readonly EditionImpact[]> {
  const lessonPackage = await store.releases.lessonPackage(release.number);
  const history = await store.releases.fullHistory();
  const all = await impactOf(store, { release, lessonPackage, revisions: [], history });
  return all.filter(({ edition }) => compareNumbers(edition.upstream.release, release.number) < 0);
}

type Before = {
  readonly now: readonly EditionImpact[];
  readonly already: ReadonlyMap<string, ReadonlySet<string>>;
  readonly pace: number | null;
};

async function worksOf(
  store: Store,
  then: readonly EditionImpact[],
  { now, already, pace }: Before,
): Promise<readonly EditionWork[]> {
  const known = new Map(now.map(({ edition, items }) => [edition.tag, items]));
  const works: EditionWork[] = [];
  for (const { edition, items } of then) {
    const stale = already.get(edition.tag) ?? new Set<string>();
    const lessonPackage = await store.releases.lessonPackage(edition.upstream.release);
    works.push(
      editionWork(edition, addedWork(items, known.get(edition.tag) ?? [], stale), {
        already: [...stale].sort(),
        units: unitsOfEdition(lessonPackage, edition),
        pace: pace ?? paceOf(edition),
      }),
    );
  }
  return works;
}

/** The work of one edition in numbers. */
export function editionWork(
  edition: Edition,
  work: AddedWork,
  { already, units, pace }: Pick<EditionWork, 'already' | 'units' | 'pace'>,
): EditionWork {
  const words = wordsOf(work);
  return { ...work, edition, already, units, words, pace, hours: hoursFor(words, pace) };
}
