import { diffWords, type WordRun } from '../../../domain/diff/diffWords.ts';
import { baselineLanguage } from '../../../domain/edition/workingText.ts';
import type { ChangeSet } from '../../../domain/release/release.ts';
import { answers } from '../../../domain/update/decide.ts';
import {
  type Decision,
  type DecisionKind,
  optionalKinds,
  type Update,
  type UpdateItem,
  type UpdatePlan,
} from '../../../domain/update/update.ts';
import { paths } from '../../paths.ts';

/** Why a source changed: the set's reason, its evidence and its author, beside the words. */
export type SetNote = {
  readonly title: string;
  readonly reason: string;
  readonly author: string;
  readonly release: string;
};

/** One line of the list. */
export type ItemLine = {
  readonly key: string;
  readonly href: string;
  readonly gist: string;
  readonly kind: UpdateItem['kind'];
  readonly severity: UpdateItem['severity'];
  /** Null while open. */
  readonly decided: DecisionKind | null;
  readonly decidedBy: string;
  readonly open: boolean;
};

/** The item being decided. */
export type OpenItem = ItemLine & {
  readonly policy: UpdateItem['policy'];
  readonly segmentKind: UpdateItem['segmentKind'];
  readonly lessons: readonly string[];
  readonly due: string | null;
  readonly sourceRuns: readonly WordRun[];
  /** In a conflict: what we made of the base. */
  readonly oursRuns: readonly WordRun[] | null;
  readonly ours: string | null;
  readonly base: string | null;
  readonly theirs: string | null;
  /** What the field starts with. */
  readonly start: string;
  readonly suggested: boolean;
  readonly unitRevision: number;
  /** When the decision that the page shows was made. */
  readonly seen: string;
  readonly notes: readonly SetNote[];
  readonly may: Readonly<Record<DecisionKind, boolean>>;
  readonly declineNeedsReason: boolean;
  readonly workbench: string;
};

export type Group = {
  readonly name: 'safety' | 'conflict' | 'content' | 'added' | 'removed' | 'lessons' | 'facts' | 'editorial';
  readonly lines: readonly ItemLine[];
  readonly decided: number;
};

const groupOf = (item: UpdateItem): Group['name'] => {
  if (optionalKinds.has(item.kind)) return 'editorial';
  if (item.kind === 'factNeeded' || item.kind === 'factVerify') return 'facts';
  if (item.kind === 'lessonAdded' || item.kind === 'lessonRemoved') return 'lessons';
  if (item.severity === 'safety') return 'safety';
  if (item.kind === 'conflict' || item.kind === 'coreOverridden') return 'conflict';
  if (item.kind === 'added' || item.kind === 'lineage') return 'added';
  if (item.kind === 'removed') return 'removed';
  return 'content';
};

const groupOrder: readonly Group['name'][] = [
  'safety',
  'conflict',
  'content',
  'added',
  'lessons',
  'facts',
  'removed',
  'editorial',
];

/** What needs a person: editorial changes and removals without a question do not. */
export const needsDecision = (item: UpdateItem): boolean => item.choices.length > 0 && !optionalKinds.has(item.kind);

const gistOf = (item: UpdateItem): string => {
  const text = (item.theirs ?? item.base ?? '').replaceAll('**', '').replace(/\s+/g, ' ');
  return text.length > 90 ? `${text.slice(0, 88).trimEnd()}…` : text;
};

/** A stored decision that still answers the item; `null` when the unit was written or the source changed since. */
const decisionOf = (update: Update, item: UpdateItem): Decision | null => {
  const decision = update.decisions[item.key];
  return answers(decision, item) ? decision : null;
};

export function lineOf(tag: string, update: Update, item: UpdateItem, names: ReadonlyMap<string, string>): ItemLine {
  const decision = decisionOf(update, item);
  return {
    key: item.key,
    href: `${paths.update.to(tag)}?item=${encodeURIComponent(item.key)}#open`,
    gist: gistOf(item),
    kind: item.kind,
    severity: item.severity,
    decided: decision?.kind ?? null,
    decidedBy: decision === null ? '' : (names.get(decision.by) ?? ''),
    open: decision === null || decision.kind === 'later',
  };
}

export function groupsOf(
  tag: string,
  update: Update,
  plan: UpdatePlan,
  names: ReadonlyMap<string, string>,
): readonly Group[] {
  return groupOrder.flatMap((name) => {
    const items = plan.items.filter((item) => groupOf(item) === name);
    if (items.length === 0) return [];
    const lines = items.map((item) => lineOf(tag, update, item, names));
    return [{ name, lines, decided: lines.filter((line) => !line.open).length }];
  });
}

/** Everything about the one item that is open on the page. */
export function openItemOf(
  tag: string,
  update: Update,
  item: UpdateItem,
  sets: ReadonlyMap<string, ChangeSet>,
  names: ReadonlyMap<string, string>,
  language: string,
): OpenItem {
  const decision = decisionOf(update, item);
  const may = (kind: DecisionKind): boolean => item.choices.includes(kind);
  return {
    ...lineOf(tag, update, item, names),
    policy: item.policy,
    segmentKind: item.segmentKind,
    lessons: item.lessons,
    due: item.due,
    sourceRuns: diffWords(item.base ?? '', item.theirs ?? '', baselineLanguage),
    oursRuns: item.kind === 'conflict' ? diffWords(item.base ?? '', item.ours ?? '', language) : null,
    ours: item.ours,
    base: item.base,
    theirs: item.theirs,
    start: decision?.text ?? item.proposal ?? item.ours ?? '',
    suggested: decision === null && item.proposal !== null,
    unitRevision: item.unitRevision,
    seen: update.decisions[item.key]?.at ?? '',
    notes: item.sets.flatMap((id) => {
      const set = sets.get(id);
      if (set === undefined) return [];
      return [
        { title: set.title, reason: set.reason, author: names.get(set.author) ?? '', release: set.release ?? '' },
      ];
    }),
    may: {
      redo: may('redo'),
      confirm: may('confirm'),
      keepOurs: may('keepOurs'),
      decline: may('decline'),
      later: may('later'),
    },
    declineNeedsReason: may('decline') || may('keepOurs'),
    workbench: paths.workbench.to(tag, item.lessons[0] ?? ''),
  };
}
