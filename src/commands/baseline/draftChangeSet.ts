import type { Actor } from '../../domain/access/access.ts';
import { diffPackages } from '../../domain/diff/diffReleases.ts';
import { DomainError } from '../../domain/errors.ts';
import type { LessonPackage } from '../../domain/package/lessonPackage.ts';
import { applyChanges } from '../../domain/release/applyChange.ts';
import { dependsOn, validateChangeSet } from '../../domain/release/changeSet.ts';
import type { Change, ChangeSet, Severity } from '../../domain/release/release.ts';
import type { Day } from '../../domain/time.ts';
import { announce } from '../announce.ts';
import { authorize } from '../authorize.ts';
import type { Store, World } from '../ports.ts';
import { followSets } from '../sendBack/followSets.ts';
import { type EditChangeSet, inState, loadDraftPackage, saveChangeSet } from './loadChangeSet.ts';

export type ChangeSetDetails = {
  readonly title: string;
  readonly severity: Severity;
  readonly reason: string;
  readonly evidence: readonly string[];
  readonly summary: string;
  readonly due: Day | null;
  readonly clearedVariants: readonly string[];
};

/** `Keep the proof` → `keep-the-proof`; another number behind it when the id was ever used. */
async function freeId(store: Store, title: string): Promise<string> {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 48);
  const base = words === '' ? 'change' : words;
  for (let number = 1; ; number++) {
    const id = number === 1 ? base : `${base}-${number}`;
    if ((await store.changeSets.byId(id)) === null) return id;
  }
}

/** Begins an empty change set on the newest release, beside whatever else is being drafted. */
export async function draftChangeSet(
  world: World,
  actor: Actor,
  details: Pick<ChangeSetDetails, 'title' | 'severity'>,
): Promise<ChangeSet> {
  return world.store.transaction(async (store) => {
    const person = authorize(actor, 'changeSet:write');
    const newest = await store.releases.newest();
    const set: ChangeSet = {
      id: await freeId(store, details.title),
      title: details.title.trim(),
      severity: details.severity,
      reason: '',
      evidence: [],
      summary: '',
      due: null,
      changes: [],
      clearedVariants: [],
      state: 'draft',
      base: newest?.number ?? null,
      release: null,
      author: person.id,
      approvedBy: null,
      revision: 1,
      updatedAt: world.now(),
    };
    await store.changeSets.save(set);
    return set;
  });
}

const writable = (store: Store, input: EditChangeSet): Promise<ChangeSet> => inState(store, input, ['draft']);

/**
 * Adds to a draft what `edit` makes of the package with the draft's changes in it. Changes that cancel out disappear.
 * Throws `staleRevision`, `changeSetState`, and what the editing verbs throw.
 */
export async function editChangeSet(
  world: World,
  actor: Actor,
  input: EditChangeSet,
  edit: (lessonPackage: LessonPackage) => readonly Change[],
): Promise<ChangeSet> {
  return world.store.transaction(async (store) => {
    authorize(actor, 'changeSet:write');
    const set = await writable(store, input);
    const { before, after } = await loadDraftPackage(store, set);
    const changes = diffPackages(before, applyChanges(after, edit(after)));
    const newest = await store.releases.newest();
    return saveChangeSet(world, store, set, { changes, base: newest?.number ?? null });
  });
}

/** Severity, reason, evidence and public summary of a draft. */
export async function describeChangeSet(
  world: World,
  actor: Actor,
  input: EditChangeSet,
  details: ChangeSetDetails,
): Promise<ChangeSet> {
  return world.store.transaction(async (store) => {
    authorize(actor, 'changeSet:write');
    const set = await writable(store, input);
    return saveChangeSet(world, store, set, details);
  });
}

/**
 * Asks a second person. The set has to be whole: see `validateChangeSet`; reason and summary are needed. Who asks
 * answers for the set from here on, whoever else wrote in it: so nobody approves what only they have read.
 */
export async function submitChangeSet(world: World, actor: Actor, input: EditChangeSet): Promise<ChangeSet> {
  return world.store.transaction(async (store) => {
    const person = authorize(actor, 'changeSet:write');
    const set = await writable(store, input);
    if (set.reason.trim() === '' || set.summary.trim() === '') throw new DomainError('reasonNeeded');
    if (set.severity === 'safety' && set.due === null) throw new DomainError('dueNeeded', { changeSet: set.id });
    const { before } = await loadDraftPackage(store, set);
    const base = await baseFor(store, set, before);
    const history = await store.releases.fullHistory();
    validateChangeSet(base, set, { usedIds: new Set(Object.keys(history)), history });
    const submitted = await saveChangeSet(world, store, set, { state: 'submitted', author: person.id });
    await announce(world, store, { kind: 'changeSetSubmitted', by: person.id, changeSet: submitted });
    return submitted;
  });
}

/** The package that a set stands on: the newest release with the open sets it depends on. */
async function baseFor(store: Store, set: ChangeSet, newest: LessonPackage): Promise<LessonPackage> {
  const open = (await store.changeSets.open()).filter((other) => other.id !== set.id);
  const needed = new Set(dependsOn(set, open));
  return open
    .filter((other) => needed.has(other.id))
    .reduce((base, other) => applyChanges(base, other.changes), newest);
}

/** Back to drafting; also takes an approval back. */
export async function reopenChangeSet(world: World, actor: Actor, input: EditChangeSet): Promise<ChangeSet> {
  return world.store.transaction(async (store) => {
    authorize(actor, 'changeSet:write');
    const set = await inState(store, input, ['submitted', 'approved']);
    return saveChangeSet(world, store, set, { state: 'draft', approvedBy: null });
  });
}

/** A draft nobody wants any more; kept for the record. Offers that were taken into it are open again. */
export async function discardChangeSet(world: World, actor: Actor, input: EditChangeSet): Promise<ChangeSet> {
  return world.store.transaction(async (store) => {
    const person = authorize(actor, 'changeSet:write');
    const set = await writable(store, input);
    const discarded = await saveChangeSet(world, store, set, { state: 'discarded' });
    await followSets(world, store, [discarded], person.id);
    return discarded;
  });
}

/** A second person approves the whole set; never its author. Throws `secondPersonNeeded`. */
export async function approveChangeSet(world: World, actor: Actor, input: EditChangeSet): Promise<ChangeSet> {
  return world.store.transaction(async (store) => {
    const person = authorize(actor, 'changeSet:approve');
    const set = await inState(store, input, ['submitted']);
    if (set.author === person.id) throw new DomainError('secondPersonNeeded');
    const approved = await saveChangeSet(world, store, set, { state: 'approved', approvedBy: person.id });
    await announce(world, store, { kind: 'changeSetApproved', by: person.id, changeSet: approved });
    return approved;
  });
}
