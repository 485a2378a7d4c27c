import { type Replaced, replacedIn } from '../../../domain/edition/replacement.ts';
import type { Replacing } from '../../../domain/edition/replaceText.ts';
import type { WorkingUnit } from '../../../domain/edition/workingText.ts';
import type { Translate } from '../../route.ts';
import { findingText } from '../checks/findingWords.ts';
import { type Desk, lessonsNeeding } from '../today/loadDesk.ts';
import { unitHref } from '../workbench/hrefs.ts';
import { markedRuns, type TextRun } from '../workbench/textRuns.ts';

/** One text with what would become of it. */
export type Hit = {
  readonly segment: string;
  readonly href: string;
  readonly lessons: readonly string[];
  readonly value: string;
  readonly core: boolean;
  readonly stateText: string;
  /** Somebody has read it; it would have to be read again. */
  readonly read: boolean;
  readonly count: number;
  readonly runs: readonly TextRun[];
  /** Why it cannot be changed so. */
  readonly refused: string | null;
  /** What the checks would find that they do not find now. */
  readonly worse: readonly string[];
};

export type Preview = {
  readonly hits: readonly Hit[];
  readonly units: number;
  readonly places: number;
  readonly read: number;
  readonly refused: number;
  /** Units beyond those that one page shows. */
  readonly beyond: number;
};

/** More on one page nobody reads; the rest comes after these are done. */
const mostShown = 200;

/** Every text of the lessons that would change, in the order of the lessons. */
export function previewOf(t: Translate, desk: Desk, replacing: Replacing, lessons: readonly string[]): Preview {
  const { edition, material } = desk.working;
  const found = [...desk.units.values()].flatMap((working) => {
    const { unit, segment } = working;
    if (unit === null || working.origin !== 'unit' || material?.segments.has(segment)) return [];
    const replaced = replacedIn(unit, working.source, edition.language, replacing);
    if (replaced === null) return [];
    const needing = lessonsNeeding(desk.working.lessonPackage, segment);
    if (lessons.length > 0 && !needing.some((lesson) => lessons.includes(lesson))) return [];
    return [{ working, replaced, needing }];
  });
  const hits = found
    .slice(0, mostShown)
    .map(({ working, replaced, needing }) => hitOf(t, desk, working, replaced, needing));
  return {
    hits,
    units: found.length,
    places: found.reduce((sum, { replaced }) => sum + replaced.count, 0),
    read: found.filter(({ working }) => isRead(working)).length,
    refused: found.filter(({ replaced }) => replaced.refused !== null).length,
    beyond: Math.max(0, found.length - mostShown),
  };
}

const isRead = ({ unit }: WorkingUnit): boolean => unit?.state === 'reviewed' || unit?.state === 'final';

function hitOf(t: Translate, desk: Desk, working: WorkingUnit, replaced: Replaced, needing: readonly string[]): Hit {
  const { edition, lessonPackage } = desk.working;
  const { segment, unit, text } = working;
  const { after, count, refused } = replaced;
  const before = new Set(desk.checks.of(working).map((finding) => findingText(t, finding)));
  const then = refused === null ? desk.checks.ofText(working, after).map((finding) => findingText(t, finding)) : [];
  return {
    segment,
    href: unitHref(edition.tag, needing[0] ?? '', segment),
    lessons: needing,
    value: `${segment}@${unit?.revision ?? 0}`,
    core: lessonPackage.segments[segment]?.policy === 'core',
    stateText: t(`desk:unitStates.${unit?.state ?? 'initial'}`),
    read: isRead(working),
    count,
    runs: markedRuns(text, after, edition.language),
    refused: refused === null ? null : t(`replace:refused.${refused}`),
    worse: then.filter((finding) => !before.has(finding)),
  };
}
