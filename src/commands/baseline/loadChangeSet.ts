import { DomainError } from '../../domain/errors.ts';
import type { LessonPackage } from '../../domain/package/lessonPackage.ts';
import { applyChanges } from '../../domain/release/applyChange.ts';
import { rebaseChanges } from '../../domain/release/rebaseChanges.ts';
import type { ChangeSet, ChangeSetState } from '../../domain/release/release.ts';
import type { Store, World } from '../ports.ts';

/** A set, or `changeSetUnknown`. */
export async function loadChangeSet(store: Store, id: string): Promise<ChangeSet> {
  const set = await store.changeSets.byId(id);
  if (set === null) throw new DomainError('changeSetUnknown', { changeSet: id });
  return set;
}

/** The newest release's package, and the package with the set's changes in it. */
export async function loadDraftPackage(
  store: Store,
  set: ChangeSet,
): Promise<{ readonly before: LessonPackage; readonly after: LessonPackage }> {
  const newest = await store.releases.newest();
  if (newest === null) throw new DomainError('releaseUnknown', { release: '' });
  const before = await store.releases.lessonPackage(newest.number);
  if (set.state === 'released') return { before, after: before };
  // Another set may have moved the neighbours of a place since this one was drafted.
  return { before, after: applyChanges(before, rebaseChanges(before, set.changes)) };
}

export type EditChangeSet = { readonly set: string; readonly revision: number };

/** The set at the revision that the person saw, in one of these states. Throws `staleRevision`, `changeSetState`. */
export async function inState(
  store: Store,
  input: EditChangeSet,
  states: readonly ChangeSetState[],
): Promise<ChangeSet> {
  const set = await loadChangeSet(store, input.set);
  if (set.revision !== input.revision) throw new DomainError('staleRevision', { changeSet: set.id });
  if (!states.includes(set.state)) throw new DomainError('changeSetState', { changeSet: set.id, state: set.state });
  return set;
}

/** Writes a change of a set, as its next revision. */
export async function saveChangeSet(
  world: World,
  store: Store,
  set: ChangeSet,
  change: Partial<ChangeSet>,
): Promise<ChangeSet> {
  const next = { ...set, ...change, updatedAt: world.now(), revision: set.revision + 1 };
  await store.changeSets.save(next);
  return next;
}
