import type { Actor } from '../../domain/access/access.ts';
import { DomainError } from '../../domain/errors.ts';
import { segmentIn } from '../../domain/package/lessonPackage.ts';
import type { Recall } from '../../domain/recall/recall.ts';
import { announce } from '../announce.ts';
import { authorize } from '../authorize.ts';
import type { World } from '../ports.ts';

export type OrderRecall = Pick<Recall, 'target' | 'reason' | 'instead'>;

/** A chief editor's order; nothing happens to readers before a second person agrees. */
export async function orderRecall(world: World, actor: Actor, input: OrderRecall): Promise<Recall> {
  return world.store.transaction(async (store) => {
    const person = authorize(actor, 'recall:order');
    if (input.reason.trim() === '' || input.instead.trim() === '') throw new DomainError('reasonNeeded');
    const newest = await store.releases.newest();
    const lessonPackage = newest === null ? null : await store.releases.lessonPackage(newest.number);
    const { target } = input;
    if (target.kind === 'lesson' && !lessonPackage?.lessons.some((lesson) => lesson.id === target.lesson)) {
      throw new DomainError('lessonUnknown', { lesson: target.lesson });
    }
    if (target.kind === 'segment' && (!lessonPackage || segmentIn(lessonPackage, target.segment) === undefined)) {
      throw new DomainError('segmentUnknown', { segment: target.segment });
    }
    const recall: Recall = {
      id: world.newId(),
      target,
      reason: input.reason.trim(),
      instead: input.instead.trim(),
      orderedBy: person.id,
      orderedAt: world.now(),
      secondedBy: null,
      inForceSince: null,
      liftedBy: null,
      liftedAt: null,
      revision: 1,
    };
    await store.recalls.save(recall);
    return recall;
  });
}

type RecallAt = { readonly recall: string; readonly revision: number };

/** The second person: from now on it is off every public page and file of every edition. */
export async function secondRecall(world: World, actor: Actor, at: RecallAt): Promise<Recall> {
  const recall = await world.store.transaction(async (store) => {
    const person = authorize(actor, 'recall:second');
    const current = await store.recalls.byId(at.recall);
    if (current === null) throw new DomainError('recallUnknown');
    if (current.revision !== at.revision || current.inForceSince !== null) throw new DomainError('staleRevision', {});
    if (current.orderedBy === person.id) throw new DomainError('secondPersonNeeded');
    const next: Recall = {
      ...current,
      secondedBy: person.id,
      inForceSince: world.now(),
      revision: current.revision + 1,
    };
    await store.recalls.save(next);
    await announce(world, store, { kind: 'recallOrdered', by: person.id, recall: next });
    return next;
  });
  await world.site.projectAll();
  return recall;
}

/** A chief editor lifts a recall; the pages are back at once. */
export async function liftRecall(world: World, actor: Actor, at: RecallAt): Promise<Recall> {
  const recall = await world.store.transaction(async (store) => {
    const person = authorize(actor, 'recall:order');
    const current = await store.recalls.byId(at.recall);
    if (current === null) throw new DomainError('recallUnknown');
    if (current.revision !== at.revision || current.liftedAt !== null) throw new DomainError('staleRevision', {});
    const next: Recall = { ...current, liftedBy: person.id, liftedAt: world.now(), revision: current.revision + 1 };
    await store.recalls.save(next);
    if (current.inForceSince !== null)
      await announce(world, store, { kind: 'recallLifted', by: person.id, recall: next });
    return next;
  });
  await world.site.projectAll();
  return recall;
}
