import assert from 'node:assert/strict';
import { makeRelease } from '../../src/commands/baseline/makeRelease.ts';
import { saveUnit } from '../../src/commands/edition/saveUnit.ts';
import { applyEditionUpdate } from '../../src/commands/update/applyEditionUpdate.ts';
import { decideItem } from '../../src/commands/update/decideItem.ts';
import { openUpdate } from '../../src/commands/update/loadUpdate.ts';
import { undoEditionUpdate } from '../../src/commands/update/undoEditionUpdate.ts';
import { diffPackages } from '../../src/domain/diff/diffReleases.ts';
import type { LessonPackage, Segment } from '../../src/domain/package/lessonPackage.ts';
import type { ChangeSet, Severity } from '../../src/domain/release/release.ts';
import type { DecisionKind } from '../../src/domain/update/update.ts';
import { firstUnit, type SmallWorld, segmentOf, smallWorld, sources, wordsOfSet } from './smallWorld.ts';

type Who = 'deniz' | 'derya';
export type Single =
  | { readonly kind: 'save'; readonly who: Who; readonly segment: string }
  | { readonly kind: 'decide'; readonly who: Who; readonly pick: number; readonly answer: DecisionKind }
  | { readonly kind: 'apply' | 'undo' | 'look'; readonly who: Who }
  | { readonly kind: 'ahead'; readonly who: Who; readonly pick: number }
  | { readonly kind: 'release'; readonly segment: string; readonly how: Severity | 'remove' | 'revive' };
export type Operation = Single | { readonly kind: 'both'; readonly one: Single; readonly other: Single };

/** What a person's page showed when they opened it. */
type View = {
  readonly edition: number;
  readonly units: ReadonlyMap<string, number>;
  readonly seen: ReadonlyMap<string, { readonly at: string; readonly text: string | undefined }>;
  /** What was there to decide. */
  readonly items: readonly string[];
};
export type Run = {
  readonly world: SmallWorld;
  readonly tag: string;
  readonly views: Map<Who, View>;
  /** Texts that a save or an apply said it had taken. */
  readonly acknowledged: Map<string, string[]>;
  /** Proposals that a decision said it had taken, and that nobody replaced with open eyes. */
  readonly proposed: Map<string, Set<string>>;
};

const runsInOneWorld = 20;
let world: Promise<SmallWorld> | undefined;
let count = 0;

/** A new edition on the newest release, in a river that other runs have already moved. */
export async function beginRun(): Promise<Run> {
  if (count % runsInOneWorld === 0) world = smallWorld();
  count += 1;
  const here = await (world ?? smallWorld());
  const { store } = here;
  const tag = `tr-TR-x-r${count}`;
  const release = (await store.releases.newest())?.number ?? '';
  const model = await store.editions.byTag('tr-TR');
  assert.ok(model);
  await store.editions.save({ ...model, tag, upstream: { release, ahead: [] }, revision: 1 });
  const { segments } = await store.releases.lessonPackage(release);
  const units = Object.values(segments).map((segment) => firstUnit(tag, segment.id, segment.text));
  await store.units.saveMany(units);
  const acknowledged = new Map(units.map((unit) => [unit.segment, [unit.target]]));
  const run: Run = { world: here, tag, views: new Map(), acknowledged, proposed: new Map() };
  await look(run, 'deniz');
  await look(run, 'derya');
  return run;
}

async function look({ world, tag, views }: Run, who: Who): Promise<void> {
  const [edition, units, draft] = await Promise.all([
    world.store.editions.byTag(tag),
    world.store.units.ofEdition(tag),
    world.store.updates.draft(tag),
  ]);
  const open = edition === null ? null : await openUpdate(world.store, edition, world.now());
  const items = (open?.plan.items ?? []).filter((item) => item.choices.length > 0).map((item) => item.key);
  const seen = Object.entries(draft?.decisions ?? {}).map(([key, { at, text }]) => [key, { at, text }] as const);
  const revisions = units.map((unit) => [unit.segment, unit.revision] as const);
  views.set(who, { edition: edition?.revision ?? 0, units: new Map(revisions), seen: new Map(seen), items });
}

/** What a person may be told; anything else is a fault. */
const polite = new Set([
  ...['staleRevision', 'updateUnknown', 'updateDone', 'decisionNotOffered', 'unitUnknown'],
  ...['aheadAlready', 'aheadNotAlone', 'changeSetUnknown'],
]);

export async function act(run: Run, operation: Operation): Promise<void> {
  const all = operation.kind === 'both' ? [operation.one, operation.other] : [operation];
  const done = await Promise.allSettled(all.map((each) => perform(run, each)));
  for (const [index, each] of done.entries()) {
    if (each.status === 'fulfilled') continue;
    const code = each.reason instanceof Error && 'code' in each.reason ? String(each.reason.code) : '';
    if (!polite.has(code)) throw each.reason;
    const refused = all[index];
    if (refused !== undefined && 'who' in refused) await look(run, refused.who);
  }
}

let words = 0;
const wordsFor = (segment: string, who: string) => {
  words += 1;
  return `${who} ${words}${segment === 'L1.call' ? ' {helpline.child}' : ''}`;
};
const add = (texts: Map<string, string[]>, segment: string, text: string) =>
  texts.set(segment, [...(texts.get(segment) ?? []), text]);

async function perform(run: Run, operation: Single): Promise<void> {
  const { world, tag, acknowledged, proposed } = run;
  if (operation.kind === 'release') return release(world, operation.segment, operation.how);
  const { who } = operation;
  if (operation.kind === 'look') return look(run, who);
  const actor = world.as[who];
  const view = run.views.get(who);
  assert.ok(view);
  if (operation.kind === 'save') {
    const { segment } = operation;
    const target = wordsFor(segment, who);
    await saveUnit(world, actor, { edition: tag, segment, target, revision: view.units.get(segment) ?? 0 });
    add(acknowledged, segment, target);
  } else if (operation.kind === 'decide') {
    const { pick, answer: kind } = operation;
    const segment = view.items[pick % Math.max(1, view.items.length)];
    if (segment === undefined) return look(run, who);
    const text = wordsFor(segment, who);
    const shown = view.seen.get(segment);
    const answer = { kind, reason: 'Because.', ...(kind === 'redo' ? { text } : {}) };
    const page = { unitRevision: view.units.get(segment) ?? 0, seen: shown?.at ?? '' };
    await decideItem(world, actor, { edition: tag, key: segment, answer, ...page });
    const standing = proposed.get(segment) ?? new Set();
    if (shown?.text !== undefined) standing.delete(shown.text);
    if (kind === 'redo') standing.add(text);
    proposed.set(segment, standing);
  } else if (operation.kind === 'apply' || operation.kind === 'ahead') {
    const sets = (await world.store.releases.all()).slice(-3).flatMap((each) => each.sets.map(({ id }) => id));
    const set = operation.kind === 'ahead' ? (sets[operation.pick % sets.length] ?? '') : undefined;
    const goal = set === undefined ? {} : { set };
    const { update } = await applyEditionUpdate(world, actor, { edition: tag, revision: view.edition, ...goal });
    for (const { key, done } of update.log) {
      if (done === 'redone') add(acknowledged, key, update.decisions[key]?.text ?? '');
    }
  } else {
    await undoEditionUpdate(world, actor, { edition: tag, revision: view.edition });
  }
  await look(run, who);
}

/** One approved set, released by the real command. */
async function release(world: SmallWorld, id: string, how: Severity | 'remove' | 'revive'): Promise<void> {
  const previous = (await world.store.releases.newest())?.number ?? null;
  const before = await world.store.releases.lessonPackage(previous ?? '');
  const segment = before.segments[id];
  words += 1;
  const edited = segment === undefined ? undefined : { ...segment, text: `${sources[id]} ${words}` };
  const wanted = how === 'remove' ? undefined : how === 'revive' ? (segment ?? segmentOf(id)) : edited;
  const changes = diffPackages(before, withSegment(before, id, wanted));
  if (changes.length === 0) return;
  const severity = how === 'remove' || how === 'revive' ? 'content' : how;
  const set: ChangeSet = {
    ...wordsOfSet('Moved', severity),
    ...{ id: `set-${words}`, changes, state: 'approved', base: previous, release: null },
    ...{ author: 'ada', approvedBy: 'bo', revision: 1, updatedAt: world.now() },
  };
  await world.store.changeSets.save(set);
  await makeRelease(world, world.as.ingrid, { sets: [set.id], summary: '', previous });
}

/** The package with one segment as wanted, or without it. */
function withSegment(before: LessonPackage, id: string, wanted: Segment | undefined): LessonPackage {
  const { [id]: known, ...others } = before.segments;
  if (wanted !== undefined && known !== undefined) {
    return { ...before, segments: { ...before.segments, [id]: wanted } };
  }
  const lessons = before.lessons.map((lesson) => ({
    ...lesson,
    sections: lesson.sections.map((section) => {
      const rest = section.placements.filter((placement) => placement.segment !== id);
      return { ...section, placements: wanted === undefined ? rest : [...rest, { segment: id }] };
    }),
  }));
  return { ...before, lessons, segments: wanted === undefined ? others : { ...others, [id]: wanted } };
}
