import {
  type EditionImpact,
  impactOf,
  type ProposedRelease,
  proposeRelease,
} from '../../../commands/baseline/releaseImpact.ts';
import type { Store } from '../../../commands/ports.ts';
import { standsOn } from '../../../domain/edition/standsOn.ts';
import { compareNumbers } from '../../../domain/release/changeSet.ts';
import type { ChangeSet, Release } from '../../../domain/release/release.ts';
import { type Day, dayOf } from '../../../domain/time.ts';
import type { UpdateCounts } from '../../../domain/update/update.ts';
import { paths } from '../../paths.ts';
import type { PersonContext } from '../../route.ts';
import { editionName } from '../frame.ts';

/** What a release adds to an edition's work; `already` is what waits there without it. */
export type ImpactCounts = {
  readonly stale: number;
  readonly already: number;
  readonly words: number;
  readonly conflicts: number;
  readonly added: number;
  readonly facts: number;
  readonly safety: number;
};

/** Lengths of the bar, of 100: stale already, going stale without a conflict, in conflict. */
export type Bar = { readonly already: Piece; readonly going: Piece; readonly conflicts: Piece };
type Piece = { readonly from: number; readonly length: number };

export type ImpactRow = ImpactCounts & {
  readonly tag: string;
  readonly name: string;
  readonly href: string;
  readonly stands: string;
  readonly bar: Bar;
};

export type Impact = {
  readonly rows: readonly ImpactRow[];
  readonly sum: ImpactCounts;
  /** Editions that get stale units, or any work at all. */
  readonly touched: number;
};

export type ProposedImpact = { readonly proposed: ProposedRelease; readonly impact: Impact };

/** What these sets would do if they were the next release. Nothing is written, whatever state they are in. */
export async function impactOfSets(
  { world, language }: Pick<PersonContext, 'world' | 'language'>,
  sets: readonly ChangeSet[],
  on: Day = dayOf(world.now()),
): Promise<ProposedImpact> {
  const { store } = world;
  const proposed = await proposeRelease(store, sets, on);
  const [then, now] = await Promise.all([impactOf(store, proposed), impactWithout(store)]);
  return { proposed, impact: impactTable(then, now, language) };
}

/** What the newest release still asks of each edition. */
async function impactWithout(store: Store): Promise<readonly EditionImpact[]> {
  const newest = await store.releases.newest();
  return newest === null ? [] : impactOfRelease(store, newest);
}

/** What a release asks of the editions that stand before it. */
export async function impactOfRelease(store: Store, release: Release): Promise<readonly EditionImpact[]> {
  const lessonPackage = await store.releases.lessonPackage(release.number);
  const history = await store.releases.fullHistory();
  const all = await impactOf(store, { release, lessonPackage, revisions: [], history });
  return all.filter(({ edition }) => compareNumbers(edition.upstream.release, release.number) < 0);
}

/** The table of the look: most work first, each row with its bar; the sum stands above. */
export function impactTable(then: readonly EditionImpact[], now: readonly EditionImpact[], language: string): Impact {
  const known = new Map(now.map(({ edition, counts }) => [edition.tag, counts]));
  const counted = then.map(({ edition, counts }) => ({ edition, counts: added(counts, known.get(edition.tag)) }));
  const longest = Math.max(1, ...counted.map(({ counts }) => counts.already + counts.stale));
  const rows = counted
    .map(({ edition, counts }) => ({
      ...counts,
      tag: edition.tag,
      name: editionName(edition, language),
      href: paths.deskEdition.to(edition.tag),
      stands: standsOn(edition.upstream),
      bar: barOf(counts, longest),
    }))
    .sort((one, other) => work(other) - work(one) || other.already - one.already || one.tag.localeCompare(other.tag));
  return { rows, sum: sumOf(rows), touched: rows.filter((row) => row.stale > 0).length };
}

function added(then: UpdateCounts, now: UpdateCounts | undefined): ImpactCounts {
  const more = (key: keyof UpdateCounts) => Math.max(0, then[key] - (now?.[key] ?? 0));
  return {
    stale: more('stale'),
    already: now?.stale ?? 0,
    words: more('staleWords'),
    conflicts: more('conflicts'),
    added: more('added'),
    facts: more('factsNeeded'),
    safety: more('safety'),
  };
}

const work = (counts: ImpactCounts): number => counts.words + counts.conflicts + counts.facts;

function barOf({ already, stale, conflicts }: ImpactCounts, longest: number): Bar {
  const scale = (value: number) => Math.round((value / longest) * 1000) / 10;
  const [first, second, third] = [scale(already), scale(Math.max(0, stale - conflicts)), scale(conflicts)];
  return {
    already: { from: 0, length: first },
    going: { from: first, length: second },
    conflicts: { from: first + second, length: third },
  };
}

function sumOf(rows: readonly ImpactCounts[]): ImpactCounts {
  const sum = (key: keyof ImpactCounts) => rows.reduce((total, row) => total + row[key], 0);
  return {
    stale: sum('stale'),
    already: sum('already'),
    words: sum('words'),
    conflicts: sum('conflicts'),
    added: sum('added'),
    facts: sum('facts'),
    safety: sum('safety'),
  };
}
