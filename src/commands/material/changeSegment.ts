import type { Actor } from '../../domain/access/access.ts';
import type { LocalSegment } from '../../domain/edition/material.ts';
import { agreed, ownText, putBehind, rewritten, sentBack, takenOut } from '../../domain/edition/ownSegments.ts';
import { DomainError } from '../../domain/errors.ts';
import { authorize } from '../authorize.ts';
import { loadEdition } from '../edition/loadWorking.ts';
import { upstreamPackage } from '../edition/upstreamPackage.ts';
import type { Store, World } from '../ports.ts';
import { lessonIn, loadOwnPackage, segmentAt } from './material.ts';

export type SegmentAt = { readonly edition: string; readonly segment: string; readonly revision: number };

/** Whether a segment is one that this edition has added: its text is kept with it, and not as a unit. */
export async function isAdded(store: Store, edition: string, segment: string): Promise<boolean> {
  return (await store.material.segment(edition, segment)) !== null;
}

/** Other words for an added segment; a second person has to agree again. Also brings back what was taken out. */
export async function rewriteSegment(
  world: World,
  actor: Actor,
  at: SegmentAt,
  written: string,
): Promise<LocalSegment> {
  return change(
    world,
    actor,
    'material:write',
    at,
    async (store, local, by) => {
      const edition = await loadEdition(store, at.edition);
      const text = ownText(await upstreamPackage(store, edition), local.id, written);
      return rewritten(local, text, { by, at: world.now() });
    },
    written,
  );
}

/** A second person agrees to an added segment. Throws `secondPersonNeeded`. */
export function agreeToSegment(world: World, actor: Actor, at: SegmentAt): Promise<LocalSegment> {
  return change(world, actor, 'unit:review', at, async (_, local, by) => agreed(local, { by, at: world.now() }));
}

/** An added segment goes back to its author, with its text and the reason. */
export function sendSegmentBack(world: World, actor: Actor, at: SegmentAt, reason: string): Promise<LocalSegment> {
  return change(world, actor, 'unit:review', at, async (_, local, by) =>
    sentBack(local, { by, at: world.now() }, reason),
  );
}

/** Takes an added segment out of its lesson. Its text and its entry in the ledger stay, and it can be put back. */
export function takeSegmentOut(world: World, actor: Actor, at: SegmentAt): Promise<LocalSegment> {
  return change(world, actor, 'material:write', at, async (_, local, by) => takenOut(local, { by, at: world.now() }));
}

/** Puts back what was taken out; a second person has to agree again. */
export function putSegmentBack(world: World, actor: Actor, at: SegmentAt): Promise<LocalSegment> {
  return change(world, actor, 'material:write', at, async (_, local, by) =>
    rewritten(local, local.text, { by, at: world.now() }),
  );
}

/** Says where an added segment stands, when what it stood behind has gone. Throws `segmentUnknown`. */
export function moveSegment(world: World, actor: Actor, at: SegmentAt, after: string): Promise<LocalSegment> {
  return change(world, actor, 'material:write', at, async (store, local, by) => {
    const { lessonPackage } = await loadOwnPackage(store, await loadEdition(store, at.edition));
    return putBehind(local, lessonIn(lessonPackage, local.lesson), after, { by, at: world.now() });
  });
}

async function change(
  world: World,
  actor: Actor,
  action: 'material:write' | 'unit:review',
  at: SegmentAt,
  make: (store: Store, local: LocalSegment, by: string) => Promise<LocalSegment>,
  written?: string,
): Promise<LocalSegment> {
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, at.edition);
    const person = authorize(actor, action, { partner: edition.partner });
    const local = await segmentAt(store, at, written);
    if (action === 'unit:review' && local.removed) throw new DomainError('materialUnknown', { id: local.id });
    const next = await make(store, local, person.id);
    await store.material.saveSegment(next);
    return next;
  });
}
