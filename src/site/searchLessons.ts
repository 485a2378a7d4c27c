import type { SegmentId } from '../domain/package/lessonPackage.ts';
import type { Block, LessonPage } from '../formats/page/lessonPage.ts';
import { plainText } from '../formats/page/plainText.ts';
import { indexOfLessons, type LessonIndex, type Passage, type SearchLesson } from '../formats/search/lessonIndex.ts';
import type { PagedLesson } from './pagedLesson.ts';

/** Words that a safety change overtook are not to be taught, so they are not found either. */
function searchLesson(page: LessonPage, avoid: ReadonlySet<SegmentId>): SearchLesson {
  const passagesOf = (where: string, blocks: readonly Block[]): readonly Passage[] =>
    blocks
      .filter(({ segment }) => !avoid.has(segment))
      .map(({ paragraphs }) => ({ where, text: plainText(paragraphs, 'isolated') }))
      .filter(({ text }) => text.trim() !== '');
  const steps = page.steps.filter(({ segment }) => !avoid.has(segment));
  const stepTitle = (step: LessonPage['steps'][number]): string => plainText([step.title]);
  const questions = [...page.questions, ...page.later].filter(({ segment }) => !avoid.has(segment));
  const asked = questions.flatMap(({ stem, answers, explanation }) => [
    { where: '', text: plainText(stem, 'isolated') },
    ...answers
      .filter(({ segment }) => !avoid.has(segment))
      .map(({ text }) => ({ where: '', text: plainText([text], 'isolated') })),
    ...passagesOf('', explanation),
  ]);
  return {
    lesson: page.lesson,
    title: page.title,
    sentence: plainText(page.lead[0]?.paragraphs ?? [], 'isolated'),
    headings: [...steps.map(stepTitle), ...page.sheetsToPrint.map(({ title }) => title)],
    passages: [
      ...passagesOf('', page.lead.slice(1)),
      ...passagesOf('', [...page.before, ...page.messages, ...page.objectives, ...page.materials]),
      ...page.steps.flatMap((step) => passagesOf(avoid.has(step.segment) ? '' : stepTitle(step), step.body)),
      ...asked,
      ...passagesOf('', page.safeguarding),
      ...page.sheetsToPrint.flatMap(({ title, blocks }) => passagesOf(title, blocks)),
      ...page.slides.flatMap(({ lines, notes }) => passagesOf('', [...lines, ...notes])),
    ],
  };
}

/** The same words in the same place once. */
function withoutEchoes(lesson: SearchLesson): SearchLesson {
  const seen = new Set<string>();
  const passages = lesson.passages.filter(({ text }) => !seen.has(text) && seen.add(text));
  return { ...lesson, passages };
}

/** What can be searched of an edition: the lessons that can be read now, in teaching order. */
export function searchIndexOf(language: string, lessons: readonly PagedLesson[]): LessonIndex {
  const readable = lessons.filter(({ gone }) => gone === null);
  return indexOfLessons(
    language,
    readable.map(({ page, standing }) => withoutEchoes(searchLesson(page, new Set(standing.avoid)))),
  );
}
