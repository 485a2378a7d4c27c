import { DomainError } from '../errors.ts';
import type { LessonPackage } from '../package/lessonPackage.ts';
import type { Day } from '../time.ts';
import { applyChanges } from './applyChange.ts';
import { dependsOn, needsOf, takesFrom } from './dependencies.ts';
import { highestSeverity } from './meaning.ts';
import { packageRoot } from './merkle.ts';
import { compareNumbers } from './numbering.ts';
import { rebaseChanges } from './rebaseChanges.ts';
import type { Change, ChangeSet, Release, ReleaseNumber } from './release.ts';

export type ReleaseDetails = {
  readonly number: ReleaseNumber;
  readonly on: Day;
  readonly summary: string;
  readonly previous: ReleaseNumber | null;
  readonly demonstration: boolean;
};

/**
 * The release that carries the given sets, and the package it leads to. Sets come in the order given, except that a
 * set waits for those it depends on; the places they name are those of the moment, so that every release can be
 * taken back exactly. `unreleased` are sets not chosen: they name what is missing when one of them is needed.
 */
export function composeRelease(
  lessonPackage: LessonPackage,
  sets: readonly ChangeSet[],
  details: ReleaseDetails,
  unreleased: readonly ChangeSet[] = [],
): { readonly release: Release; readonly lessonPackage: LessonPackage } {
  const { number, previous } = details;
  if (sets.length === 0) throw new DomainError('changeSetEmpty', { changeSet: number });
  if (previous !== null && compareNumbers(number, previous) <= 0) {
    throw new DomainError('releaseNotLater', { release: number, base: previous });
  }
  let current = lessonPackage;
  const ordered: ChangeSet[] = [];
  const waiting = [...sets];
  while (waiting.length > 0) {
    const next = nextSet(current, waiting, unreleased);
    current = applyChanges(current, next.changes);
    ordered.push({ ...next.set, changes: next.changes, state: 'released', release: number });
    waiting.splice(waiting.indexOf(next.set), 1);
  }
  const severity = highestSeverity(sets.map((set) => set.severity));
  return { release: { ...details, severity, sets: ordered, root: packageRoot(current) }, lessonPackage: current };
}

/** The first of the waiting sets that can be applied now, with its changes as they fit. */
function nextSet(
  current: LessonPackage,
  waiting: readonly ChangeSet[],
  unreleased: readonly ChangeSet[],
): { readonly set: ChangeSet; readonly changes: readonly Change[] } {
  let refusal: unknown;
  const takesFromOthers = (set: ChangeSet) => waiting.some((other) => other !== set && takesFrom(set, other));
  const order = [...waiting.filter((set) => !takesFromOthers(set)), ...waiting.filter(takesFromOthers)];
  for (const set of order) {
    if (dependsOn(set, waiting, current).length > 0) continue;
    try {
      refuseMissing(set, current, unreleased);
      return { set, changes: rebaseChanges(current, set.changes) };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      refusal ??= error;
    }
  }
  const [first] = waiting;
  throw (
    refusal ??
    new DomainError('dependencyMissing', { changeSet: first?.id ?? '', needs: waitingFor(first, waiting, current) })
  );
}

function refuseMissing(set: ChangeSet, current: LessonPackage, unreleased: readonly ChangeSet[]): void {
  const sets = dependsOn(set, unreleased, current);
  if (sets.length > 0) throw new DomainError('dependencyMissing', { changeSet: set.id, needs: sets });
  // Nobody is known to bring it: what is wanting is named itself. Where it is there but differs, the change tells why.
  const things = needsOf(set, current).filter((need) => need.kind === 'presence');
  if (things.length > 0) {
    throw new DomainError('dependencyMissing', { changeSet: set.id, needs: [...new Set(things.map((n) => n.about))] });
  }
}

function waitingFor(set: ChangeSet | undefined, waiting: readonly ChangeSet[], current: LessonPackage) {
  return set === undefined ? [] : dependsOn(set, waiting, current);
}
