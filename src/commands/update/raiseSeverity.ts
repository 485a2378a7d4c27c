import type { Actor } from '../../domain/access/access.ts';
import type { Edition } from '../../domain/edition/edition.ts';
import { raiseFor } from '../../domain/edition/raiseFor.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Severity } from '../../domain/release/release.ts';
import { type Day, dayOf } from '../../domain/time.ts';
import { planUpdate } from '../../domain/update/planUpdate.ts';
import { closeAssignments } from '../assignment/closeAssignments.ts';
import { authorize } from '../authorize.ts';
import { loadEdition } from '../edition/loadWorking.ts';
import type { World } from '../ports.ts';
import { loadDelta, loadOurSide } from './loadUpdate.ts';

export type RaiseSeverity = {
  readonly edition: string;
  /** A released change set. */
  readonly set: string;
  readonly severity: Severity;
  /** Of one raised to safety: until when the edition carries it. */
  readonly due: Day | null;
  readonly reason: string;
  readonly revision: number;
};

/**
 * A partner takes a change more seriously than the authority does, for its own edition: staleness, plans and counts see
 * it from now on. Throws `changeSetUnknown`, `severityNotRaised`, `dueNeeded`, `reasonNeeded`, `staleRevision`.
 */
export async function raiseSeverity(world: World, actor: Actor, input: RaiseSeverity): Promise<Edition> {
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, input.edition);
    const person = authorize(actor, 'edition:manage', { partner: edition.partner });
    if (edition.revision !== input.revision) throw new DomainError('staleRevision', {});
    const sets = (await store.releases.all()).flatMap((release) => release.sets);
    const set = sets.find((each) => each.id === input.set);
    if (set === undefined) throw new DomainError('changeSetUnknown', { changeSet: input.set });
    const { severity, due, reason } = input;
    const next = raiseFor(edition, set, { severity, due, reason, by: person.id, on: dayOf(world.now()) });
    await store.editions.save(next);
    const counted = await store.editions.counts(edition.tag);
    const newest = await store.releases.newest();
    if (counted !== null && newest !== null && counted.release !== edition.upstream.release) {
      const delta = await loadDelta(store, next, { kind: 'release', release: newest.number });
      const { counts } = planUpdate(delta, await loadOurSide(store, next, delta));
      await store.editions.saveCounts([{ tag: edition.tag, release: newest.number, counts }]);
    }
    await closeAssignments(world, store, next, 'all');
    return next;
  });
}
