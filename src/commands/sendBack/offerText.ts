import type { Actor } from '../../domain/access/access.ts';
import { DomainError } from '../../domain/errors.ts';
import { segmentIn } from '../../domain/package/lessonPackage.ts';
import { offer, type SendBack, type SendBackKind, withdraw } from '../../domain/sendBack/sendBack.ts';
import { announce } from '../announce.ts';
import { authorize } from '../authorize.ts';
import { loadEdition } from '../edition/loadWorking.ts';
import { upstreamPackage } from '../edition/upstreamPackage.ts';
import type { Store, World } from '../ports.ts';

export type OfferText = {
  readonly edition: string;
  readonly segment: string;
  readonly kind: SendBackKind;
  /** In the baseline's language. */
  readonly proposed: string;
  readonly reason: string;
  readonly evidence: string;
};

/**
 * Offers a better text to the baseline, against the source as the edition has it. One offer of an edition for a text is
 * open at a time. The pedagogues are told. Throws `segmentUnknown`, `sendBackOpen`, and what `offer` throws.
 */
export async function sendBack(world: World, actor: Actor, input: OfferText): Promise<SendBack> {
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, input.edition);
    const person = authorize(actor, 'sendBack:write', { partner: edition.partner });
    const lessonPackage = await upstreamPackage(store, edition);
    const source = segmentIn(lessonPackage, input.segment);
    if (source === undefined) throw new DomainError('segmentUnknown', { segment: input.segment });
    const before = await store.sendBacks.some(edition.tag, [input.segment]);
    if (before.some((each) => each.state === 'open' || each.state === 'taken')) {
      throw new DomainError('sendBackOpen', { segment: input.segment });
    }
    const unit = await store.units.byId(edition.tag, input.segment);
    const made = offer({
      ...input,
      id: world.newId(),
      edition: edition.tag,
      sourceText: source.text,
      ours: unit?.target ?? '',
      ourLanguage: edition.language,
      by: person.id,
      at: world.now(),
    });
    await store.sendBacks.save(made);
    await announce(world, store, { kind: 'sendBackMade', by: person.id, edition: edition.tag, sendBack: made });
    return made;
  });
}

/** The offer at the revision that the person saw. Throws `sendBackUnknown`, `staleRevision`. */
export async function loadSendBack(
  store: Store,
  at: { readonly id: string; readonly revision: number },
): Promise<SendBack> {
  const found = await store.sendBacks.byId(at.id);
  if (found === null) throw new DomainError('sendBackUnknown');
  if (found.revision !== at.revision) throw new DomainError('staleRevision', { theirs: found.state });
  return found;
}

/** Takes an offer back before anybody took or answered it. Throws what `loadSendBack` and `withdraw` throw. */
export async function withdrawSendBack(
  world: World,
  actor: Actor,
  at: { readonly edition: string; readonly id: string; readonly revision: number },
): Promise<SendBack> {
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, at.edition);
    authorize(actor, 'sendBack:write', { partner: edition.partner });
    const found = await loadSendBack(store, at);
    if (found.edition !== edition.tag) throw new DomainError('sendBackUnknown');
    const withdrawn = withdraw(found, world.now());
    await store.sendBacks.save(withdrawn);
    return withdrawn;
  });
}
