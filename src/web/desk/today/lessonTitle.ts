import { baselineLanguage, type WorkingEdition } from '../../../domain/edition/workingText.ts';
import type { Lesson } from '../../../domain/package/lessonPackage.ts';
import { parseText } from '../../../formats/page/parseText.ts';
import { plainText } from '../../../formats/page/plainText.ts';

export type LessonTitle = { readonly id: string; readonly text: string; readonly lang: string };

/**
 * What a lesson is called: in the edition's language when it has been translated, else as in the source. One that nobody
 * has given a title yet goes by its id, so that no link is without words.
 */
export function lessonTitle(
  working: Pick<WorkingEdition, 'edition' | 'lessonPackage' | 'units'>,
  lesson: Lesson,
): LessonTitle {
  const { edition, lessonPackage, units } = working;
  const placements = lesson.sections.find((section) => section.kind === 'head')?.placements ?? [];
  const segment = placements.find((each) => lessonPackage.segments[each.segment]?.kind === 'heading')?.segment;
  const ours = segment === undefined ? '' : (units.get(segment)?.target ?? '');
  const lang = ours === '' ? baselineLanguage : edition.language;
  const text = ours === '' && segment !== undefined ? (lessonPackage.segments[segment]?.text ?? '') : ours;
  const title = plainText(parseText(text, { language: lang, facts: {} }));
  return { id: lesson.id, text: title === '' ? lesson.id : title, lang };
}
