import type { UpdateGoal } from '../../../commands/update/loadUpdate.ts';
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
import { withoutStars } from '../workbench/textRuns.ts';
import { pageOf } from './goal.ts';

/** In order of harm. */
export const groupNames = [
  'safety',
  'conflict',
  'content',
  'lineage',
  'added',
  'lessons',
  'facts',
  'removed',
  'reoffer',
  'editorial',
] as const;
export type GroupName = (typeof groupNames)[number];

/** One line of the list. */
export type ItemLine = {
  readonly key: string;
  readonly href: string;
  readonly gist: string;
  /** The gist is our text: an addition of ours has no source. */
  readonly gistIsOurs: boolean;
  readonly kind: UpdateItem['kind'];
  readonly severity: UpdateItem['severity'];
  /** Null while open. */
  readonly decided: DecisionKind | null;
  readonly decidedBy: string;
  readonly open: boolean;
  /** Nothing is asked: it comes, or goes, by itself. */
  readonly byItself: boolean;
  /** What the line itself can answer, without a text or a reason. */
  readonly quick: readonly ('keepOurs' | 'confirm')[];
  readonly unitRevision: number;
  readonly seen: string;
  /** Key, revision and decision seen, for a tick; null where it needs an eye of its own. */
  readonly tick: string | null;
  /** A suggestion that may be accepted with others: shown, so that it has been read. */
  readonly offered: string | null;
  /** The same to read. */
  readonly offeredWords: string | null;
};

export type Group = {
  readonly name: GroupName;
  readonly lines: readonly ItemLine[];
  /** Lines that ask something; of those, the decided. */
  readonly asked: number;
  readonly decided: number;
  /** What the ticked lines can be answered with, together; `all` has the tick of every line that can be confirmed. */
  readonly bulk: { readonly confirm: number; readonly redo: number; readonly all: string } | null;
};

export function groupOf(item: UpdateItem): GroupName {
  if (optionalKinds.has(item.kind)) return 'editorial';
  if (item.kind === 'factNeeded' || item.kind === 'factVerify') return 'facts';
  if (item.kind === 'lessonAdded' || item.kind === 'lessonRemoved') return 'lessons';
  if (item.severity === 'safety' && item.choices.length > 0) return 'safety';
  if (item.kind === 'conflict' || item.kind === 'coreOverridden' || item.kind === 'becameCore') return 'conflict';
  if (item.kind === 'lineage' || item.kind === 'added' || item.kind === 'reoffer') return item.kind;
  if (item.kind === 'removed' || item.kind === 'adrift') return 'removed';
  return 'content';
}

/** What needs a person: editorial changes and removals without a question do not. */
export const needsDecision = (item: UpdateItem): boolean => item.choices.length > 0 && !optionalKinds.has(item.kind);

const gistOf = (item: UpdateItem): string => {
  const text = (item.theirs ?? item.base ?? item.ours ?? '').slice(0, 160).replaceAll('**', '').replace(/\s+/g, ' ');
  return text.length > 90 ? `${text.slice(0, 88).trimEnd()}…` : text;
};

/** A stored decision that still answers the item; `null` when the unit was written or the source changed since. */
export function decisionOf(update: Update, item: UpdateItem): Decision | null {
  const decision = update.decisions[item.key];
  return answers(decision, item) ? decision : null;
}

export type LineContext = {
  readonly tag: string;
  readonly goal: UpdateGoal;
  readonly update: Update;
  readonly names: ReadonlyMap<string, string>;
};

/** Kinds whose lines carry their buttons: they need no text. */
const quickKinds: ReadonlySet<UpdateItem['kind']> = new Set([
  'reoffer',
  'removed',
  'adrift',
  'lessonAdded',
  'lessonRemoved',
]);

function quickOf(item: UpdateItem): ItemLine['quick'] {
  if (!quickKinds.has(item.kind)) return [];
  const keeps = item.kind === 'adrift' || (item.kind === 'reoffer' && (item.reason ?? '') !== '');
  return (['keepOurs', 'confirm'] as const).filter(
    (kind) => item.choices.includes(kind) && (kind === 'confirm' || keeps),
  );
}

export function lineOf({ tag, goal, update, names }: LineContext, item: UpdateItem): ItemLine {
  const decision = decisionOf(update, item);
  const seen = update.decisions[item.key]?.at ?? '';
  const isFact = groupOf(item) === 'facts';
  const open = decision === null || decision.kind === 'later';
  const offered = item.bulk && open && item.choices.includes('redo') ? item.proposal : null;
  const tickable = item.bulk && open && (offered !== null || item.choices.includes('confirm'));
  return {
    key: item.key,
    href: isFact
      ? `${paths.facts.to(tag)}?fact=${encodeURIComponent(item.key)}`
      : `${pageOf(tag, goal, { item: item.key })}#open`,
    gist: gistOf(item),
    gistIsOurs: item.theirs === null && item.base === null,
    kind: item.kind,
    severity: item.severity,
    decided: decision?.kind ?? null,
    decidedBy: decision === null ? '' : (names.get(decision.by) ?? ''),
    open,
    byItself: item.choices.length === 0 && !isFact,
    quick: open ? quickOf(item) : [],
    unitRevision: item.unitRevision,
    seen,
    tick: tickable ? [item.key, item.unitRevision, seen].join('|') : null,
    offered,
    offeredWords: offered === null ? null : withoutStars(offered),
  };
}

export function groupsOf(context: LineContext, plan: UpdatePlan): readonly Group[] {
  const byName = Map.groupBy(plan.items, groupOf);
  return groupNames.flatMap((name) => {
    const items = byName.get(name) ?? [];
    if (items.length === 0) return [];
    const lines = items.map((item) => lineOf(context, item));
    const asked = items.filter(needsDecision).length;
    const decided = items.filter((item, at) => needsDecision(item) && !lines[at]?.open).length;
    const fits = items.flatMap((item, at) => (item.choices.includes('confirm') ? (lines[at]?.tick ?? []) : []));
    const confirm = fits.length;
    const redo = lines.filter((line) => line.offered !== null).length;
    return [{ name, lines, asked, decided, bulk: confirm + redo > 0 ? { confirm, redo, all: fits.join(' ') } : null }];
  });
}
