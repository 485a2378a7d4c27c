import type { Actor } from '../../domain/access/access.ts';
import type { UnitDraft } from '../../domain/edition/unitDraft.ts';
import { unitOfLocal } from '../../domain/edition/withMaterial.ts';
import { DomainError } from '../../domain/errors.ts';
import { segmentIn } from '../../domain/package/lessonPackage.ts';
import { normalText } from '../../domain/package/text.ts';
import { authorize } from '../authorize.ts';
import type { World } from '../ports.ts';
import { loadEdition } from './loadWorking.ts';
import { upstreamPackage } from './upstreamPackage.ts';

export type KeepDraft = {
  readonly edition: string;
  readonly segment: string;
  readonly text: string;
  /** The unit's revision that the person started from; 0 when there was none. */
  readonly revision: number;
};

/**
 * Keeps what a person is typing, beside the unit and never in it. A text that is the unit's own is no draft: then the
 * draft before is gone, and the answer is null. Throws `unitUnknown`.
 */
export async function keepDraft(world: World, actor: Actor, input: KeepDraft): Promise<UnitDraft | null> {
  const { store } = world;
  const edition = await loadEdition(store, input.edition);
  const person = authorize(actor, 'unit:write', { partner: edition.partner });
  const [lessonPackage, saved, local] = await Promise.all([
    upstreamPackage(store, edition),
    store.units.byId(edition.tag, input.segment),
    store.material.segment(edition.tag, input.segment),
  ]);
  const unit = local === null ? saved : unitOfLocal(local);
  if (unit === null && segmentIn(lessonPackage, input.segment) === undefined) {
    throw new DomainError('unitUnknown', { segment: input.segment });
  }
  const { segment, text, revision } = input;
  if (revision === (unit?.revision ?? 0) && normalText(text) === normalText(unit?.target ?? '')) {
    await store.unitDrafts.drop(edition.tag, segment, person.id);
    return null;
  }
  const draft: UnitDraft = { edition: edition.tag, segment, person: person.id, text, revision, at: world.now() };
  await store.unitDrafts.keep(draft);
  return draft;
}

/** The saved text is enough: the person's draft is gone. */
export async function dropDraft(
  world: World,
  actor: Actor,
  at: { readonly edition: string; readonly segment: string },
): Promise<void> {
  const edition = await loadEdition(world.store, at.edition);
  const person = authorize(actor, 'unit:write', { partner: edition.partner });
  await world.store.unitDrafts.drop(edition.tag, at.segment, person.id);
}
