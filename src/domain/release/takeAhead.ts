import { DomainError } from '../errors.ts';
import type { LessonPackage } from '../package/lessonPackage.ts';
import { applyChanges } from './applyChange.ts';
import { givenBy } from './changeNeeds.ts';
import { needsOf } from './dependencies.ts';
import { compareNumbers } from './numbering.ts';
import { rebaseChanges } from './rebaseChanges.ts';
import type { ChangeSet, ChangeSetId, Release, ReleaseNumber } from './release.ts';

/** A release with some sets of later releases on top of it: "1.3.0 + keep-the-proof". */
export type TakenAhead = {
  readonly lessonPackage: LessonPackage;
  /** The sets taken, in the order in which they were released, with those that they need. */
  readonly ahead: readonly ChangeSetId[];
};

/** Every set of the releases after `base`, in the order in which they were made. */
export function laterSets(releases: readonly Release[], base: ReleaseNumber): readonly ChangeSet[] {
  return releases
    .filter((release) => compareNumbers(release.number, base) > 0)
    .toSorted((one, other) => compareNumbers(one.number, other.number))
    .flatMap((release) => release.sets);
}

/**
 * Takes sets of later releases ahead, with what they depend on and nothing else. What the base has already is no
 * reason to bring a set along. Throws `changeSetUnknown` for a set that is not among the later ones, and
 * `aheadNotAlone` for one that does not fit on this release, with a set of the way there that is missing.
 */
export function takeAhead(
  base: LessonPackage,
  later: readonly ChangeSet[],
  wanted: readonly ChangeSetId[],
): TakenAhead {
  const chosen = new Set(wanted);
  for (const id of wanted) {
    if (!later.some((set) => set.id === id)) throw new DomainError('changeSetUnknown', { changeSet: id });
  }
  for (;;) {
    const tried = tryOrder(base, later, chosen);
    if (tried.kind === 'fits') {
      return {
        lessonPackage: tried.lessonPackage,
        ahead: later.filter((set) => chosen.has(set.id)).map(({ id }) => id),
      };
    }
    if (tried.kind === 'refused') throw new DomainError('aheadNotAlone', { changeSet: tried.set, about: tried.about });
    chosen.add(tried.needs);
  }
}

type Tried =
  | { readonly kind: 'fits'; readonly lessonPackage: LessonPackage }
  | { readonly kind: 'needs'; readonly needs: ChangeSetId }
  | { readonly kind: 'refused'; readonly set: ChangeSetId; readonly about: string };

function tryOrder(base: LessonPackage, later: readonly ChangeSet[], chosen: ReadonlySet<ChangeSetId>): Tried {
  let current = base;
  for (const [index, set] of later.entries()) {
    if (!chosen.has(set.id)) continue;
    const missing = needsOf(set, current);
    for (const need of missing) {
      // The last one that made it so: what was undone in between cancels out.
      const giver = later.slice(0, index).findLast((other) => gives(other, need.state));
      if (giver !== undefined && !chosen.has(giver.id)) return { kind: 'needs', needs: giver.id };
    }
    try {
      current = applyChanges(current, rebaseChanges(current, set.changes));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { kind: 'refused', set: set.id, about: missing[0]?.about ?? String(error.data.change ?? '') };
    }
  }
  return { kind: 'fits', lessonPackage: current };
}

const gives = (set: ChangeSet, state: string): boolean => set.changes.some((change) => givenBy(change).includes(state));

/**
 * The sets ahead that a release does not have yet. Where one of them does not fit on it alone, every set before it
 * comes along: the whole way there always fits.
 */
export function stillAhead(
  base: LessonPackage,
  later: readonly ChangeSet[],
  ahead: readonly ChangeSetId[],
): TakenAhead {
  const wanted = ahead.filter((id) => later.some((set) => set.id === id));
  try {
    return takeAhead(base, later, wanted);
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'aheadNotAlone') throw error;
    const last = later.findLastIndex((set) => wanted.includes(set.id));
    return takeAhead(
      base,
      later,
      later.slice(0, last + 1).map(({ id }) => id),
    );
  }
}
