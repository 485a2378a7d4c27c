import type { Actor, Person } from '../../domain/access/access.ts';
import type { Edition } from '../../domain/edition/edition.ts';
import { DomainError } from '../../domain/errors.ts';
import {
  type Answer,
  type Bulk,
  type BulkAnswer,
  decide,
  decideAll,
  isChanged,
  undecide,
} from '../../domain/update/decide.ts';
import type { Update } from '../../domain/update/update.ts';
import { authorize } from '../authorize.ts';
import { loadEdition } from '../edition/loadWorking.ts';
import type { Store, World } from '../ports.ts';
import { begunBy, type OpenUpdate, openUpdate, type UpdateGoal } from './loadUpdate.ts';

export type DecideItem = UpdateGoal & {
  readonly edition: string;
  readonly key: string;
  /** Null takes the decision back. */
  readonly answer: Answer | null;
  /** The unit's revision that the person saw. */
  readonly unitRevision: number;
  /** When the decision that the person saw was made; empty for none. Absent: whatever stands there is replaced. */
  readonly seen?: string;
};

type Opened = { readonly store: Store; readonly edition: Edition; readonly person: Person; readonly now: string };

async function withUpdate<T>(
  world: World,
  actor: Actor,
  input: UpdateGoal & { readonly edition: string },
  work: (open: OpenUpdate, opened: Opened) => Promise<T>,
): Promise<T> {
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, input.edition);
    const person = authorize(actor, 'update:decide', { partner: edition.partner });
    const now = world.now();
    const open = await openUpdate(store, edition, now, input);
    if (open === null) throw new DomainError('updateUnknown');
    return work({ ...open, update: begunBy(open.update, person.id, world.newId) }, { store, edition, person, now });
  });
}

/**
 * Keeps a decision in the draft of an update; the first one begins the draft. Two people may decide different items at
 * once. Throws `updateUnknown`, `staleRevision` when the unit was written, the same item decided or the update applied
 * meanwhile, and what `decide` throws.
 */
export async function decideItem(world: World, actor: Actor, input: DecideItem): Promise<Update> {
  try {
    return await decideStanding(world, actor, input);
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'updateUnknown') throw error;
    // Somebody applied it meanwhile: what was written here goes back to its author beside what stands now.
    const ours = input.answer?.text ?? '';
    const unit = await world.store.units.byId(input.edition, input.key);
    if (ours === '' || unit === null || unit.revision === input.unitRevision) throw error;
    throw new DomainError('staleRevision', { ours, theirs: unit.target, segment: input.key });
  }
}

async function decideStanding(world: World, actor: Actor, input: DecideItem): Promise<Update> {
  return withUpdate(world, actor, input, async ({ plan, update }, { store, person, now }) => {
    const item = plan.items.find((candidate) => candidate.key === input.key);
    if (item === undefined) throw new DomainError('updateUnknown');
    if (isChanged(update, item, input.unitRevision, input.seen)) {
      const written = item.unitRevision !== input.unitRevision;
      throw new DomainError('staleRevision', {
        ours: input.answer?.text ?? '',
        theirs: (written ? null : update.decisions[item.key]?.text) ?? item.ours ?? '',
        segment: item.key,
      });
    }
    const next =
      input.answer === null ? undecide(update, input.key, now) : decide(update, item, input.answer, person.id, now);
    await store.updates.save(next);
    return next;
  });
}

export type DecideItems = UpdateGoal & { readonly edition: string; readonly answers: readonly BulkAnswer[] };

/**
 * Answers many items at once: all or none. `notTaken` names what was in the way; the draft is untouched then. Items that
 * need an eye one by one are never taken so. Throws `updateUnknown`.
 */
export async function decideItems(world: World, actor: Actor, input: DecideItems): Promise<Bulk> {
  return withUpdate(world, actor, input, async ({ plan, update }, { store, person, now }) => {
    const done = decideAll(update, plan, input.answers, person.id, now);
    if (done.notTaken.length === 0 && input.answers.length > 0) await store.updates.save(done.update);
    return done;
  });
}
