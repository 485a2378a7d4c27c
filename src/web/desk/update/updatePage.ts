import type { OpenUpdate } from '../../../commands/update/loadUpdate.ts';
import { directionOf } from '../../../domain/language.ts';
import type { ChangeSet, Release } from '../../../domain/release/release.ts';
import { type DryRun, dryRun } from '../../../domain/update/dryRun.ts';
import type { Update } from '../../../domain/update/update.ts';
import { paths } from '../../paths.ts';
import type { EditionContext } from '../../route.ts';
import { type Group, groupsOf, needsDecision, type OpenItem, openItemOf } from './updateItems.ts';

export type UpdatePage = {
  readonly base: string;
  readonly target: string;
  readonly groups: readonly Group[];
  readonly item: OpenItem | null;
  readonly marks: readonly { readonly decided: boolean; readonly safety: boolean }[];
  readonly total: number;
  readonly decided: number;
  readonly open: number;
  readonly dryRun: DryRun;
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
  readonly startedBy: string;
  readonly saved: string | null;
  readonly hrefs: Readonly<Record<'decide' | 'apply' | 'undo' | 'page', string>>;
};

/** Names of the people and sets that the page speaks of, loaded once. */
export async function namesFor(context: EditionContext): Promise<ReadonlyMap<string, string>> {
  const people = await context.world.store.people.all();
  return new Map(people.map((person) => [person.id, person.name]));
}

/** Plain data for the template: the item asked for, or the first open one, is open. */
export function updatePage(
  context: EditionContext,
  open: OpenUpdate,
  releases: readonly Release[],
  names: ReadonlyMap<string, string>,
): UpdatePage {
  const { edition } = context;
  const { plan, update } = open;
  const sets = new Map<string, ChangeSet>(releases.flatMap((release) => release.sets.map((set) => [set.id, set])));
  const groups = groupsOf(edition.tag, update, plan, names);
  const lines = groups.flatMap((group) => group.lines);
  const asked = context.query.item;
  const chosen =
    plan.items.find((item) => item.key === asked) ??
    plan.items.find((item) => needsDecision(item) && lines.find((line) => line.key === item.key)?.open) ??
    null;
  const toDecide = plan.items.filter(needsDecision);
  const decided = toDecide.filter((item) => !lines.find((line) => line.key === item.key)?.open).length;
  return {
    base: plan.base,
    target: plan.target,
    groups,
    item: chosen === null ? null : openItemOf(edition.tag, update, chosen, sets, names, edition.language),
    marks: toDecide.map((item) => ({
      decided: !lines.find((line) => line.key === item.key)?.open,
      safety: item.severity === 'safety',
    })),
    total: toDecide.length,
    decided,
    open: toDecide.length - decided,
    dryRun: dryRun(update, plan, open.ours, context.now),
    facts: plan.items
      .filter((item) => item.kind === 'factNeeded' || item.kind === 'factVerify')
      .map((item) => ({ key: item.key, href: `${paths.facts.to(edition.tag)}?fact=${encodeURIComponent(item.key)}` })),
    revision: edition.revision,
    targetLanguage: edition.language,
    targetDirection: directionOf(edition.language),
    releases: releases
      .filter((release) => between(release, plan.base, plan.target, releases))
      .map(({ number, on, severity, summary }) => ({ number, on, severity, summary })),
    startedBy: names.get(update.startedBy) ?? '',
    saved: update.revision === 0 ? null : update.updatedAt,
    hrefs: {
      decide: paths.updateDecision.to(edition.tag),
      apply: paths.updateApplication.to(edition.tag),
      undo: paths.updateUndo.to(edition.tag),
      page: paths.update.to(edition.tag),
    },
  };
}

/** Releases after the base up to the target, in the order in which they were made. */
function between(release: Release, base: string, target: string, all: readonly Release[]): boolean {
  const at = (number: string) => all.findIndex((candidate) => candidate.number === number);
  return at(release.number) > at(base) && at(release.number) <= at(target);
}

/** What the last applied update did, when it can still be taken back. */
export function appliedNote(update: Update | null, names: ReadonlyMap<string, string>) {
  if (update === null || update.appliedAt === null) return null;
  const done = (kind: string) => update.log.filter((line) => line.done === kind).length;
  return {
    base: update.base,
    target: update.target,
    at: update.appliedAt,
    by: names.get(update.startedBy) ?? '',
    redone: done('redone'),
    confirmed: done('confirmed'),
    later: done('later'),
    returned: update.log.filter((line) => line.done === 'returned').map((line) => line.key),
  };
}
