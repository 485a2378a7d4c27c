import type { EditionTag } from '../../domain/edition/edition.ts';
import type { LessonAnswer } from '../../domain/feedback/feedback.ts';
import type { LessonId } from '../../domain/package/lessonPackage.ts';
import type { World } from '../ports.ts';
import { givenLesson } from './givenLesson.ts';

/**
 * Counts what a reader says of a lesson. Anybody may: there is no account. Nothing but the counts is kept, not even that
 * it happened. Throws `editionUnknown`, `lessonUnknown`.
 */
export async function giveFeedback(
  { store }: World,
  input: { readonly edition: EditionTag; readonly lesson: LessonId; readonly answer: LessonAnswer },
): Promise<void> {
  const { edition } = await givenLesson(store, input);
  await store.feedback.count(edition.tag, input.lesson, input.answer);
}
