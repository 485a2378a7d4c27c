import type { SegmentId } from '../../domain/package/lessonPackage.ts';
import { blocksOf } from './blocksOf.ts';
import type { LessonPage } from './lessonPage.ts';
import { plainText } from './plainText.ts';

/**
 * What every picture of a lesson shows, by its segment, and the words that are set into it: whoever cannot see the
 * picture hears both.
 */
export function altTexts(page: LessonPage): ReadonlyMap<SegmentId, string> {
  const pictures = blocksOf(page).filter(({ drawing, picture }) => drawing !== undefined || picture !== undefined);
  return new Map(
    pictures.map(({ segment, paragraphs, drawing }) => {
      const shown = plainText(paragraphs).replaceAll('\n', ' ');
      const set = drawing?.labels.filter((words) => words.trim() !== '') ?? [];
      return [segment, set.length === 0 ? shown : `${shown} (${set.join(' · ')})`];
    }),
  );
}
