import type { Edition, LedgerEntry, TranslationUnit } from '../edition/edition.ts';
import type { FactKey } from '../facts/fact.ts';
import type { SegmentId } from '../package/lessonPackage.ts';
import type { SegmentRevision, Severity } from '../release/release.ts';
import type { PackageDelta, SegmentDelta } from './packageDelta.ts';
import { planSegment, type SegmentOutcome } from './planSegment.ts';
import type { UpdateCounts, UpdateItem, UpdatePlan } from './update.ts';

/** An edition's side of an update: only what concerns the segments of the delta has to be loaded. */
export type OurSide = {
  readonly edition: Edition;
  readonly units: ReadonlyMap<SegmentId, TranslationUnit>;
  readonly ledger: ReadonlyMap<SegmentId, LedgerEntry>;
  readonly history: Readonly<Record<SegmentId, readonly SegmentRevision[]>>;
  /** Facts with a value in the edition's jurisdiction. */
  readonly filledFacts: ReadonlySet<FactKey>;
};

/** What it takes to bring an edition from the delta's base to its target. Pure; the table of design section 5. */
export function planUpdate(delta: PackageDelta, ours: OurSide): UpdatePlan {
  const items: UpdateItem[] = [];
  const tally = { take: 0, carry: 0, stale: 0, staleWords: 0, conflicts: 0, added: 0, removed: 0, safety: 0 };
  for (const segment of delta.segments.values()) {
    const outcome = planSegment(segment, ours);
    count(tally, outcome, segment);
    if (outcome.item !== null) items.push(outcome.item);
  }
  items.push(...lessonItems(delta));
  const factsNeeded = delta.factsNeeded.filter((key) => !ours.filledFacts.has(key));
  items.push(...factsNeeded.map(factItem));
  items.sort((one, other) => rank(other.severity) - rank(one.severity) || order(one.key, other.key));
  const counts: UpdateCounts = { ...tally, factsNeeded: factsNeeded.length };
  return { base: delta.base, target: delta.target, items, counts };
}

const rank = (severity: Severity): number => ({ editorial: 0, content: 1, safety: 2 })[severity];
const order = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

type Tally = { -readonly [K in keyof Omit<UpdateCounts, 'factsNeeded'>]: number };

function count(tally: Tally, outcome: SegmentOutcome, segment: SegmentDelta): void {
  const { item } = outcome;
  if (outcome.kind === 'take') tally.take++;
  if (outcome.kind === 'carry') tally.carry++;
  if (item === null) return;
  if (item.severity === 'safety') tally.safety++;
  if (item.kind === 'conflict' || item.kind === 'coreOverridden') tally.conflicts++;
  if (item.kind === 'added') tally.added++;
  if (item.kind === 'removed') tally.removed++;
  const redo = item.kind === 'stale' || item.kind === 'conflict' || item.kind === 'coreOverridden';
  if (redo) tally.stale++;
  if (redo || item.kind === 'added') tally.staleWords += segment.words;
}

const bare = {
  due: null,
  segmentKind: null,
  policy: null,
  base: null,
  ours: null,
  theirs: null,
  proposal: null,
  theirsHash: null,
  sets: [],
  unitRevision: 0,
} as const;

function lessonItems(delta: PackageDelta): readonly UpdateItem[] {
  const added = delta.lessonsAdded.map(
    (lesson): UpdateItem => ({
      ...bare,
      key: lesson,
      kind: 'lessonAdded',
      severity: 'content',
      lessons: [lesson],
      meaning: `lesson:${lesson}:${delta.target}`,
      choices: ['confirm', 'decline', 'later'],
    }),
  );
  const removed = delta.lessonsRemoved.map(
    (lesson): UpdateItem => ({
      ...bare,
      key: lesson,
      kind: 'lessonRemoved',
      severity: 'content',
      lessons: [lesson],
      meaning: `lesson:${lesson}:removed:${delta.target}`,
      choices: ['confirm', 'later'],
    }),
  );
  return [...added, ...removed];
}

function factItem(key: FactKey): UpdateItem {
  return {
    ...bare,
    key,
    kind: 'factNeeded',
    severity: 'content',
    lessons: [],
    meaning: `fact:${key}`,
    choices: [],
  };
}
