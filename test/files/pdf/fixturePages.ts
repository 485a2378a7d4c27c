import arabicLabels from '../../../locales/ar/sheet.json' with { type: 'json' };
import englishLabels from '../../../locales/en/sheet.json' with { type: 'json' };
import turkishLabels from '../../../locales/tr/sheet.json' with { type: 'json' };
import { buildLessonPage } from '../../../src/formats/page/buildLessonPage.ts';
import type { Imprint, LessonPage } from '../../../src/formats/page/lessonPage.ts';
import type { SheetLabels } from '../../../src/formats/typst/sheetLabels.ts';
import type { LessonWords } from '../../formats/page/publishedFixture.ts';
import { imprintOf, publishedLesson } from '../../formats/page/publishedFixture.ts';

export const labels: Readonly<Record<'en' | 'tr' | 'ar', SheetLabels>> = {
  en: englishLabels,
  tr: turkishLabels,
  ar: arabicLabels,
};

export function pageOf(words: LessonWords, imprint: Partial<Imprint> = {}): LessonPage {
  return buildLessonPage(publishedLesson(words), imprintOf(words.edition, imprint));
}
