import type { Actor } from '../../domain/access/access.ts';
import type { TranslationUnit } from '../../domain/edition/edition.ts';
import { unitOfLocal } from '../../domain/edition/withMaterial.ts';
import { DomainError } from '../../domain/errors.ts';
import { normalText } from '../../domain/package/text.ts';
import { authorize } from '../authorize.ts';
import type { World } from '../ports.ts';
import { loadEdition } from './loadWorking.ts';
import { writtenAside } from './saveUnit.ts';

export type KeepSaved = {
  readonly edition: string;
  readonly segment: string;
  /** What the person wrote and does not keep. */
  readonly unkept: string;
  /** The revision of the saved text that they have seen. */
  readonly revision: number;
};

/**
 * Two people wrote, and one of them keeps what the other saved: their own words go to the history, the saved text stays
 * as it was, with its author and its review: no assignment is nearer to its end. Throws `unitUnknown` and `staleRevision`.
 */
export async function keepSaved(world: World, actor: Actor, input: KeepSaved): Promise<TranslationUnit> {
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, input.edition);
    const person = authorize(actor, 'unit:write', { partner: edition.partner });
    // An added segment's past is its own; there the words stay the person's draft.
    const local = await store.material.segment(edition.tag, input.segment);
    if (local !== null) return unitOfLocal(local);
    const saved = await store.units.byId(edition.tag, input.segment);
    if (saved === null) throw new DomainError('unitUnknown', { segment: input.segment });
    if (saved.revision !== input.revision) {
      throw new DomainError('staleRevision', { ours: input.unkept, theirs: saved.target, segment: input.segment });
    }
    await store.unitDrafts.drop(edition.tag, input.segment, person.id);
    const text = normalText(input.unkept);
    if (text === '' || text === normalText(saved.target)) return saved;
    await store.units.save(writtenAside(saved, text, person.id, world.now()));
    const kept = { ...saved, revision: saved.revision + 2 };
    await store.units.save(kept);
    return kept;
  });
}
