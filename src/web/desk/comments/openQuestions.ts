import type { Store } from '../../../commands/ports.ts';
import { type Thread, threadsOf, waitsForAuthor } from '../../../domain/comment/comment.ts';
import { authority } from '../../../domain/notification/recipients.ts';

/** Open questions to the source's author, over all editions: those that wait for an answer, the oldest first; the rest. */
export async function openQuestions(
  store: Pick<Store, 'comments' | 'people'>,
): Promise<{ readonly waiting: readonly Thread[]; readonly answered: readonly Thread[] }> {
  const open = await store.comments.openQuestions();
  if (open.length === 0) return { waiting: [], answered: [] };
  const [answers, people] = await Promise.all([
    store.comments.answers(open.map((question) => question.id)),
    store.people.ofPartner(authority),
  ]);
  const authors = new Set(people.map((person) => person.id));
  const threads = threadsOf([...open, ...answers]);
  return {
    waiting: threads.filter((thread) => waitsForAuthor(thread, authors)).reverse(),
    answered: threads.filter((thread) => !waitsForAuthor(thread, authors)),
  };
}
