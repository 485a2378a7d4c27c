import type { WorkingEdition } from '../../../domain/edition/workingText.ts';
import type { UnitFindings } from '../../../domain/memory/termReview.ts';
import type { TermFinding } from '../../../domain/memory/terms.ts';
import type { Translate } from '../../route.ts';
import { markTerms } from '../memory/markTerms.ts';
import { lessonsNeeding } from '../today/loadDesk.ts';
import { unitHref } from '../workbench/hrefs.ts';
import { plainRuns, type TextRun } from '../workbench/textRuns.ts';

export type ReviewRow = {
  readonly segment: string;
  readonly lesson: string;
  readonly href: string;
  readonly source: readonly TextRun[];
  readonly ours: readonly TextRun[];
  readonly findings: readonly string[];
};

/** The units to look at in teaching order, with what each says otherwise; the words in question are marked. */
export function reviewRows(
  t: Translate,
  { edition, lessonPackage }: WorkingEdition,
  found: readonly UnitFindings[],
): readonly ReviewRow[] {
  const order = new Map(lessonPackage.lessons.map((lesson, place) => [lesson.id, place]));
  return found
    .map(({ segment, source, target, findings }): ReviewRow => {
      const [lesson = ''] = lessonsNeeding(lessonPackage, segment);
      const places = findings.flatMap((finding) => {
        const start = finding.kind === 'termMissing' ? source.indexOf(finding.word) : -1;
        return start < 0 ? [] : [{ term: finding.term, start, end: start + finding.word.length }];
      });
      places.sort((one, other) => one.start - other.start);
      return {
        segment,
        lesson,
        href: lesson === '' ? '' : unitHref(edition.tag, lesson, segment),
        source: markTerms(plainRuns(source), places),
        ours: plainRuns(target),
        findings: findings.map((finding) => sentenceOf(t, finding)),
      };
    })
    .sort((one, other) => (order.get(one.lesson) ?? 999) - (order.get(other.lesson) ?? 999));
}

function sentenceOf(t: Translate, finding: TermFinding): string {
  const { word, term } = finding;
  if (finding.kind === 'termMissing') {
    return t('memory:review.missing', { word, target: term.targets.map(({ text }) => text) });
  }
  return t('memory:review.forbidden', { word, instead: finding.instead, why: finding.why });
}
