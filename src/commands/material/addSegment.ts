import type { Actor } from '../../domain/access/access.ts';
import { addableKinds, type LocalSegment } from '../../domain/edition/material.ts';
import { newAddition } from '../../domain/edition/ownSegments.ts';
import { DomainError } from '../../domain/errors.ts';
import { dayOf } from '../../domain/time.ts';
import { closeAssignments } from '../assignment/closeAssignments.ts';
import { authorize } from '../authorize.ts';
import { loadEdition } from '../edition/loadWorking.ts';
import type { World } from '../ports.ts';
import { lessonIn, loadOwnPackage } from './material.ts';

export type AddSegment = {
  readonly edition: string;
  readonly lesson: string;
  /** It stands behind this segment. */
  readonly after: string;
  readonly kind: string;
  readonly text: string;
  /** Why the country needs it; the authority reads it in the ledger. */
  readonly reason: string;
};

/** Long enough never to meet itself in one edition; a second one of a name would be refused by the store. */
const idLength = 10;

/** An id that no segment of the baseline has: those never begin so. */
export const localId = (world: World): string => `local-${world.newId().slice(0, idLength)}`;

/**
 * Adds a segment of a partner's own to a lesson, with its entry in the ledger. It waits for a second person. Throws
 * `reasonNeeded`, `kindNotOffered`, `additionBetween`, `factUnknown`, `unitEmpty`, `segmentUnknown`, `lessonUnknown`.
 */
export async function addSegment(world: World, actor: Actor, input: AddSegment): Promise<LocalSegment> {
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, input.edition);
    const person = authorize(actor, 'material:write', { partner: edition.partner });
    const { lessonPackage, material } = await loadOwnPackage(store, edition);
    if (material.lessons.has(input.lesson)) throw new DomainError('lessonUnknown', { lesson: input.lesson });
    const lesson = lessonIn(lessonPackage, input.lesson);
    const kind = addableKinds.find((each) => each === input.kind);
    if (kind === undefined) throw new DomainError('kindNotOffered', { kind: input.kind });
    const at = world.now();
    const local = newAddition(lessonPackage, lesson, {
      id: localId(world),
      edition: edition.tag,
      after: input.after,
      kind,
      text: input.text,
      by: person.id,
      at,
    });
    const reason = input.reason.trim();
    if (reason === '') throw new DomainError('reasonNeeded');
    await store.material.saveSegment(local);
    await store.ledger.save({
      edition: edition.tag,
      segment: local.id,
      kind: 'addition',
      reason,
      owner: person.id,
      on: dayOf(at),
      omits: false,
      revision: 1,
    });
    await closeAssignments(world, store, edition, [local.id]);
    return local;
  });
}
