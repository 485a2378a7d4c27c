import assert from 'node:assert/strict';
import type { Edition, LedgerEntry, TranslationUnit, Upstream } from '../../../src/domain/edition/edition.ts';
import { withKept } from '../../../src/domain/edition/keptParts.ts';
import { passedBy } from '../../../src/domain/edition/standsOn.ts';
import type { LessonPackage } from '../../../src/domain/package/lessonPackage.ts';
import { textHash } from '../../../src/domain/release/canonical.ts';
import { lineageOf } from '../../../src/domain/release/lineage.ts';
import type { History } from '../../../src/domain/release/meaning.ts';
import { historyWithAhead, raiseHistory } from '../../../src/domain/release/ownHistory.ts';
import { laterSets, stillAhead, takeAhead } from '../../../src/domain/release/takeAhead.ts';
import { type Application, applyUpdate } from '../../../src/domain/update/applyUpdate.ts';
import { countingOf, isPlain } from '../../../src/domain/update/countUpdate.ts';
import type { Adrift, OurSide } from '../../../src/domain/update/ourSide.ts';
import { type PackageDelta, packageDelta } from '../../../src/domain/update/packageDelta.ts';
import { planUpdate } from '../../../src/domain/update/planUpdate.ts';
import { undoUpdate } from '../../../src/domain/update/undoUpdate.ts';
import type { Update, UpdateCounts, UpdatePlan } from '../../../src/domain/update/update.ts';
import type { River } from './smallRiver.ts';

/** What the store holds of one edition: what commands do with it, done to plain values and held to the store's rules. */
export type Shelf = {
  river: River;
  edition: Edition;
  readonly units: Map<string, TranslationUnit>;
  readonly past: Map<string, TranslationUnit[]>;
  readonly ledger: Map<string, LedgerEntry>;
  draft: Update | null;
  readonly applied: Update[];
};

export type Goal = { readonly release: string } | { readonly set: string };

export function standing(river: River, upstream: Upstream, edition: Edition) {
  const base = river.packages.get(upstream.release) as LessonPackage;
  const { lessonPackage } = stillAhead(base, laterSets(river.releases, upstream.release), upstream.ahead);
  const parts = (edition.kept ?? []).map((kept) => ({ kept, from: river.packages.get(kept.release) as LessonPackage }));
  return withKept(lessonPackage, parts);
}

export const sourceOf = ({ river, edition }: Shelf): LessonPackage =>
  standing(river, edition.upstream, edition).lessonPackage;

export function historyOf({ river, edition }: Shelf, upstream = edition.upstream): History {
  const taken = [...upstream.ahead, ...(upstream.passed ?? [])];
  const raised = edition.raised ?? {};
  return historyWithAhead(raiseHistory(river.history, river.releases, raised), river.releases, taken, raised);
}

export function targetOf({ river, edition }: Shelf, goal: Goal): Upstream {
  const { upstream } = edition;
  const release = 'release' in goal ? goal.release : upstream.release;
  const base = river.packages.get(release) as LessonPackage;
  const later = laterSets(river.releases, release);
  if ('set' in goal) return { ...upstream, ahead: takeAhead(base, later, [...upstream.ahead, goal.set]).ahead };
  const { ahead } = stillAhead(base, later, upstream.ahead);
  return { release, ahead, ...passedBy(upstream, ahead) };
}

export type Opened = { readonly plan: UpdatePlan; readonly ours: OurSide; readonly delta: PackageDelta };

export function open(shelf: Shelf, goal: Goal): Opened {
  const { river, edition, units, ledger, past } = shelf;
  const upstream = targetOf(shelf, goal);
  const history = historyOf(shelf, upstream);
  const from = { number: edition.upstream.release, lessonPackage: sourceOf(shelf) };
  const to = standing(river, upstream, edition);
  const target = { number: upstream.release, lessonPackage: to.lessonPackage };
  const delta = { ...packageDelta(from, target, history, lineageOf(river.releases)), upstream };
  const oldSources = new Map<string, string>();
  for (const unit of units.values()) {
    for (const each of river.packages.values()) {
      const text = each.segments[unit.segment]?.text;
      const base = from.lessonPackage.segments[unit.segment]?.text;
      if (text !== undefined && textHash(text) === unit.basedOn && text !== base) oldSources.set(unit.segment, text);
    }
  }
  const adrift = to.adrift.map((id): Adrift => ({ id, text: units.get(id)?.target ?? '', ends: ['L1'] }));
  const filledFacts = new Set<string>();
  const ours = { edition, units: new Map(units), ledger: new Map(ledger), history, filledFacts, oldSources, adrift };
  const whole: OurSide = { ...ours, earlier: new Map([...past].map(([id, list]) => [id, [...list]])) };
  const plan = planUpdate(delta, whole);
  assert.deepEqual(countedIn(whole, delta), plan.counts, 'counted without the texts of translations');
  return { plan, ours: whole, delta };
}

/** The counts as a release makes them: of a plain unit only its source is known. */
function countedIn(ours: OurSide, delta: PackageDelta): UpdateCounts {
  const all = [...ours.units.values()];
  const [plain = [], others = []] = [true, false].map((wanted) =>
    all.filter((unit) => isPlain(ours.edition, unit, ours.ledger.get(unit.segment)) === wanted),
  );
  const units = new Map(others.map((unit) => [unit.segment, unit]));
  const sources = new Map(plain.map((unit) => [unit.segment, unit.basedOn]));
  return countingOf(delta, ours.history).countsOf({ ...ours, units }, sources);
}

/** Writes as the store does: compare-and-set, what is replaced goes to the history. */
export function save(shelf: Shelf, unit: TranslationUnit): void {
  const before = shelf.units.get(unit.segment);
  const last = before?.revision ?? shelf.past.get(unit.segment)?.[0]?.revision ?? 0;
  assert.equal(unit.revision, last + 1, `${unit.segment} is written on revision ${last}`);
  if (before !== undefined) toPast(shelf, before);
  shelf.units.set(unit.segment, unit);
}

function toPast(shelf: Shelf, unit: TranslationUnit): void {
  shelf.past.set(unit.segment, [unit, ...(shelf.past.get(unit.segment) ?? [])]);
}

function retire(shelf: Shelf, unit: TranslationUnit): void {
  assert.equal(shelf.units.get(unit.segment)?.revision, unit.revision, `${unit.segment} is retired as it is`);
  toPast(shelf, shelf.units.get(unit.segment) as TranslationUnit);
  shelf.units.delete(unit.segment);
}

export const freshDraft = (edition: Edition, plan: UpdatePlan, at: string): Update => ({
  ...{ id: 'draft', edition: edition.tag, base: plan.base, target: plan.target, state: 'draft', decisions: {} },
  ...{ log: [], before: null, startedBy: 'elif', updatedAt: at, appliedAt: null, revision: 1 },
});

export function apply(shelf: Shelf, goal: Goal, at: string): Application {
  const { plan, ours } = open(shelf, goal);
  const { set: _set, ...begun } = shelf.draft ?? freshDraft(shelf.edition, plan, at);
  const about = 'set' in goal ? { set: goal.set } : {};
  const done = applyUpdate({ ...begun, base: plan.base, target: plan.target, ...about }, plan, ours, 'deniz', at);
  assert.equal(new Set(done.save.map((unit) => unit.segment)).size, done.save.length);
  for (const unit of done.save) save(shelf, unit);
  for (const unit of done.retire) retire(shelf, unit);
  for (const segment of done.ledgerDrop) shelf.ledger.delete(segment);
  for (const entry of done.ledgerSave) shelf.ledger.set(entry.segment, entry);
  shelf.edition = done.edition;
  shelf.draft = done.draft;
  shelf.applied.push(done.update);
  return done;
}

/** Takes the last applied update back; false when there is none. */
export function undo(shelf: Shelf, at: string): readonly string[] | null {
  const last = shelf.applied.at(-1);
  if (last === undefined || last.state !== 'applied') return null;
  const undone = undoUpdate(last, shelf.edition, shelf.units, shelf.past, at);
  for (const unit of undone.save) save(shelf, unit);
  for (const unit of undone.retire) retire(shelf, unit);
  for (const { segment, before } of undone.ledger) {
    if (before) shelf.ledger.set(segment, before);
    else shelf.ledger.delete(segment);
  }
  shelf.edition = undone.edition;
  shelf.applied.pop();
  return undone.kept;
}
