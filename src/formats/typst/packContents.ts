import type { LessonPage, LessonSheet } from '../page/lessonPage.ts';
import type { PackContents } from './pdfInput.ts';
import { labelLine, type SheetLabels, wordsLine } from './sheetLabels.ts';

/**
 * Whom a sheet is for. How many copies a class needs stands in the lesson's own words, under its materials: a sheet may be
 * for one of three roles, or a board for two learners.
 */
function copiesOf({ kind }: LessonSheet, { group }: LessonPage, labels: SheetLabels): string {
  const each = group === 'adults' ? labels.copyPerson : labels.copyLearner;
  return {
    handout: each,
    aid: labels.aidLine,
    cards: labels.cardsLine,
    letter: labels.letterLine,
    booster: labels.boosterLine,
    plan: labels.planLine,
  }[kind];
}

/** What the pack of a lesson holds, in print order. */
export function packContents(page: LessonPage, labels: SheetLabels): PackContents {
  return {
    title: labelLine(labels.packTitle),
    head: [labelLine(labels.packPages), labelLine(labels.packPart), labelLine(labels.packUse)],
    rows: [
      { part: labelLine(labels.teacherGuide), copies: labelLine(labels.packOnce) },
      ...page.sheetsToPrint.map((sheet) => ({
        part: wordsLine(sheet.title),
        copies: labelLine(copiesOf(sheet, page, labels)),
      })),
    ],
    note: labelLine(labels.packNote, { pages: [{ kind: 'pages' }] }),
  };
}
