import type { WorkingUnit } from '../../../domain/edition/workingText.ts';
import type { Day } from '../../../domain/time.ts';
import { countWords } from '../../../domain/update/mergeWords.ts';
import { paths } from '../../paths.ts';
import { unitHref } from '../workbench/hrefs.ts';
import { type LessonTitle, lessonTitle } from './lessonTitle.ts';
import { type Desk, isStale, lessonsAtWork, unitsIn } from './loadDesk.ts';
import type { Waiting } from './waiting.ts';

export type StaleRow = LessonTitle & {
  readonly href: string;
  readonly units: number;
  readonly words: number;
  readonly safety: boolean;
};

export type StalePart = {
  readonly rows: readonly StaleRow[];
  readonly units: number;
  readonly safety: boolean;
  /** The earliest date of a safety change on the way. */
  readonly due: Day | null;
  readonly href: string;
};

/** Stale units by lesson, lessons with a safety change first; null when nothing is stale. */
export function staleRows(desk: Desk, waiting: Waiting): StalePart | null {
  const { working } = desk;
  const { edition } = working;
  if (waiting.stale.length === 0) return null;
  const rows = lessonsAtWork(working).flatMap((lesson): readonly StaleRow[] => {
    const units = unitsIn(desk, lesson).filter(isStale);
    const first = units[0];
    if (first === undefined) return [];
    return [
      {
        ...lessonTitle(working, lesson),
        href: unitHref(edition.tag, lesson.id, first.segment, 'stale'),
        units: units.length,
        words: units.reduce((sum, unit) => sum + countWords(unit.source, 'en'), 0),
        safety: units.some(isSafety),
      },
    ];
  });
  const dates = waiting.stale.map((unit) => unit.staleness?.due ?? null).filter((day) => day !== null);
  const inOrder = [...rows.filter((row) => row.safety), ...rows.filter((row) => !row.safety)];
  const safety = waiting.stale.some(isSafety);
  const href = inOrder[0]?.href ?? paths.editionLessons.to(edition.tag);
  return { rows: inOrder, units: waiting.stale.length, safety, due: dates.sort()[0] ?? null, href };
}

const isSafety = (unit: WorkingUnit): boolean => unit.staleness?.severity === 'safety';
