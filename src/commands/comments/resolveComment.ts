import type { Actor } from '../../domain/access/access.ts';
import { type Comment, mayRead } from '../../domain/comment/comment.ts';
import { DomainError } from '../../domain/errors.ts';
import { authorize } from '../authorize.ts';
import { loadEdition } from '../edition/loadWorking.ts';
import type { World } from '../ports.ts';

/** Closes a thread: what it asked is settled. Closing it twice is one. Throws `commentUnknown`. */
export async function resolveComment(
  world: World,
  actor: Actor,
  at: { readonly edition: string; readonly comment: string },
): Promise<Comment> {
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, at.edition);
    const person = authorize(actor, 'comment:write', { partner: edition.partner });
    const first = await store.comments.byId(at.comment);
    if (first === null || first.edition !== edition.tag || first.answers !== null || !mayRead(first, person, edition)) {
      throw new DomainError('commentUnknown');
    }
    if (first.resolvedAt !== null) return first;
    const closed = { ...first, resolvedAt: world.now(), resolvedBy: person.id, revision: first.revision + 1 };
    await store.comments.save(closed);
    return closed;
  });
}
