import type { Block, LessonPage } from './lessonPage.ts';

/** Every block of a lesson's page and sheets, in reading order; titles of steps and questions are no blocks. */
export function blocksOf(page: LessonPage): readonly Block[] {
  return [
    ...page.lead,
    ...page.before,
    ...page.objectives,
    ...page.messages,
    ...page.materials,
    ...page.steps.flatMap(({ body }) => body),
    ...[...page.questions, ...page.later].flatMap(({ explanation }) => explanation),
    ...page.safeguarding,
    ...page.sheetsToPrint.flatMap(({ blocks }) => blocks),
    ...page.slides.flatMap(({ lines, notes }) => [...lines, ...notes]),
  ];
}
