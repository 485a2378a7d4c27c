import type { Actor } from '../../domain/access/access.ts';
import type { TranslationUnit } from '../../domain/edition/edition.ts';
import { pastUnitsOf, unitOfLocal } from '../../domain/edition/withMaterial.ts';
import { DomainError } from '../../domain/errors.ts';
import { normalText } from '../../domain/package/text.ts';
import { authorize } from '../authorize.ts';
import type { World } from '../ports.ts';
import { loadEdition } from './loadWorking.ts';
import { saveUnit } from './saveUnit.ts';

/**
 * Gives back the text that stood before the last save, as a save in the person's own name: a second undo gives the other
 * one back. Throws `nothingToUndo`, and what `saveUnit` throws.
 */
export async function undoUnit(
  world: World,
  actor: Actor,
  at: { readonly edition: string; readonly segment: string; readonly revision: number },
): Promise<TranslationUnit> {
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, at.edition);
    authorize(actor, 'unit:write', { partner: edition.partner });
    const local = await store.material.segment(edition.tag, at.segment);
    const now = local === null ? await store.units.byId(edition.tag, at.segment) : unitOfLocal(local);
    const earlier = local === null ? await store.units.history(edition.tag, at.segment) : pastUnitsOf(local);
    const before = earlier.find((each) => normalText(each.target) !== normalText(now?.target ?? ''));
    if (before === undefined) throw new DomainError('nothingToUndo', { segment: at.segment });
    return saveUnit({ ...world, store }, actor, { ...at, target: before.target });
  });
}
