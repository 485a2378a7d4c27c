import type { InterfaceLanguage } from '../domain/access/access.ts';
import { addresses } from './addresses.ts';
import type { PublicSiteParts } from './dynamicAnswers.ts';
import { answerOf } from './dynamicPages.ts';
import { type LessonElsewhere, languagesView } from './pages/languagesView.ts';
import type { Answer } from './respond.ts';

/** Ids of the baseline's lessons. Anything else in the address is not asked for in any edition. */
const lessonId = /^[A-Za-z][A-Za-z0-9-]{0,39}$/;

/**
 * A lesson in every language that has it. Drawn when asked for, from what every edition shows now: a page written
 * with one edition would not know of the next.
 */
export function languagesAnswer(
  { folder, renderer, cached }: PublicSiteParts,
  lesson: string,
  language: InterfaceLanguage,
): Answer | null {
  if (!lessonId.test(lesson)) return null;
  const shown = folder.tags().map((tag) => folder.edition(tag));
  const found = shown.flatMap(({ value }): LessonElsewhere[] => {
    const row = value?.publication == null ? undefined : value.facts.rows.find((each) => each.lesson === lesson);
    return value && row && !row.national ? [{ facts: value.facts, title: row.title }] : [];
  });
  if (found.length === 0) return null;
  const stamp = shown.map((each) => each.stamp).join();
  return cached(`${addresses.languages(lesson)} ${language}`, stamp, () => {
    const { frame, data } = languagesView(lesson, language, found);
    const headers = { Vary: 'Accept-Encoding, Accept-Language' };
    return answerOf(renderer.page('languages', frame, data), { headers });
  });
}
