import type { SegmentId } from '../../domain/package/lessonPackage.ts';
import type { Block, LessonPage } from '../../formats/page/lessonPage.ts';
import { plainText } from '../../formats/page/plainText.ts';

/** A place in a lesson, as a teacher would name it; steps by number. */
export type Place = { readonly number: number | null; readonly title: string };

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

/** Parts of a lesson that have no title of their own; the page names them. */
const untitled = ['lead', 'before', 'messages', 'objectives', 'materials', 'safeguarding'] as const;
export type UntitledPart = (typeof untitled)[number];

/** What a change touched, as a teacher would look for it. */
export type Touched = { readonly places: readonly Place[]; readonly parts: readonly UntitledPart[] };

export function touchedBy(page: LessonPage, segments: readonly SegmentId[]): Touched {
  const changed = new Set(segments);
  return {
    places: placesOf(page, segments),
    parts: untitled.filter((part) => page[part].some(({ segment }) => changed.has(segment))),
  };
}
