import type { Edition } from '../../../domain/edition/edition.ts';
import { baselineLanguage } from '../../../domain/edition/workingText.ts';
import { type ChangeSet, type Severity, severities } from '../../../domain/release/release.ts';
import { type MergeRun, mergedWith, mergeRuns } from '../../../domain/update/mergePlaces.ts';
import type { DecisionKind, UpdateItem } from '../../../domain/update/update.ts';
import { paths } from '../../paths.ts';
import { type CutText, cutRuns, markedRuns, plainRuns, type TextRun, withoutStars } from '../workbench/textRuns.ts';
import { pageOf } from './goal.ts';
import { decisionOf, type ItemLine, type LineContext, lineOf } from './updateGroups.ts';

/** Why a source changed: the set's reason, its evidence and its author, beside the words. */
export type SetNote = {
  readonly id: string;
  readonly title: string;
  readonly reason: string;
  readonly author: string;
  readonly release: string;
  /** The page of this set alone; null where the page is about one set already. */
  readonly alone: string | null;
  /** As this edition has it: raised, or as the authority said. */
  readonly severity: Severity;
  readonly raised: boolean;
  /** Severities above it, and a date that may come forward. */
  readonly higher: readonly Severity[];
};

/** Where a suggestion comes from, in a text key and its values. */
export type Origin = { readonly key: string; readonly values: Readonly<Record<string, unknown>>; readonly at: string };

/** The item being decided. */
export type OpenItem = ItemLine & {
  readonly policy: UpdateItem['policy'];
  readonly segmentKind: UpdateItem['segmentKind'];
  readonly lessons: readonly string[];
  readonly notOffered: readonly string[];
  readonly terms: readonly string[];
  readonly due: string | null;
  readonly sourceRuns: readonly TextRun[];
  /** In a conflict: what we made of the base. */
  readonly oursRuns: readonly TextRun[] | null;
  readonly ours: readonly TextRun[];
  readonly base: readonly TextRun[];
  readonly merge: {
    readonly runs: readonly (MergeRun & CutText)[];
    readonly places: number;
    readonly puts: readonly {
      readonly side: 'ours' | 'theirs';
      readonly key: string;
      readonly href: string;
      readonly text: string;
      readonly words: string;
    }[];
  } | null;
  readonly merged: boolean;
  /** What the field starts with. */
  readonly start: string;
  readonly suggested: Origin | null;
  readonly ledger: { readonly reason: string; readonly href: string } | null;
  readonly typedReason: string;
  readonly problem: string | null;
  readonly notes: readonly SetNote[];
  readonly may: Readonly<Record<DecisionKind, boolean>>;
  readonly declineNeedsReason: boolean;
  readonly workbench: string | null;
};

/** What could not be kept: the item opens again with what was typed. */
export type Refused = {
  readonly key: string;
  readonly text: string;
  readonly reason: string;
  readonly message: string;
};

export type ItemContext = LineContext & {
  readonly edition: Edition;
  readonly sets: ReadonlyMap<string, ChangeSet>;
  readonly put: string;
  readonly refused: Refused | null;
};

const mergeOf = (context: ItemContext, item: UpdateItem): OpenItem['merge'] => {
  if (item.kind !== 'conflict' && !item.merged) return null;
  if (item.base === null || item.ours === null || item.theirs === null) return null;
  const runs = mergeRuns(item.base, item.ours, item.theirs, context.edition.language, item.kind === 'conflict');
  const places = runs.filter((run) => run.kind === 'choose');
  const put = (side: 'ours' | 'theirs', key: string) => ({
    side,
    key,
    href: `${pageOf(context.tag, context.goal, { item: item.key, put: side })}#text`,
    text: mergedWith(runs, side),
    words: places.map((place) => withoutStars(place[side]).trim() || '–').join(' … '),
  });
  const cut = cutRuns(runs, (run) => (run.kind === 'choose' ? run.ours : run.text));
  return { runs: cut, places: places.length, puts: places.length === 0 ? [] : [put('ours', '1'), put('theirs', '2')] };
};

function originOf(item: UpdateItem): Origin | null {
  if (item.proposal === null) return null;
  const from = item.proposalFrom;
  if (item.merged) return { key: 'update:from.cleanMerge', values: {}, at: '' };
  switch (from?.kind) {
    case undefined:
    case 'merge':
      return { key: 'update:from.merge', values: {}, at: '' };
    case 'history':
      return { key: 'update:from.history', values: {}, at: item.revive?.at ?? '' };
    case 'lineage':
      return { key: 'update:from.lineage', values: { parts: item.from.join(' + ') }, at: '' };
    case 'memory':
      return {
        key: 'update:from.memory',
        values: {
          percent: from?.percent ?? 0,
          segment: from?.origin?.segment ?? '',
          edition: from?.origin?.edition ?? '',
        },
        at: '',
      };
  }
}

function noteOf(context: ItemContext, set: ChangeSet): SetNote {
  const raised = context.edition.raised?.[set.id];
  const severity = raised?.severity ?? set.severity;
  const isAhead = context.edition.upstream.ahead.includes(set.id);
  return {
    id: set.id,
    title: set.title,
    reason: set.reason,
    author: context.names.get(set.author) ?? '',
    release: set.release ?? '',
    alone: context.goal.set !== undefined || isAhead ? null : pageOf(context.tag, { set: set.id }),
    severity,
    raised: raised !== undefined,
    higher: severities.filter((each) => severities.indexOf(each) > severities.indexOf(severity)),
  };
}

/** Everything about the one item that is open on the page. */
export function openItemOf(context: ItemContext, item: UpdateItem): OpenItem {
  const { tag, update, sets, put } = context;
  const refused = context.refused?.key === item.key ? context.refused : null;
  const decision = decisionOf(update, item);
  const may = (kind: DecisionKind): boolean => item.choices.includes(kind);
  const merge = mergeOf(context, item);
  const wanted = merge?.puts.find(({ side }) => side === put)?.text;
  const first = item.lessons[0];
  const begun = item.kind === 'conflict' && merge !== null ? mergedWith(merge.runs, 'ours') : item.proposal;
  return {
    ...lineOf(context, item),
    policy: item.policy,
    segmentKind: item.segmentKind,
    lessons: item.lessons,
    notOffered: item.notOffered,
    terms: item.terms,
    due: item.due,
    sourceRuns: markedRuns(item.base ?? '', item.theirs ?? '', baselineLanguage),
    oursRuns:
      item.base !== null && (item.kind === 'conflict' || item.merged)
        ? markedRuns(item.base, item.ours ?? '', context.edition.language)
        : null,
    ours: plainRuns(item.ours ?? ''),
    base: plainRuns(item.base ?? ''),
    merge,
    merged: item.merged,
    start: refused?.text ?? wanted ?? decision?.text ?? begun ?? item.ours ?? '',
    suggested: decision === null && wanted === undefined && refused === null ? originOf(item) : null,
    ledger:
      item.reason === null
        ? null
        : {
            reason: item.reason,
            href: `${paths.ledger.to(tag)}?${new URLSearchParams({ entry: `${item.kind === 'reoffer' ? 'omission' : 'words'} ${item.key}` })}`,
          },
    typedReason: refused?.reason ?? decision?.reason ?? '',
    problem: refused?.message ?? null,
    notes: item.sets.flatMap((id) => {
      const set = sets.get(id);
      return set === undefined ? [] : [noteOf(context, set)];
    }),
    may: {
      redo: may('redo'),
      confirm: may('confirm'),
      keepOurs: may('keepOurs'),
      decline: may('decline'),
      later: may('later'),
    },
    declineNeedsReason: may('decline') || may('keepOurs'),
    workbench: first === undefined ? null : paths.workbench.to(tag, first),
  };
}
