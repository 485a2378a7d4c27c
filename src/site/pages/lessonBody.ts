import type { LessonPage } from '../../formats/page/lessonPage.ts';
import { isTold, runsOf, safeguardingParts } from './lessonView.ts';

const withRuns = (questions: LessonPage['questions']) =>
  questions.map((question) => ({ ...question, runs: runsOf(question.explanation) }));

/** What a page of a lesson prints of the lesson itself, wherever it lies, and the style rules of its minute bar. */
export function lessonBody(page: LessonPage) {
  const data = {
    page,
    sheetPictures: page.sheetsToPrint.flatMap(({ title, blocks }) =>
      blocks.filter(({ picture }) => picture !== undefined).map((block) => ({ ...block, sheet: title })),
    ),
    ages: page.ages && { from: page.ages[0], to: page.ages[1] },
    groupSize: page.groupSize && { from: page.groupSize[0], to: page.groupSize[1] },
    before: runsOf(page.before),
    objectives: runsOf(page.objectives),
    messages: page.messages,
    materials: runsOf(page.materials),
    steps: page.steps.map((step) => ({
      ...step,
      runs: runsOf(step.body),
      evidenceText: step.evidence.join(', '),
      told: step.body.some(isTold),
      hasNote: step.evidence.length > 0 || step.body.some(isTold),
    })),
    total: page.steps.reduce((sum, step) => sum + step.minutes, 0),
    hasPractice: page.steps.some((step) => step.practice),
    questions: withRuns(page.questions),
    later: withRuns(page.later),
    ...safeguardingParts(page),
    code: page.imprint.code,
  };
  const rules = page.steps
    .map((step, place) => `.bar li:nth-child(${place + 1}){flex-grow:${Math.max(1, step.minutes)}}`)
    .join('');
  return { data, rules };
}
