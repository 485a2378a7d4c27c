import type { Actor } from '../../domain/access/access.ts';
import type { AdaptationKind, Edition, LedgerEntry } from '../../domain/edition/edition.ts';
import { baselineLanguage } from '../../domain/edition/workingText.ts';
import { DomainError } from '../../domain/errors.ts';
import { dayOf } from '../../domain/time.ts';
import { closeAssignments } from '../assignment/closeAssignments.ts';
import { authorize } from '../authorize.ts';
import type { Store, World } from '../ports.ts';
import { loadEdition } from './loadWorking.ts';
import { type EntryAt, seen } from './omitSegment.ts';

export type EditEntry = EntryAt & { readonly kind: AdaptationKind; readonly reason: string };

async function entryAt(
  store: Store,
  actor: Actor,
  at: EntryAt,
  ours = '',
): Promise<{ readonly edition: Edition; readonly entry: LedgerEntry }> {
  const edition = await loadEdition(store, at.edition);
  authorize(actor, 'unit:write', { partner: edition.partner });
  const entry = await store.ledger.byId(edition.tag, at.segment);
  if (entry === null) throw new DomainError('ledgerUnknown', { segment: at.segment });
  seen(entry, at.revision, ours);
  return { edition, entry };
}

/** Corrects the kind and the reason of a difference; whose it is and since when stays. Throws `reasonNeeded`. */
export async function editEntry(world: World, actor: Actor, input: EditEntry): Promise<LedgerEntry> {
  return world.store.transaction(async (store) => {
    const { entry } = await entryAt(store, actor, input, input.reason);
    const reason = input.reason.trim();
    if (reason === '') throw new DomainError('reasonNeeded');
    const next = { ...entry, kind: input.kind, reason, revision: entry.revision + 1 };
    await store.ledger.save(next);
    return next;
  });
}

/** "Still true": the date moves to today and the surroundings count from the edition's release on. */
export async function confirmEntry(world: World, actor: Actor, at: EntryAt): Promise<LedgerEntry> {
  return world.store.transaction(async (store) => {
    const { edition, entry } = await entryAt(store, actor, at);
    const looked = { on: dayOf(world.now()), against: edition.upstream.release };
    const next = { ...entry, ...looked, revision: entry.revision + 1 };
    await store.ledger.save(next);
    return next;
  });
}

/**
 * Gives a difference in words up. In the baseline's language the baseline's text stands again; in another language the
 * text has to be translated anew, and the one there was stays in the field as a start. Nothing is lost: it is in the
 * unit's history. Throws `ledgerUnknown`, `staleRevision`.
 */
export async function giveUpDifference(world: World, actor: Actor, at: EntryAt): Promise<void> {
  await world.store.transaction(async (store) => {
    const { edition } = await entryAt(store, actor, at);
    await store.ledger.drop(edition.tag, at.segment);
    const unit = await store.units.byId(edition.tag, at.segment);
    if (unit === null) return;
    if (edition.language === baselineLanguage) await store.units.retire(unit);
    else {
      const again = { state: 'initial', adapted: false, reviewedBy: null } as const;
      await store.units.save({ ...unit, ...again, at: world.now(), revision: unit.revision + 1 });
    }
    await closeAssignments(world, store, edition, [at.segment]);
  });
}
