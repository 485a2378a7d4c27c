import type { SegmentId } from '../../domain/package/lessonPackage.ts';
import type { Block, LessonPage } from '../../formats/page/lessonPage.ts';
import { plainText } from '../../formats/page/plainText.ts';
import { type Place, type Touched, untitledParts } from '../../formats/page/told.ts';

/** Where the words stand that must not be taught: steps, questions and sheets. */
export function placesOf(page: LessonPage, avoid: readonly SegmentId[]): readonly Place[] {
  const wrong = new Set(avoid);
  const has = (blocks: readonly Block[]): boolean => blocks.some(({ segment }) => wrong.has(segment));
  const named = (title: string): Place => ({ number: null, title });
  const steps = page.steps
    .filter((step) => wrong.has(step.segment) || has(step.body))
    .map((step): Place => ({ number: step.number, title: plainText([step.title]) }));
  const questions = [...page.questions, ...page.later]
    .filter(
      ({ segment, answers, explanation }) =>
        wrong.has(segment) || answers.some((answer) => wrong.has(answer.segment)) || has(explanation),
    )
    .map(({ stem }) => named(plainText(stem)));
  const sheets = page.sheetsToPrint.filter(({ blocks }) => has(blocks)).map(({ title }) => named(title));
  return [...steps, ...questions, ...sheets];
}

/** What a change of these segments touched in a lesson. */
export function touchedBy(page: LessonPage, segments: readonly SegmentId[]): Touched {
  const changed = new Set(segments);
  return {
    places: placesOf(page, segments),
    parts: untitledParts.filter((part) => page[part].some(({ segment }) => changed.has(segment))),
  };
}
