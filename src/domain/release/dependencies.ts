import type { LessonPackage } from '../package/lessonPackage.ts';
import { reverseChange } from './applyChange.ts';
import { givenBy, neededBy } from './changeNeeds.ts';
import type { Need } from './needs.ts';
import type { ChangeSet, ChangeSetId } from './release.ts';

/**
 * The sets among `others` that must come first, because this one touches what they add or change. With a package, what
 * that already has is no reason: then only what is really missing counts.
 */
export function dependsOn(
  set: ChangeSet,
  others: readonly ChangeSet[],
  lessonPackage?: LessonPackage,
): readonly ChangeSetId[] {
  const needed = new Set(needsOf(set, lessonPackage).map((need) => need.state));
  if (needed.size === 0) return [];
  return others
    .filter(
      (other) =>
        other.id !== set.id && other.changes.some((change) => givenBy(change).some((state) => needed.has(state))),
    )
    .map((other) => other.id);
}

/** Whether a set takes away what another one needs, the neighbour of a place say: then the other one goes first. */
export function takesFrom(set: ChangeSet, other: ChangeSet): boolean {
  const needed = new Set(needsOf(other).map((need) => need.state));
  return set.changes.some((change) => givenBy(reverseChange(change)).some((state) => needed.has(state)));
}

/** What a set needs and does not bring itself. */
export function needsOf(set: ChangeSet, lessonPackage?: LessonPackage): readonly Need[] {
  const own = new Set<string>();
  const missing: Need[] = [];
  for (const change of set.changes) {
    for (const need of neededBy(change)) {
      if (!own.has(need.state) && !(lessonPackage && need.isMet(lessonPackage))) missing.push(need);
    }
    for (const state of givenBy(change)) own.add(state);
  }
  return missing;
}
