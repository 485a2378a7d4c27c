import type { Actor } from '../../domain/access/access.ts';
import { DomainError } from '../../domain/errors.ts';
import type { SegmentId } from '../../domain/package/lessonPackage.ts';
import { undoUpdate } from '../../domain/update/undoUpdate.ts';
import { closeAssignments } from '../assignment/closeAssignments.ts';
import { authorize } from '../authorize.ts';
import { loadEdition } from '../edition/loadWorking.ts';
import type { World } from '../ports.ts';

/**
 * Takes the last applied update back, until the next publication. Returns the segments that somebody wrote since: they
 * stay as they are. Throws `updateUnknown`, `updateDone` after a publication, `staleRevision`.
 */
export async function undoEditionUpdate(
  world: World,
  actor: Actor,
  input: { readonly edition: string; readonly revision: number },
): Promise<readonly SegmentId[]> {
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, input.edition);
    authorize(actor, 'update:apply', { partner: edition.partner });
    if (edition.revision !== input.revision) throw new DomainError('staleRevision', {});
    const update = await store.updates.applied(edition.tag);
    if (update === null) throw new DomainError('updateUnknown');
    const publication =
      edition.publication === null ? null : await store.publications.byNumber(edition.tag, edition.publication);
    if (publication !== null && publication.at > (update.appliedAt ?? '')) throw new DomainError('updateDone');
    const segments = update.log.map((line) => line.key);
    const units = new Map((await store.units.some(edition.tag, segments)).map((unit) => [unit.segment, unit]));
    const past = await store.units.histories([edition.tag], segments);
    const earlier = Map.groupBy(past, (unit) => unit.segment);
    const undone = undoUpdate(update, edition, units, earlier, world.now());
    await store.units.saveMany(undone.save);
    for (const unit of undone.retire) await store.units.retire(unit);
    for (const { segment, before } of undone.ledger) {
      const now = await store.ledger.byId(edition.tag, segment);
      if (before) await store.ledger.save({ ...before, revision: (now?.revision ?? 0) + 1 });
      else await store.ledger.drop(edition.tag, segment);
    }
    await store.updates.save(undone.update);
    await store.editions.save(undone.edition);
    await closeAssignments(world, store, undone.edition, 'all');
    return undone.kept;
  });
}
