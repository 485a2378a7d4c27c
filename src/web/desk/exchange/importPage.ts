import type { OpenImport } from '../../../commands/exchange/loadImport.ts';
import { countsOf, planMark } from '../../../domain/exchange/fileImport.ts';
import { type ImportLine, type NotTakenWhy, notTakenWhys } from '../../../domain/exchange/planImport.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import { lessonsNeeding } from '../today/loadDesk.ts';
import { unitHref } from '../workbench/hrefs.ts';
import { markedRuns, plainRuns, type TextRun } from '../workbench/textRuns.ts';

/** One text of the file beside the text here. */
export type LineRow = {
  readonly place: number;
  readonly segment: string;
  /** The workbench; null where the edition has no such segment. */
  readonly href: string | null;
  /** The text in the file, with marks against the text here where both say something. */
  readonly file: readonly TextRun[];
  readonly here: readonly TextRun[];
  readonly detail: string;
  readonly stale: boolean;
  readonly core: boolean;
};
export type LineGroup = {
  readonly why: NotTakenWhy;
  readonly text: string;
  readonly count: number;
  readonly rows: readonly LineRow[];
  /** How many more stand only in the report. */
  readonly more: number;
};

const shown = 60;
/** Both sides say something, and a person has to choose. */
const toCompare: ReadonlySet<NotTakenWhy> = new Set([
  'bothChanged',
  'reviewedMeanwhile',
  'confirmedMeanwhile',
  'baseUnknown',
  'unfinished',
  'sourceAltered',
  'sourceUnknown',
  'factsMissing',
  'factsForeign',
]);

/** What a file does, or did: what is taken, and every line that is not, with the reason. */
export function importPage(t: Translate, { fileImport, working, lines }: OpenImport) {
  const { tag } = working.edition;
  const waits = fileImport.state === 'waiting';
  const counts = waits ? countsOf(lines) : fileImport.counts;
  const groups = notTakenWhys.flatMap((why): readonly LineGroup[] => {
    const of = lines.filter((line) => line.why === why);
    if (of.length === 0) return [];
    const rows = of.slice(0, shown).map((line) => rowOf(line, working));
    return [{ why, text: t(`exchange:why.${why}`), count: of.length, rows, more: of.length - rows.length }];
  });
  const taken = lines.filter((line) => line.outcome === 'taken');
  return {
    title: headline(t, fileImport.state, counts.taken, fileImport.name),
    waits,
    applied: fileImport.state === 'applied',
    counts,
    seen: waits ? planMark(lines) : '',
    groups,
    comparing: groups.some(({ why }) => toCompare.has(why)),
    taken: taken.slice(0, shown).map((line) => rowOf(line, working)),
    moreTaken: Math.max(0, taken.length - shown),
    lang: working.edition.language,
    format: t(`exchange:formats.${fileImport.format}`),
    hrefs: {
      take: paths.importTaking.to(tag, fileImport.id),
      undo: paths.importUndo.to(tag, fileImport.id),
      report: paths.importReport.to(tag, fileImport.id),
      exchange: paths.exchange.to(tag),
      review: paths.review.to(tag),
    },
  };
}

function headline(t: Translate, state: 'waiting' | 'applied' | 'undone', count: number, name: string): string {
  return t(`exchange:headline.${state}`, { count, name });
}

function rowOf(line: ImportLine, working: OpenImport['working']): LineRow {
  const { segment, place, ours, theirs, why, outcome, detail, stale } = line;
  const { lessonPackage, edition } = working;
  const known = Object.hasOwn(lessonPackage.segments, segment);
  const [lesson] = known ? lessonsNeeding(lessonPackage, segment) : [];
  const compare = ours !== '' && theirs !== '' && (outcome === 'taken' || (why !== null && toCompare.has(why)));
  return {
    place,
    segment,
    href: lesson === undefined ? null : unitHref(edition.tag, lesson, segment),
    file: compare ? markedRuns(ours, theirs, edition.language) : plainRuns(theirs),
    here: plainRuns(ours),
    detail,
    stale,
    core: known && lessonPackage.segments[segment]?.policy === 'core',
  };
}

/** The words of a line's outcome, for the report. */
export function outcomeText(t: Translate, line: ImportLine): string {
  if (line.why === null)
    return t(`exchange:outcomes.${line.outcome === 'taken' && line.stale ? 'stale' : line.outcome}`);
  return line.detail === '' ? t(`exchange:why.${line.why}`) : `${t(`exchange:why.${line.why}`)} ${line.detail}`;
}
