import type { Actor, Person } from '../../domain/access/access.ts';
import type { Edition, TranslationUnit } from '../../domain/edition/edition.ts';
import { agreedUnit, hasBackTranslation } from '../../domain/edition/review.ts';
import { unitOfLocal } from '../../domain/edition/withMaterial.ts';
import { DomainError } from '../../domain/errors.ts';
import { type Segment, segmentIn } from '../../domain/package/lessonPackage.ts';
import { textHash } from '../../domain/release/canonical.ts';
import { announce } from '../announce.ts';
import { closeAssignments } from '../assignment/closeAssignments.ts';
import { authorize } from '../authorize.ts';
import { agreeToSegment, isAdded, sendSegmentBack } from '../material/changeSegment.ts';
import { segmentAt } from '../material/material.ts';
import type { Store, World } from '../ports.ts';
import { settleOffer } from '../sendBack/settleOffer.ts';
import { loadEdition } from './loadWorking.ts';
import { upstreamPackage } from './upstreamPackage.ts';

export type UnitAt = { readonly edition: string; readonly segment: string; readonly revision: number };
type Loaded = { readonly edition: Edition; readonly source: Segment; readonly unit: TranslationUnit };

/**
 * The unit at the revision that the person has seen; `unitUnknown` or `staleRevision` otherwise. `written` is what the
 * person wrote about it: it goes back to them with the refusal.
 */
async function loadUnit(store: Store, at: UnitAt, written?: string): Promise<Loaded> {
  const edition = await loadEdition(store, at.edition);
  const lessonPackage = await upstreamPackage(store, edition);
  const source = segmentIn(lessonPackage, at.segment);
  const unit = await store.units.byId(edition.tag, at.segment);
  if (source === undefined || unit === null) throw new DomainError('unitUnknown', { segment: at.segment });
  if (unit.revision !== at.revision) {
    const ours = written === undefined ? {} : { ours: written };
    throw new DomainError('staleRevision', { ...ours, theirs: unit.target, segment: at.segment });
  }
  return { edition, source, unit };
}

/** The same of a segment that the edition has added. */
async function loadAdded(store: Store, at: UnitAt): Promise<Pick<Loaded, 'edition' | 'unit'>> {
  return { edition: await loadEdition(store, at.edition), unit: unitOfLocal(await segmentAt(store, at)) };
}

/**
 * A second person agrees. Core text needs a back-translation first, by somebody other than its translator, and is
 * `final` then; other text is `reviewed`. Throws `secondPersonNeeded`, `backTranslationNeeded`.
 */
export async function reviewUnit(world: World, actor: Actor, at: UnitAt): Promise<TranslationUnit> {
  return world.store.transaction(async (store) => {
    if (await isAdded(store, at.edition, at.segment)) {
      const unit = unitOfLocal(await agreeToSegment({ ...world, store }, actor, at));
      await closeAssignments(world, store, await loadEdition(store, at.edition), [at.segment]);
      return unit;
    }
    const { edition, source, unit } = await loadUnit(store, at);
    const person = authorize(actor, 'unit:review', { partner: edition.partner });
    if (unit.by === person.id) throw new DomainError('secondPersonNeeded');
    const core = source.policy === 'core';
    if (core && !hasBackTranslation(unit, edition.language))
      throw new DomainError('backTranslationNeeded', { segment: at.segment });
    const agreed = agreedUnit(source, unit, person.id, world.now());
    await store.units.save(agreed);
    await closeAssignments(world, store, edition, [at.segment]);
    return agreed;
  });
}

/**
 * The text does not fit: back to its translator, with the text kept and the reason beside it; whoever wrote it is told.
 * Throws `reasonNeeded`.
 */
export async function returnUnit(
  world: World,
  actor: Actor,
  at: UnitAt,
  wish: { readonly reason: string; readonly lesson: string },
): Promise<TranslationUnit> {
  return world.store.transaction(async (store) => {
    const reason = wish.reason.trim();
    const added = await isAdded(store, at.edition, at.segment);
    const { edition, unit } = added ? await loadAdded(store, at) : await loadUnit(store, at, reason);
    const person = authorize(actor, 'unit:review', { partner: edition.partner });
    if (reason === '') throw new DomainError('reasonNeeded');
    const sentBack = { by: person.id, at: world.now(), reason };
    const returned = added
      ? unitOfLocal(await sendSegmentBack({ ...world, store }, actor, at, reason))
      : await write(world, store, unit, { state: 'initial', reviewedBy: null, sentBack });
    await closeAssignments(world, store, edition, [at.segment]);
    await announce(world, store, {
      kind: 'textSentBack',
      by: person.id,
      edition: edition.tag,
      person: unit.by,
      segment: at.segment,
      lesson: wish.lesson,
      reason,
    });
    return returned;
  });
}

/**
 * "Old text still fits": the unit becomes current without a change. Safety and core text waits for a second person
 * again, because a person's word replaces a new translation there.
 */
export async function confirmUnit(world: World, actor: Actor, at: UnitAt): Promise<TranslationUnit> {
  return world.store.transaction(async (store) => {
    const { edition, source, unit } = await loadUnit(store, at);
    const person = authorize(actor, 'unit:write', { partner: edition.partner });
    const again = source.policy === 'core' && unit.basedOn !== textHash(source.text);
    const settled = await settleOffer(store, edition, at.segment, source.text);
    const confirmed = await write(world, store, unit, {
      ...(settled ? { adapted: false } : {}),
      basedOn: textHash(source.text),
      by: person.id,
      ...(again ? { state: 'translated' as const, reviewedBy: null } : {}),
    });
    await closeAssignments(world, store, edition, [at.segment]);
    return confirmed;
  });
}

/** What the target says, put back into the source's language by somebody other than the translator. */
export async function backTranslateUnit(
  world: World,
  actor: Actor,
  at: UnitAt,
  text: string,
): Promise<TranslationUnit> {
  return world.store.transaction(async (store) => {
    const { edition, unit } = await loadUnit(store, at, text);
    const person: Person = authorize(actor, 'unit:write', { partner: edition.partner });
    if (text.trim() === '') throw new DomainError('unitEmpty', { segment: at.segment });
    if (unit.by === person.id) throw new DomainError('backTranslationBySelf', { segment: at.segment });
    const back = { text: text.trim(), by: person.id, of: textHash(unit.target) };
    const written = await write(world, store, unit, { backTranslation: back });
    await closeAssignments(world, store, edition, [at.segment]);
    return written;
  });
}

async function write(
  world: World,
  store: Store,
  unit: TranslationUnit,
  change: Partial<TranslationUnit>,
): Promise<TranslationUnit> {
  const next = { ...unit, ...change, at: world.now(), revision: unit.revision + 1 };
  await store.units.save(next);
  return next;
}
