import { breathe } from '../breathe.ts';
import type { SegmentId } from '../domain/package/lessonPackage.ts';
import type { Block, LessonPage } from '../formats/page/lessonPage.ts';
import { plainText } from '../formats/page/plainText.ts';
import { growIndex, type Passage, type SearchLesson } from '../formats/search/lessonIndex.ts';
import { type Objects, sha256 } from './objects.ts';
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

/** Raised when the same lessons make another index: by other rules of words, other parts, another form. */
const indexForm = 1;

/** What an index was made from: lessons by their hash, and the words in them that are not to be found. */
const sourceOf = (language: string, lessons: readonly PagedLesson[]): string =>
  sha256(JSON.stringify([indexForm, language, lessons.map(({ entry, standing }) => [entry.hash, standing.avoid])]));

export type KeptIndex = { readonly object: string; readonly source: string };

/**
 * The search index of an edition, of all its lessons in teaching order; made again only when its lessons or what must
 * not be taught have changed. Lessons taken back are left out when somebody asks, so that a recall never waits for this.
 */
export async function keepSearchIndex(
  objects: Objects,
  language: string,
  lessons: readonly PagedLesson[],
  before: KeptIndex | undefined,
): Promise<KeptIndex> {
  const source = sourceOf(language, lessons);
  if (before?.source === source && (await objects.has(before.object))) return before;
  const growing = growIndex(language);
  for (const { page, standing } of lessons) {
    await breathe();
    growing.add(withoutEchoes(searchLesson(page, new Set(standing.avoid))));
  }
  await breathe();
  return { object: await objects.json(growing.index()), source };
}
