import type { Day } from '../time.ts';
import type { Edition } from './edition.ts';

/**
 * The day on which an edition is judged. A demonstration stands still: it is judged on the day of the newest thing that
 * happened to it (a release of the baseline, a publication of its own), so that sample data does not fall overdue while
 * years go by. A real edition is judged today.
 */
export function judgedOn(edition: Pick<Edition, 'demonstration'>, today: Day, happened: readonly Day[]): Day {
  if (!edition.demonstration) return today;
  return [...happened].sort().at(-1) ?? today;
}
