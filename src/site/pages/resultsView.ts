import { excerptOf, markedRuns, type Run } from '../../formats/search/excerpt.ts';
import type { Hit } from '../../formats/search/lessonIndex.ts';

/** Lessons on one page of results: the page stays light, and nobody reads on after twenty. */
export const mostResults = 20;

/** The marks on a lesson that was found. */
export type ResultMarks = {
  readonly titleRuns: readonly Run[] | null;
  readonly sentenceRuns: readonly Run[] | null;
  /** Where the words stand in the lesson, when its title and sentence do not hold them all. */
  readonly excerpt: { readonly where: string; readonly runs: readonly Run[] } | null;
};

const markedIn = (runs: readonly Run[] | null): number => runs?.filter(({ marked }) => marked).length ?? 0;

/** Why a lesson was found: its title and sentence with the words marked, and words from inside it. */
export function marksOf(
  row: { readonly title: string; readonly sentence: string },
  hit: Hit,
  language: string,
): ResultMarks {
  const titleRuns = markedRuns(row.title, hit.terms, language);
  const sentenceRuns = markedRuns(row.sentence, hit.terms, language);
  const enough = markedIn(titleRuns) + markedIn(sentenceRuns) >= hit.terms.length;
  return { titleRuns, sentenceRuns, excerpt: enough ? null : excerptOf(hit, language) };
}
