import type { OpenUpdate, UpdateGoal } from '../../../commands/update/loadUpdate.ts';
import { standsOn } from '../../../domain/edition/standsOn.ts';
import { directionOf } from '../../../domain/language.ts';
import { compareNumbers } from '../../../domain/release/changeSet.ts';
import type { ChangeSet, Release } from '../../../domain/release/release.ts';
import { answers } from '../../../domain/update/decide.ts';
import { type DryRun, dryRun } from '../../../domain/update/dryRun.ts';
import type { Update } from '../../../domain/update/update.ts';
import { paths } from '../../paths.ts';
import type { EditionContext } from '../../route.ts';
import { pageOf } from './goal.ts';
import { type Group, groupsOf, needsDecision } from './updateGroups.ts';
import { type OpenItem, openItemOf, type Refused } from './updateItems.ts';

export type UpdatePage = {
  readonly base: string;
  readonly target: string;
  readonly goal: UpdateGoal;
  /** The one set that the page is about, with what it brings along; null for a release. */
  readonly alone: { readonly id: string; readonly title: string; readonly brought: readonly string[] } | null;
  readonly groups: readonly Group[];
  readonly item: OpenItem | null;
  readonly marks: readonly { readonly decided: boolean; readonly safety: boolean }[];
  readonly total: number;
  readonly decided: number;
  readonly open: number;
  readonly dryRun: DryRun;
  /** Differences of ours that the baseline has taken over. */
  readonly dissolved: number;
  readonly facts: readonly { readonly key: string; readonly href: string }[];
  readonly revision: number;
  readonly targetLanguage: string;
  readonly targetDirection: 'ltr' | 'rtl';
  readonly releases: readonly {
    readonly number: string;
    readonly on: string;
    readonly severity: string;
    readonly summary: string;
  }[];
  /** Later releases, the newest first. */
  readonly targets: readonly { readonly number: string; readonly on: string; readonly chosen: boolean }[];
  /** The draft was begun for another release. */
  readonly retargeted: {
    readonly from: string;
    readonly came: boolean;
    readonly kept: number;
    readonly href: string;
  } | null;
  readonly startedBy: string;
  readonly saved: string | null;
  readonly last: { readonly key: string; readonly unitRevision: number; readonly seen: string } | null;
  readonly hrefs: Readonly<
    Record<'decide' | 'bulk' | 'apply' | 'undo' | 'page' | 'whole' | 'severity' | 'log', string>
  >;
};

/** Names of the people and sets that the page speaks of, loaded once. */
export async function namesFor(context: EditionContext): Promise<ReadonlyMap<string, string>> {
  const people = await context.world.store.people.all();
  return new Map(people.map((person) => [person.id, person.name]));
}

export type PageInput = {
  readonly open: OpenUpdate;
  readonly goal: UpdateGoal;
  readonly releases: readonly Release[];
  /** The draft as it is stored: its target may be an earlier one. */
  readonly stored: Update | null;
  readonly names: ReadonlyMap<string, string>;
  readonly refused: Refused | null;
};

/** Plain data for the template: the item asked for, or the first open one, is open. */
export function updatePage(
  { edition, query, now }: Pick<EditionContext, 'edition' | 'query' | 'now'>,
  { open, goal, releases, stored, names, refused }: PageInput,
): UpdatePage {
  const { plan, update } = open;
  const { tag } = edition;
  const sets = new Map<string, ChangeSet>(releases.flatMap((release) => release.sets.map((set) => [set.id, set])));
  const lines = { tag, goal, update, names };
  const groups = groupsOf(lines, plan);
  const opened = new Map(groups.flatMap((group) => group.lines.map((line) => [line.key, line.open])));
  const items = new Map(plan.items.map((item) => [item.key, item]));
  const inOrder = groups.flatMap((group) => group.lines.flatMap(({ key }) => items.get(key) ?? []));
  const asked = refused?.key ?? query.item ?? '';
  const toDecide = inOrder.filter(needsDecision);
  const chosen =
    items.get(asked) ??
    nextOf(toDecide, query.after, (key) => opened.get(key) === true && update.decisions[key]?.kind !== 'later') ??
    toDecide.find(({ key }) => opened.get(key)) ??
    null;
  const decided = toDecide.filter(({ key }) => !opened.get(key)).length;
  const context = { ...lines, edition, sets, put: query.put ?? '', refused };
  const alone = goal.set === undefined ? null : (sets.get(goal.set) ?? null);
  return {
    base: standsOn({ release: plan.base, ahead: edition.upstream.ahead }),
    target: standsOn(plan.upstream),
    goal,
    alone:
      alone === null
        ? null
        : { id: alone.id, title: alone.title, brought: plan.brought.map((id) => sets.get(id)?.title ?? id) },
    groups,
    item: chosen === null ? null : openItemOf(context, chosen),
    marks: toDecide.map((item) => ({ decided: !opened.get(item.key), safety: item.severity === 'safety' })),
    total: toDecide.length,
    decided,
    open: toDecide.length - decided,
    dryRun: dryRun(update, plan, open.ours, now),
    dissolved: plan.items.filter(({ kind }) => kind === 'dissolved').length,
    facts: plan.items
      .filter((item) => item.kind === 'factNeeded' || item.kind === 'factVerify')
      .map((item) => ({ key: item.key, href: `${paths.facts.to(tag)}?fact=${encodeURIComponent(item.key)}` })),
    revision: edition.revision,
    targetLanguage: edition.language,
    targetDirection: directionOf(edition.language),
    releases: releases
      .filter(({ number }) => compareNumbers(number, plan.base) > 0 && compareNumbers(number, plan.target) <= 0)
      .map(({ number, on, severity, summary }) => ({ number, on, severity, summary })),
    targets: releases
      .filter(({ number }) => compareNumbers(number, plan.base) > 0)
      .map(({ number, on }) => ({ number, on, chosen: goal.set === undefined && number === plan.target }))
      .reverse(),
    retargeted: retargetedOf(tag, open, goal, stored, releases),
    startedBy: names.get(update.startedBy) ?? '',
    saved: update.revision === 0 ? null : update.updatedAt,
    last: lastOf(open),
    hrefs: {
      decide: paths.updateDecision.to(tag),
      bulk: paths.updateBulk.to(tag),
      apply: paths.updateApplication.to(tag),
      undo: paths.updateUndo.to(tag),
      page: pageOf(tag, goal),
      whole: paths.update.to(tag),
      severity: paths.updateSeverity.to(tag),
      log: paths.updateLog.to(tag),
    },
  };
}

/** The first that is open behind the one just decided; null when it is not in the list. */
function nextOf<T extends { readonly key: string }>(
  items: readonly T[],
  after: string | undefined,
  isOpen: (key: string) => boolean,
): T | null {
  const at = items.findIndex(({ key }) => key === after);
  if (at < 0) return null;
  return [...items.slice(at + 1), ...items.slice(0, at)].find(({ key }) => isOpen(key)) ?? null;
}

/** The decision made last, to be taken back by one key. */
function lastOf({ plan, update }: OpenUpdate): UpdatePage['last'] {
  const made = plan.items.flatMap((item) => {
    const decision = update.decisions[item.key];
    return decision === undefined ? [] : [{ key: item.key, unitRevision: item.unitRevision, seen: decision.at }];
  });
  return made.reduce<UpdatePage['last']>((last, each) => (last === null || each.seen > last.seen ? each : last), null);
}

function retargetedOf(
  tag: string,
  { plan, update }: OpenUpdate,
  goal: UpdateGoal,
  stored: Update | null,
  releases: readonly Release[],
): UpdatePage['retargeted'] {
  if (stored === null || stored.set !== undefined || goal.set !== undefined || stored.target === plan.target)
    return null;
  if (goal.target !== undefined || compareNumbers(stored.target, plan.base) <= 0) return null;
  const kept = plan.items.filter((item) => answers(update.decisions[item.key], item)).length;
  const came = (releases.find(({ number }) => number === plan.target)?.on ?? '') >= stored.updatedAt.slice(0, 10);
  return { from: stored.target, came, kept, href: pageOf(tag, { target: stored.target }) };
}
