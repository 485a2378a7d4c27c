import type { Actor } from '../../domain/access/access.ts';
import type { Edition, Kept, LessonState } from '../../domain/edition/edition.ts';
import { DomainError } from '../../domain/errors.ts';
import { authorize } from '../authorize.ts';
import type { World } from '../ports.ts';
import { loadEdition } from './loadWorking.ts';
import { upstreamPackage } from './upstreamPackage.ts';

export type ChooseLesson = {
  readonly edition: string;
  readonly lesson: string;
  readonly state: LessonState;
  /** Why a lesson is left out; readers of the coverage page see it. */
  readonly reason: string;
  readonly revision: number;
};

/** Plans, offers or leaves out a lesson. Leaving out needs a reason. */
export async function chooseLesson(world: World, actor: Actor, input: ChooseLesson): Promise<Edition> {
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, input.edition);
    authorize(actor, 'edition:manage', { partner: edition.partner });
    const lessonPackage = await upstreamPackage(store, edition);
    // A lesson that the baseline removed is still chosen about: it stays published until somebody leaves it out.
    const known = Object.hasOwn(edition.lessons, input.lesson);
    if (!known && !lessonPackage.lessons.some((lesson) => lesson.id === input.lesson)) {
      throw new DomainError('lessonUnknown', { lesson: input.lesson });
    }
    const reason = input.reason.trim();
    if (input.state === 'leftOut' && reason === '') throw new DomainError('reasonNeeded');
    if (edition.revision !== input.revision) throw new DomainError('staleRevision', {});
    const choice = { state: input.state, ...(reason === '' ? {} : { reason }) };
    // Whoever chooses about a lesson that the baseline removed has decided about it.
    const kept = edition.kept?.map((part): Kept => {
      if (part.kind !== 'lesson' || part.lesson !== input.lesson) return part;
      return { kind: 'lesson', lesson: part.lesson, release: part.release };
    });
    const next = {
      ...edition,
      ...(kept === undefined ? {} : { kept }),
      lessons: { ...edition.lessons, [input.lesson]: choice },
      revision: edition.revision + 1,
    };
    await store.editions.save(next);
    return next;
  });
}
