import { applyUpdate } from './applyUpdate.ts';
import type { OurSide } from './ourSide.ts';
import type { LogDone, Update, UpdatePlan } from './update.ts';

/** What applying now would do, in numbers. */
export type DryRun = {
  /** Units that stay as they are. */
  readonly carried: number;
  /** Segments whose source comes in by itself; texts of ours that come back are among them. */
  readonly taken: number;
  readonly redone: number;
  readonly confirmed: number;
  /** Ours kept, or theirs declined. */
  readonly kept: number;
  /** Open: they become stale, or wait as they are. */
  readonly open: number;
  readonly untranslated: number;
  /** To the history. */
  readonly retired: number;
  /** Decisions that do not fit any more. */
  readonly returned: number;
  /** Texts of ours that would be neither in the working text nor in the history: counted, and always 0. */
  readonly lost: number;
};

/** Applies a draft without writing anything. */
export function dryRun(update: Update, plan: UpdatePlan, ours: OurSide, at: string): DryRun {
  const done = applyUpdate({ ...update, state: 'draft' }, plan, ours, '', at);
  const kinds = new Map(plan.items.map((item) => [item.key, item.kind]));
  const lines = done.update.log;
  const count = (...wanted: readonly LogDone[]) => lines.filter((line) => wanted.includes(line.done)).length;
  const open = lines.filter((line) => line.done === 'later');
  const isNew = (key: string) => kinds.get(key) === 'added';
  return {
    carried: plan.counts.carry,
    taken: plan.counts.take,
    redone: count('redone'),
    confirmed: count('confirmed'),
    kept: count('kept', 'declined'),
    open: open.filter(({ key }) => !isNew(key)).length,
    untranslated: open.filter(({ key }) => isNew(key)).length + count('prefilled'),
    retired: done.retire.length,
    returned: done.returned.length,
    lost: lostTexts(ours, done),
  };
}

type Written = Pick<ReturnType<typeof applyUpdate>, 'save' | 'retire'>;

/** A unit that is neither kept, nor replaced one revision later, nor retired as it was, would be lost. */
function lostTexts({ units }: OurSide, { save, retire }: Written): number {
  const next = new Map(save.map((unit) => [unit.segment, unit]));
  const retired = new Map(retire.map((unit) => [unit.segment, unit]));
  const isSafe = (segment: string, target: string, revision: number): boolean => {
    const [replaced, gone] = [next.get(segment), retired.get(segment)];
    if (replaced !== undefined) return replaced.revision === revision + 1;
    return gone === undefined || (gone.target === target && gone.revision === revision);
  };
  return [...units.values()].filter((unit) => !isSafe(unit.segment, unit.target, unit.revision)).length;
}
