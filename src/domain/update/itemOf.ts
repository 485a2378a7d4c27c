import type { LedgerEntry, Staleness, TranslationUnit } from '../edition/edition.ts';
import type { Severity } from '../release/release.ts';
import type { OurSide } from './ourSide.ts';
import type { SegmentDelta } from './packageDelta.ts';
import type { DecisionKind, ItemKind, UpdateItem } from './update.ts';

/** One cell of the table: what theirs did to a segment, and what ours is. */
export type Cell = {
  readonly delta: SegmentDelta;
  readonly ours: OurSide;
  readonly unit: TranslationUnit | null;
  readonly entry: LedgerEntry | null;
};

/** `take`: the baseline's side comes in by itself. `carry`: ours stays valid. `ask`: a person has something to do. */
export type SegmentOutcome = {
  readonly kind: 'take' | 'carry' | 'ask' | 'drop';
  readonly item: UpdateItem | null;
};

export const take: SegmentOutcome = { kind: 'take', item: null };
export const carry: SegmentOutcome = { kind: 'carry', item: null };
export const drop: SegmentOutcome = { kind: 'drop', item: null };

export type Asked = {
  readonly kind: ItemKind;
  readonly severity: Severity;
  readonly choices: readonly DecisionKind[];
  readonly staleness?: Staleness | null;
} & Partial<UpdateItem>;

const alone: ReadonlySet<ItemKind> = new Set([
  'conflict',
  'coreOverridden',
  'becameCore',
  'lineage',
  'adrift',
  'removed',
]);

/** The item that asks a person about a cell. */
export function itemOf({ delta, ours, unit, entry }: Cell, { staleness, ...asked }: Asked): UpdateItem {
  const segment = delta.after ?? delta.before;
  const free = asked.severity !== 'safety' && segment?.policy !== 'core' && !alone.has(asked.kind);
  return {
    key: delta.id,
    due: staleness?.due ?? delta.due,
    segmentKind: segment?.kind ?? null,
    policy: segment?.policy ?? null,
    lessons: delta.lessons,
    notOffered: notOffered(delta, ours),
    base: ours.oldSources?.get(delta.id) ?? delta.before?.text ?? null,
    ours: unit?.target ?? null,
    theirs: delta.after?.text ?? null,
    proposal: null,
    proposalFrom: null,
    merged: false,
    from: delta.parts,
    revive: null,
    terms: [],
    reason: entry?.reason ?? null,
    meaning: delta.meaning,
    theirsHash: delta.afterHash,
    sets: staleness?.sets ?? delta.sets,
    unitRevision: unit?.revision ?? 0,
    segments: 1,
    words: delta.words,
    ...asked,
    bulk: free && (asked.bulk ?? true),
  };
}

export const ask = (cell: Cell, asked: Asked): SegmentOutcome => ({ kind: 'ask', item: itemOf(cell, asked) });
/** Ours stays valid, and still there is something to look at. */
export const look = (cell: Cell, asked: Asked): SegmentOutcome => ({ kind: 'carry', item: itemOf(cell, asked) });

/** Lessons it came into and that the edition does not offer; a lesson that is new itself is asked about as a whole. */
export function notOffered(delta: SegmentDelta, { edition }: OurSide): readonly string[] {
  return delta.newLessons.filter((lesson) => {
    const choice = edition.lessons[lesson];
    return choice !== undefined && choice.state !== 'offered';
  });
}
