import type { Actor } from '../../domain/access/access.ts';
import type { Waiver, WaiverReason } from '../../domain/checks/unit/waiver.ts';
import { workingUnit } from '../../domain/edition/workingText.ts';
import { DomainError } from '../../domain/errors.ts';
import { authorize } from '../authorize.ts';
import { loadEdition, loadWorking } from '../edition/loadWorking.ts';
import type { World } from '../ports.ts';
import { loadChecks } from './loadChecks.ts';

export type FindingAt = {
  readonly edition: string;
  readonly segment: string;
  /** The finding as the page showed it: it names the text, the source and what was found. */
  readonly of: string;
};
export type WaiveFinding = FindingAt & { readonly reason: WaiverReason; readonly words: string };

/**
 * Says that a text is right although a check stumbles over it. What stops a publication needs somebody who may review;
 * the rest anybody who may write. Throws `findingGone` when the text, its source or the rules changed since the page was
 * made, `notWaivable` for core, facts and red lines, `reasonNeeded`.
 */
export async function waiveFinding(world: World, actor: Actor, input: WaiveFinding): Promise<Waiver> {
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, input.edition);
    authorize(actor, 'unit:write', { partner: edition.partner });
    const working = await loadWorking(store, edition);
    const unit = workingUnit(working, input.segment);
    if (unit === null) throw new DomainError('unitUnknown', { segment: input.segment });
    const checks = await loadChecks({ wording: world.wording, store }, working);
    const finding = checks.of(unit).find((each) => each.of === input.of);
    if (finding === undefined) throw new DomainError('findingGone', { segment: input.segment });
    if (!finding.waivable) throw new DomainError('notWaivable', { segment: input.segment });
    const person = authorize(actor, finding.level === 'error' ? 'unit:review' : 'unit:write', {
      partner: edition.partner,
    });
    const words = input.words.trim();
    if (input.reason === 'other' && words === '') throw new DomainError('reasonNeeded');
    const before = await store.waivers.byId(edition.tag, input.segment, input.of);
    const waiver: Waiver = {
      edition: edition.tag,
      segment: input.segment,
      check: finding.check,
      of: input.of,
      reason: input.reason,
      words,
      by: person.id,
      at: world.now(),
      withdrawn: null,
      revision: (before?.revision ?? 0) + 1,
    };
    await store.waivers.save(waiver);
    return waiver;
  });
}

/**
 * Takes a waiver back: the finding counts again. Whoever could have given it may; the record stays. Throws `findingGone`
 * when there is none, `staleRevision` when somebody changed it meanwhile.
 */
export async function withdrawWaiver(
  world: World,
  actor: Actor,
  input: FindingAt & { readonly revision: number },
): Promise<Waiver> {
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, input.edition);
    const person = authorize(actor, 'unit:write', { partner: edition.partner });
    const waiver = await store.waivers.byId(edition.tag, input.segment, input.of);
    if (waiver === null || waiver.withdrawn !== null) throw new DomainError('findingGone', { segment: input.segment });
    if (waiver.revision !== input.revision) throw new DomainError('staleRevision', { segment: input.segment });
    const next = { ...waiver, withdrawn: { by: person.id, at: world.now() }, revision: waiver.revision + 1 };
    await store.waivers.save(next);
    return next;
  });
}
