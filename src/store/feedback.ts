import type { Store } from '../commands/ports.ts';
import type { HelplineReport, LessonCounts } from '../domain/feedback/feedback.ts';
import { number, text, value } from './fields.ts';
import type { Scope } from './scope.ts';
import { defineTable, openTable } from './table.ts';

type CountsRow = LessonCounts & { readonly _id: string };
type ReportRow = HelplineReport & { readonly _id: string };

const feedback = defineTable<CountsRow>('feedback', {
  edition: text,
  lesson: text,
  answers: number,
  usable: value,
  minutes: value,
  hard: value,
});
const helplineReports = defineTable<ReportRow>('helplineReports', {
  edition: text,
  fact: text,
  fault: text,
  on: text,
  times: number,
});

const countsOf = ({ edition, lesson, answers, usable = {}, minutes = {}, hard = {} }: CountsRow): LessonCounts => ({
  edition,
  lesson,
  answers,
  usable,
  minutes,
  hard,
});
const reportOf = ({ _id, ...report }: ReportRow): HelplineReport => report;

export function openFeedback(scope: Scope): Store['feedback'] {
  const counts = openTable(scope, feedback);
  const reports = openTable(scope, helplineReports);
  return {
    async count(edition, lesson, { usable, minutes, hard }) {
      const fields = [
        'answers',
        `usable.${usable}`,
        ...(minutes === null ? [] : [`minutes.${minutes}`]),
        ...hard.map((part) => `hard.${part}`),
      ];
      await counts.addOne({ _id: `${edition}/${lesson}`, edition, lesson }, fields);
    },
    async ofEdition(edition) {
      return (await counts.find({ edition }, { sort: { _id: 1 } })).map(countsOf);
    },
    async report(edition, fact, fault, on) {
      const row = { _id: [edition, fact, fault, on].join('/'), edition, fact, fault, on };
      return (await reports.addOne(row, ['times'])).times;
    },
    async reportsOf(edition, limit) {
      return (await reports.find({ edition }, { sort: { on: -1, _id: 1 }, limit })).map(reportOf);
    },
  };
}
