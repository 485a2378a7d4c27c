import type { Actor } from '../../domain/access/access.ts';
import { DomainError } from '../../domain/errors.ts';
import { type Answer, decide, undecide } from '../../domain/update/decide.ts';
import type { Update } from '../../domain/update/update.ts';
import { authorize } from '../authorize.ts';
import { loadEdition } from '../edition/loadWorking.ts';
import type { World } from '../ports.ts';
import { openUpdate } from './loadUpdate.ts';

export type DecideItem = {
  readonly edition: string;
  readonly key: string;
  /** Null takes the decision back. */
  readonly answer: Answer | null;
  /** The unit's revision that the person saw. */
  readonly unitRevision: number;
  /** When the decision that the person saw was made; empty for none. Absent: whatever stands there is replaced. */
  readonly seen?: string;
  readonly target?: string;
};

/**
 * Keeps a decision in the draft of an update; the first one begins the draft. Two people may decide different items at
 * once. Throws `updateUnknown`, `staleRevision` when the unit was written or the same item decided meanwhile, and what
 * `decide` throws.
 */
export async function decideItem(world: World, actor: Actor, input: DecideItem): Promise<Update> {
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, input.edition);
    const person = authorize(actor, 'update:decide', { partner: edition.partner });
    const now = world.now();
    const open = await openUpdate(store, edition, now, input.target);
    const item = open?.plan.items.find((candidate) => candidate.key === input.key);
    if (open === null || item === undefined) throw new DomainError('updateUnknown');
    const standing = open.update.decisions[item.key];
    const decidedMeanwhile = standing !== undefined && input.seen !== undefined && standing.at !== input.seen;
    if (item.unitRevision !== input.unitRevision || decidedMeanwhile) {
      throw new DomainError('staleRevision', {
        ours: input.answer?.text ?? '',
        theirs: (decidedMeanwhile ? standing.text : null) ?? item.ours ?? '',
        segment: item.key,
      });
    }
    const begun =
      open.update.revision === 0 ? { ...open.update, id: world.newId(), startedBy: person.id } : open.update;
    const next =
      input.answer === null ? undecide(begun, input.key, now) : decide(begun, item, input.answer, person.id, now);
    await store.updates.save(next);
    return next;
  });
}
