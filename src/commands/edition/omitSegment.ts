import type { Actor } from '../../domain/access/access.ts';
import type { AdaptationKind, LedgerEntry } from '../../domain/edition/edition.ts';
import { goesWith, omissionOf } from '../../domain/edition/omission.ts';
import { DomainError } from '../../domain/errors.ts';
import type { SegmentId } from '../../domain/package/lessonPackage.ts';
import { dayOf } from '../../domain/time.ts';
import { closeAssignments } from '../assignment/closeAssignments.ts';
import { authorize } from '../authorize.ts';
import type { World } from '../ports.ts';
import { loadEdition, loadWorking } from './loadWorking.ts';

/** Causes that an omission can have: `omission` says no more than that it is left out. */
export const omissionKinds = ['omission', 'law', 'example', 'other'] as const satisfies readonly AdaptationKind[];
export type OmissionKind = (typeof omissionKinds)[number];

export type OmitSegment = {
  readonly edition: string;
  readonly segment: string;
  readonly kind: OmissionKind;
  readonly reason: string;
  /** The ledger entry's revision that the person saw; 0 when there was none. */
  readonly revision: number;
};

/**
 * Leaves a segment out of this edition's lessons, with what goes with it (a step's body, a question's answers): one
 * entry in the ledger for each. The texts of ours stay where they are. Throws what `omissionOf` throws, `reasonNeeded`,
 * `staleRevision`.
 */
export async function omitSegment(world: World, actor: Actor, input: OmitSegment): Promise<readonly SegmentId[]> {
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, input.edition);
    const person = authorize(actor, 'unit:write', { partner: edition.partner });
    const { lessonPackage } = await loadWorking(store, edition);
    const left = omissionOf(lessonPackage, input.segment);
    const reason = input.reason.trim();
    if (reason === '') throw new DomainError('reasonNeeded');
    for (const segment of left) {
      const entry = await store.ledger.byId(edition.tag, segment);
      if (segment === input.segment) seen(entry, input.revision, reason);
      if (entry?.omits && segment !== input.segment) continue;
      await store.ledger.save({
        edition: edition.tag,
        segment,
        kind: input.kind,
        reason,
        owner: person.id,
        on: dayOf(world.now()),
        omits: true,
        against: edition.upstream.release,
        ...(entry === null ? {} : wordsOf(entry)),
        revision: (entry?.revision ?? 0) + 1,
      });
    }
    await closeAssignments(world, store, edition, left);
    return left;
  });
}

/** The difference in words that an omission covers. */
function wordsOf(entry: LedgerEntry): Pick<LedgerEntry, 'before'> {
  if (entry.omits) return entry.before === undefined ? {} : { before: entry.before };
  const { kind, reason, owner, on } = entry;
  return { before: { kind, reason, owner, on } };
}

/** Throws `staleRevision` with both reasons when somebody wrote the entry meanwhile. */
export function seen(entry: LedgerEntry | null, revision: number, ours = ''): void {
  if ((entry?.revision ?? 0) === revision) return;
  throw new DomainError('staleRevision', { ours, theirs: entry?.reason ?? '', segment: entry?.segment ?? '' });
}

export type EntryAt = { readonly edition: string; readonly segment: string; readonly revision: number };

/**
 * Brings back what was left out, with what went with it. A difference in words that stood there before stands again.
 * Throws `ledgerUnknown`, `staleRevision`.
 */
export async function bringBack(world: World, actor: Actor, at: EntryAt): Promise<readonly SegmentId[]> {
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, at.edition);
    authorize(actor, 'unit:write', { partner: edition.partner });
    const { lessonPackage } = await loadWorking(store, edition);
    const asked = await store.ledger.byId(edition.tag, at.segment);
    if (!asked?.omits) throw new DomainError('ledgerUnknown', { segment: at.segment });
    seen(asked, at.revision);
    const back: SegmentId[] = [];
    for (const segment of goesWith(lessonPackage, at.segment)) {
      const entry = await store.ledger.byId(edition.tag, segment);
      if (!entry?.omits) continue;
      back.push(segment);
      await store.ledger.drop(edition.tag, segment);
      if (entry.before === undefined) continue;
      await store.ledger.save({ edition: edition.tag, segment, ...entry.before, omits: false, revision: 1 });
    }
    await closeAssignments(world, store, edition, back);
    return back;
  });
}
