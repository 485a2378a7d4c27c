import { loadChangeSet, loadDraftPackage } from '../../../commands/baseline/loadChangeSet.ts';
import type { Store } from '../../../commands/ports.ts';
import type { Action, Person } from '../../../domain/access/access.ts';
import { can } from '../../../domain/access/can.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { ChangeSet } from '../../../domain/release/release.ts';
import type { SetPackages } from './setPage.ts';

export type LoadedSet = { readonly set: ChangeSet; readonly packages: SetPackages };

/** A set with the package without and with its changes. Where they do not fit any more, the page still opens. */
export async function loadSet(store: Store, id: string): Promise<LoadedSet> {
  const set = await loadChangeSet(store, id);
  try {
    return { set, packages: await loadDraftPackage(store, set) };
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'changeDoesNotFit') throw error;
    const { before } = await loadDraftPackage(store, { ...set, changes: [] });
    return { set, packages: { before, after: null } };
  }
}

/** Who may do something, beside one person: named where it needs somebody else. */
export async function othersWho(store: Store, action: Action, but: string): Promise<readonly Person[]> {
  const people = await store.people.all();
  return people.filter(
    (person) => person.id !== but && person.state === 'active' && can({ kind: 'person', person }, action),
  );
}
