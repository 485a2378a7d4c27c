import type { Actor } from '../../domain/access/access.ts';
import type { LocalLesson } from '../../domain/edition/material.ts';
import { newLesson, nextLessonId } from '../../domain/edition/ownLessons.ts';
import { ownText } from '../../domain/edition/ownSegments.ts';
import { DomainError } from '../../domain/errors.ts';
import type { LessonFields } from '../../domain/package/lessonPackage.ts';
import { dayOf } from '../../domain/time.ts';
import { authorize } from '../authorize.ts';
import { loadEdition } from '../edition/loadWorking.ts';
import type { World } from '../ports.ts';
import { loadOwnPackage } from './material.ts';
import { ownWords } from './ownWords.ts';

export type CreateLesson = {
  readonly edition: string;
  readonly title: string;
  /** `minutes` and `sheets` follow from what the lesson gets. */
  readonly fields: Omit<LessonFields, 'minutes' | 'evidence'>;
  /** Why the country needs it; the authority reads it in the ledger. */
  readonly reason: string;
};

/** A lesson of a partner's own, planned, with what no lesson goes without. Throws `reasonNeeded`, `unitEmpty`. */
export async function createLesson(world: World, actor: Actor, input: CreateLesson): Promise<LocalLesson> {
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, input.edition);
    const person = authorize(actor, 'material:write', { partner: edition.partner });
    const { lessonPackage, material } = await loadOwnPackage(store, edition);
    const at = world.now();
    const reason = input.reason.trim();
    if (reason === '') throw new DomainError('reasonNeeded');
    const ever = await store.material.lessons(edition.tag);
    const id = nextLessonId([...lessonPackage.lessons, ...ever].map((lesson) => lesson.id));
    const title = ownWords(world, person, edition, {
      lesson: id,
      section: 'head',
      kind: 'heading',
      text: ownText(lessonPackage, id, input.title),
    });
    const fields: LessonFields = { ...input.fields, minutes: 0, evidence: [] };
    const own = new Set(material.lessons.keys());
    const lesson = newLesson(lessonPackage, own, {
      edition: edition.tag,
      id,
      title,
      fields,
      reason,
      by: person.id,
      at,
    });
    await store.material.saveSegment(title);
    await store.material.saveLesson(lesson);
    await store.ledger.save({
      edition: edition.tag,
      segment: id,
      kind: 'addition',
      reason,
      owner: person.id,
      on: dayOf(at),
      omits: false,
      revision: 1,
    });
    await store.editions.save({
      ...edition,
      lessons: { ...edition.lessons, [id]: { state: 'planned' } },
      revision: edition.revision + 1,
    });
    return lesson;
  });
}
