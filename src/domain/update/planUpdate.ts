import type { Severity } from '../release/release.ts';
import type { OurSide } from './ourSide.ts';
import type { PackageDelta } from './packageDelta.ts';
import { planSegment, planSurrounding } from './planSegment.ts';
import { adriftItems, factItems, lessonItems } from './rows/wholes.ts';
import { countOutcome, emptyTally } from './tally.ts';
import type { UpdateItem, UpdatePlan } from './update.ts';

export type { OurSide } from './ourSide.ts';

/** What it takes to bring an edition from the delta's base to its target. Pure; the table of design section 5. */
export function planUpdate(delta: PackageDelta, ours: OurSide): UpdatePlan {
  const items: UpdateItem[] = [];
  const tally = emptyTally();
  for (const segment of delta.segments.values()) {
    const outcome = planSegment(segment, ours, delta);
    countOutcome(tally, outcome, segment);
    if (outcome.item !== null) items.push(outcome.item);
  }
  for (const { unchanged } of delta.surroundings.values()) {
    const item = unchanged === null ? null : (planSurrounding(unchanged, ours, delta)?.item ?? null);
    if (item !== null) items.push(item);
  }
  const facts = factItems(delta, ours);
  items.push(...lessonItems(delta, ours), ...facts, ...adriftItems(ours));
  items.sort((one, other) => rank(one.severity) - rank(other.severity) || order(one.key, other.key));
  return {
    base: delta.base,
    target: delta.target,
    upstream: delta.upstream,
    brought: delta.brought,
    items: unique(items),
    counts: { ...tally, factsNeeded: facts.length },
  };
}

const rank = (severity: Severity): number => ({ safety: 0, content: 1, editorial: 2 })[severity];
const order = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** A key stands once: the weightiest item of it. */
function unique(items: readonly UpdateItem[]): readonly UpdateItem[] {
  const known = new Set<string>();
  return items.filter(({ key }) => !known.has(key) && known.add(key));
}
