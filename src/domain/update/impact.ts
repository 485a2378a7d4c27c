import type { LessonId, Policy, SegmentId } from '../package/lessonPackage.ts';
import type { Severity } from '../release/release.ts';
import type { Day } from '../time.ts';
import type { PackageDelta } from './packageDelta.ts';
import type { UpdatePlan } from './update.ts';

/** What a release asks of an edition, by the kind of work. */
export const impactKinds = ['stale', 'conflict', 'coreOverridden', 'added', 'factNeeded'] as const;
export type ImpactKind = (typeof impactKinds)[number];

/** One thing that a release asks of an edition, and why. */
export type ImpactItem = {
  /** A segment, or a fact. */
  readonly key: SegmentId;
  readonly kind: ImpactKind;
  readonly severity: Severity;
  readonly due: Day | null;
  readonly policy: Policy | null;
  readonly lessons: readonly LessonId[];
  /** Of the source as it will be: what has to be read and written. */
  readonly words: number;
  readonly base: string | null;
  readonly ours: string | null;
  readonly theirs: string | null;
};

const kindOf = (kind: string): ImpactKind | undefined => impactKinds.find((each) => each === kind);

/** The part of a plan that is somebody's work; what is carried or taken by itself asks nothing. */
export function impactItems(plan: Pick<UpdatePlan, 'items'>, delta: PackageDelta): readonly ImpactItem[] {
  return plan.items.flatMap((item): readonly ImpactItem[] => {
    const kind = kindOf(item.kind);
    if (kind === undefined) return [];
    const { key, severity, due, policy, lessons, base, ours, theirs } = item;
    const words = kind === 'factNeeded' ? 0 : (delta.segments.get(key)?.words ?? 0);
    return [{ key, kind, severity, due, policy, lessons, words, base, ours, theirs }];
  });
}

/** What a release adds to the work of one edition. */
export type AddedWork = {
  /** Units going stale, the ones in conflict and the overridden core among them. */
  readonly going: readonly ImpactItem[];
  readonly conflicts: readonly ImpactItem[];
  readonly overrides: readonly ImpactItem[];
  readonly added: readonly ImpactItem[];
  readonly facts: readonly ImpactItem[];
};

/**
 * What is asked with the release and was not asked without it. `already`: units that are stale now; they stay stale,
 * and are counted there. A unit that was stale and now meets a change of ours on the same words is a new conflict.
 */
export function addedWork(
  then: readonly ImpactItem[],
  now: readonly ImpactItem[],
  already: ReadonlySet<SegmentId>,
): AddedWork {
  const known = new Set(now.map((item) => `${item.kind} ${item.key}`));
  const fresh = (kind: ImpactKind) => then.filter((item) => item.kind === kind && !known.has(`${kind} ${item.key}`));
  const redo = then.filter(({ kind }) => kind === 'stale' || kind === 'conflict' || kind === 'coreOverridden');
  return {
    going: redo.filter((item) => !already.has(item.key)),
    conflicts: fresh('conflict'),
    overrides: fresh('coreOverridden'),
    added: fresh('added'),
    facts: fresh('factNeeded'),
  };
}

/** Words to write because of a release: of every unit going stale, in conflict or new, once. */
export function wordsOf({ going, conflicts, overrides, added }: AddedWork): number {
  const words = new Map([...going, ...conflicts, ...overrides, ...added].map((item) => [item.key, item.words]));
  return [...words.values()].reduce((sum, each) => sum + each, 0);
}
