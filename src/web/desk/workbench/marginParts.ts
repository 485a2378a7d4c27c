import type { WorkingUnit } from '../../../domain/edition/workingText.ts';
import type { Lesson } from '../../../domain/package/lessonPackage.ts';
import type { EditionContext } from '../../route.ts';
import { checksMargin } from '../checks/checksMargin.ts';
import { commentsMargin } from '../comments/commentsMargin.ts';
import { memoryPart } from '../memory/marginPart.ts';
import { offersMargin } from '../sendBacks/offersMargin.ts';
import type { Filter } from './hrefs.ts';
import type { LessonDesk } from './lessonDesk.ts';

/** What a part of the margin is about: the open unit, and where it stands. */
export type MarginAbout = {
  readonly context: EditionContext;
  /** The lesson with its texts; the units of other lessons are not in it. */
  readonly desk: LessonDesk;
  readonly lesson: Lesson;
  readonly unit: WorkingUnit;
  readonly show: Filter;
  /** The source that a stale unit was made from. */
  readonly old: string | undefined;
  /** What stands in the field. */
  readonly target: string;
};

/** Makes the data of one part; null leaves the part out. */
export type MarginPart = (about: MarginAbout) => Promise<object | null>;

/**
 * What stands beside the open unit, by the name under which `views/desk/workbench/margin.handlebars` shows it: the data
 * of `memory` goes to `views/desk/memory/margin.handlebars`, that of `checks` to `views/desk/checks/margin.handlebars`.
 */
const parts: Readonly<Partial<Record<'memory' | 'checks' | 'comments' | 'sendBacks', MarginPart>>> = {
  memory: memoryPart,
  checks: checksMargin,
  sendBacks: offersMargin,
  comments: commentsMargin,
};

/** The data of every part, each under its name; null where there is nothing to show. */
export async function marginOf(about: MarginAbout): Promise<Readonly<Record<string, object | null>>> {
  const made = await Promise.all(Object.entries(parts).map(async ([name, part]) => [name, await part(about)] as const));
  return Object.fromEntries(made);
}
