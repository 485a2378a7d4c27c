import type { EditionTag } from '../edition/edition.ts';
import type { FactKey } from '../facts/fact.ts';
import type { LessonId } from '../package/lessonPackage.ts';
import type { Day } from '../time.ts';

/** Whether a lesson could be used as it is. */
export const usables = ['yes', 'partly', 'no'] as const;
export type Usable = (typeof usables)[number];

/** Minutes that a lesson really took, to choose from. */
export const minuteChoices = [10, 15, 20, 25, 30, 35, 40, 45, 50, 60, 75, 90, 120] as const;

/** What was hard. Choices only: nobody can write about a child here. */
export const hardParts = ['time', 'words', 'steps', 'materials', 'talking', 'age'] as const;
export type HardPart = (typeof hardParts)[number];

/** What is wrong with a helpline. */
export const helplineFaults = ['noAnswer', 'notInService', 'somebodyElse', 'hours', 'notForChildren'] as const;
export type HelplineFault = (typeof helplineFaults)[number];

/** What one teacher says of one lesson. Nothing in it tells who. */
export type LessonAnswer = {
  readonly usable: Usable;
  /** Of `minuteChoices`; null when it was left open. */
  readonly minutes: number | null;
  readonly hard: readonly HardPart[];
};

/** What all answers for a lesson come to: counts, nothing else. */
export type LessonCounts = {
  readonly edition: EditionTag;
  readonly lesson: LessonId;
  readonly answers: number;
  readonly usable: Readonly<Partial<Record<Usable, number>>>;
  /** By minutes. */
  readonly minutes: Readonly<Record<string, number>>;
  readonly hard: Readonly<Partial<Record<HardPart, number>>>;
};

/** How often one fault of one helpline was reported on one day. */
export type HelplineReport = {
  readonly edition: EditionTag;
  readonly fact: FactKey;
  readonly fault: HelplineFault;
  readonly on: Day;
  readonly times: number;
};

/** Counts below this are not shown to anybody. */
export const leastShown = 5;

/** A count as it may be shown; null: fewer than `leastShown`, or it would give such a one away. */
export type Shown = number | null;

/**
 * Counts that add up to a known whole, with small ones hidden. Where hiding one alone would let it be worked out from
 * the others, the next smallest is hidden with it.
 */
export function hideSmall<Key extends string>(
  keys: readonly Key[],
  counts: Readonly<Partial<Record<Key, number>>>,
): Readonly<Record<Key, Shown>> {
  const byCount = [...keys].sort((one, other) => (counts[one] ?? 0) - (counts[other] ?? 0));
  const hidden = new Set(byCount.filter((key) => (counts[key] ?? 0) < leastShown));
  const next = byCount.find((key) => !hidden.has(key));
  if (hidden.size === 1 && next !== undefined) hidden.add(next);
  return Object.fromEntries(keys.map((key) => [key, hidden.has(key) ? null : (counts[key] ?? 0)])) as Record<
    Key,
    Shown
  >;
}

/** The middle of the minutes named; null while fewer than `leastShown` have named any. */
export function middleMinutes(minutes: Readonly<Record<string, number>>): number | null {
  const rows = Object.entries(minutes)
    .map(([value, times]) => [Number(value), times] as const)
    .sort(([one], [other]) => one - other);
  const all = rows.reduce((sum, [, times]) => sum + times, 0);
  if (all < leastShown) return null;
  let left = Math.ceil(all / 2);
  for (const [value, times] of rows) {
    left -= times;
    if (left <= 0) return value;
  }
  return null;
}

/** What a desk may see of a lesson's answers. */
export type ShownFeedback = {
  readonly lesson: LessonId;
  /** Null: fewer than `leastShown`; then everything else is hidden, too. */
  readonly answers: Shown;
  readonly usable: Readonly<Record<Usable, Shown>>;
  readonly minutes: number | null;
  readonly hard: Readonly<Record<HardPart, Shown>>;
};

/** Counts made fit to be shown. What was hard is asked with many answers at once, so no part follows from the others. */
export function shownFeedback(counts: LessonCounts): ShownFeedback {
  const enough = counts.answers >= leastShown;
  const each = (times: number | undefined): Shown => (enough && (times ?? 0) >= leastShown ? (times ?? 0) : null);
  return {
    lesson: counts.lesson,
    answers: enough ? counts.answers : null,
    usable: hideSmall(usables, enough ? counts.usable : {}),
    minutes: enough ? middleMinutes(counts.minutes) : null,
    hard: Object.fromEntries(hardParts.map((part) => [part, each(counts.hard[part])])) as Record<HardPart, Shown>,
  };
}
