import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { workingUnit } from '../../../src/domain/edition/workingText.ts';
import { DomainError } from '../../../src/domain/errors.ts';
import { textHash } from '../../../src/domain/release/canonical.ts';
import { stalenessOf } from '../../../src/domain/release/meaning.ts';
import { laterSets } from '../../../src/domain/release/takeAhead.ts';
import { decide } from '../../../src/domain/update/decide.ts';
import { dryRun } from '../../../src/domain/update/dryRun.ts';
import { decisionKinds } from '../../../src/domain/update/update.ts';
import {
  flowStep,
  newestOf,
  type ReleaseStep,
  releaseArbitrary,
  richOps,
  richSpring,
  simpleOps,
  startIds,
} from './richRiver.ts';
import { apply, freshDraft, type Goal, historyOf, open, type Shelf, save, sourceOf, undo } from './shelf.ts';
import { editionAt, type River, unitOf } from './smallRiver.ts';

const runs = 100;
let clock = 0;
const now = () => `2026-06-01T10:00:${String(clock++).padStart(9, '0')}`;

const spring = richSpring();

function shelfOn(river: River, language = 'tr', translated: readonly string[] = startIds): Shelf {
  const edition = {
    ...editionAt('1.0.0', language),
    lessons: { L1: { state: 'offered' }, L2: { state: 'planned' } },
  } as const;
  const units = translated.map((id) => unitOf(spring, id, `${id} hedef`, { edition: edition.tag }));
  const byId = new Map(units.map((unit) => [unit.segment, unit]));
  return { river, edition, units: byId, past: new Map(), ledger: new Map(), draft: null, applied: [] };
}

type Act =
  | { readonly kind: 'save'; readonly pick: number; readonly adapts: boolean }
  | { readonly kind: 'omit'; readonly pick: number }
  | {
      readonly kind: 'decide';
      readonly pick: number;
      readonly answer: (typeof decisionKinds)[number];
      readonly set: number;
    }
  | { readonly kind: 'apply' }
  | { readonly kind: 'undo' }
  | { readonly kind: 'ahead'; readonly pick: number }
  | { readonly kind: 'raise'; readonly pick: number }
  | { readonly kind: 'flow'; readonly step: ReleaseStep };

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('save' as const), pick: fc.nat(20), adapts: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('omit' as const), pick: fc.nat(20) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('decide' as const),
      pick: fc.nat(20),
      answer: fc.constantFrom(...decisionKinds, 'redo' as const, 'keepOurs' as const),
      set: fc.nat(9),
    }),
  },
  { weight: 4, arbitrary: fc.constant({ kind: 'apply' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'undo' as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('ahead' as const), pick: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('raise' as const), pick: fc.nat(20) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('flow' as const), step: releaseArbitrary(richOps) }) },
);

type Life = { readonly shelf: Shelf; readonly kept: Map<string, Set<string>> };
const note = ({ kept }: Life, segment: string, text: string) =>
  kept.set(segment, (kept.get(segment) ?? new Set()).add(text));

const setsAhead = ({ river, edition }: Shelf) =>
  laterSets(river.releases, edition.upstream.release).filter((set) => !edition.upstream.ahead.includes(set.id));

function goalOf(shelf: Shelf, set: number): Goal | null {
  const sets = setsAhead(shelf);
  const wanted = set < 2 ? sets[set % Math.max(1, sets.length)] : undefined;
  if (wanted !== undefined) return { set: wanted.id };
  return shelf.edition.upstream.release === shelf.river.newest ? null : { release: shelf.river.newest };
}

function perform(life: Life, one: Act): void {
  const { shelf } = life;
  const at = now();
  if (one.kind === 'flow') shelf.river = flowStep(shelf.river, one.step);
  else if (one.kind === 'save') write(life, one.pick, one.adapts, at);
  else if (one.kind === 'omit') omit(shelf, one.pick);
  else if (one.kind === 'raise') raise(shelf, one.pick);
  else if (one.kind === 'undo') undo(shelf, at);
  else {
    const sets = setsAhead(shelf);
    const set = one.kind === 'ahead' ? sets[one.pick % Math.max(1, sets.length)]?.id : undefined;
    const goal = one.kind === 'decide' ? goalOf(shelf, one.set) : set === undefined ? goalOf(shelf, 9) : { set };
    if (goal === null || (one.kind === 'ahead' && set === undefined)) return;
    if (one.kind === 'decide') answer(life, goal, one, at);
    else {
      const lost = dryRunLost(shelf, goal, at);
      const done = apply(shelf, goal, at);
      assert.equal(lost, 0);
      for (const unit of done.save) note(life, unit.segment, unit.target);
    }
  }
}

function dryRunLost(shelf: Shelf, goal: Goal, at: string): number {
  const { plan, ours } = open(shelf, goal);
  return dryRun(shelf.draft ?? freshDraft(shelf.edition, plan, at), plan, ours, at).lost;
}

function write(life: Life, pick: number, adapts: boolean, at: string): void {
  const { shelf } = life;
  const source = sourceOf(shelf);
  const ids = Object.keys(source.segments).sort();
  const segment = ids[pick % Math.max(1, ids.length)];
  if (segment === undefined) return;
  const before = shelf.units.get(segment);
  const last = before?.revision ?? shelf.past.get(segment)?.[0]?.revision ?? 0;
  const target = `${segment} yazıldı ${clock}`;
  const adapted = adapts && source.segments[segment]?.policy !== 'core';
  save(shelf, {
    ...unitOf(spring, segment, target, { edition: shelf.edition.tag }),
    ...{ basedOn: textHash(source.segments[segment]?.text ?? ''), adapted, at, revision: last + 1 },
  });
  if (adapted) {
    const { tag } = shelf.edition;
    const entry = {
      edition: tag,
      segment,
      kind: 'example',
      reason: 'Local.',
      owner: 'elif',
      on: '2026-06-01',
      omits: false,
    };
    shelf.ledger.set(segment, entry as never);
  }
  note(life, segment, target);
}

function omit(shelf: Shelf, pick: number): void {
  const free = Object.values(sourceOf(shelf).segments).filter((segment) => segment.policy !== 'core');
  const segment = free[pick % Math.max(1, free.length)]?.id;
  if (segment === undefined) return;
  const entry = {
    edition: shelf.edition.tag,
    segment,
    kind: 'omission',
    reason: 'Not here.',
    owner: 'elif',
    on: '2026-06-01',
  };
  shelf.ledger.set(segment, { ...entry, omits: true } as never);
}

function raise(shelf: Shelf, pick: number): void {
  const sets = shelf.river.releases.flatMap((release) => release.sets);
  const set = sets[pick % Math.max(1, sets.length)];
  if (set === undefined) return;
  const raised = { severity: 'safety', due: '2026-08-01', reason: 'Here.', by: 'deniz', on: '2026-06-01' } as const;
  shelf.edition = { ...shelf.edition, raised: { ...shelf.edition.raised, [set.id]: raised } };
}

function answer(life: Life, goal: Goal, one: Act & { readonly kind: 'decide' }, at: string): void {
  const { shelf } = life;
  const { plan } = open(shelf, goal);
  const item = plan.items[one.pick % Math.max(1, plan.items.length)];
  if (item === undefined || !item.choices.includes(one.answer)) return;
  const text = item.proposal !== null && one.pick % 2 === 0 ? item.proposal : `${item.key} öneri ${clock}`;
  const draft = shelf.draft ?? freshDraft(shelf.edition, plan, at);
  shelf.draft = decide(draft, item, { kind: one.answer, text, reason: 'Because.' }, 'elif', at);
}

function checkNothingLost({ shelf, kept }: Life): void {
  for (const [segment, texts] of kept) {
    const unit = shelf.units.get(segment);
    const known = new Set(
      [...(unit === undefined ? [] : [unit]), ...(shelf.past.get(segment) ?? [])].map((each) => each.target),
    );
    for (const text of texts) assert.ok(known.has(text), `${segment} lost: ${text}`);
  }
}

/** A set that does not fit alone may be refused; anything else is a fault. */
function politely(life: Life, one: Act): void {
  const before = structuredClone({ ...life.shelf, river: null });
  try {
    perform(life, one);
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'aheadNotAlone') throw error;
    assert.deepEqual({ ...life.shelf, river: null }, before, 'a refusal changes nothing');
  }
}

test('save, decide, apply, newer release, take ahead, raise, undo in any order lose nothing', () => {
  fc.assert(
    fc.property(fc.constantFrom('tr', 'en'), fc.array(act, { minLength: 8, maxLength: 30 }), (language, acts) => {
      const life: Life = { shelf: shelfOn(spring, language), kept: new Map() };
      for (const unit of life.shelf.units.values()) note(life, unit.segment, unit.target);
      for (const one of acts) {
        politely(life, one);
        checkNothingLost(life);
      }
    }),
    { numRuns: runs },
  );
});

const flowAll = (steps: readonly ReleaseStep[], from = spring) => steps.reduce(flowStep, from);
const rivers = (kinds: Parameters<typeof releaseArbitrary>[0], maxLength = 4) =>
  fc.array(releaseArbitrary(kinds), { minLength: 1, maxLength }).map((steps) => flowAll(steps));
const answersArbitrary = fc.array(fc.constantFrom(...decisionKinds, 'none' as const), { minLength: 5, maxLength: 5 });

function decideSome(shelf: Shelf, goal: Goal, wanted: readonly string[]): void {
  const { plan } = open(shelf, goal);
  for (const [index, item] of plan.items.entries()) {
    const kind = item.choices.find((choice) => choice === wanted[index % wanted.length]);
    if (kind === undefined) continue;
    const draft = shelf.draft ?? freshDraft(shelf.edition, plan, now());
    shelf.draft = decide(draft, item, { kind, text: `${item.key} yeni`, reason: 'because' }, 'elif', now());
  }
}

const told = (shelf: Shelf) =>
  [...shelf.units.values()]
    .map(({ segment, target, state, basedOn }) => ({ segment, target, state, basedOn }))
    .sort((one, other) => (one.segment < other.segment ? -1 : 1));

test('applying again changes nothing', () => {
  fc.assert(
    fc.property(rivers(richOps), answersArbitrary, (river, answers) => {
      const shelf = shelfOn(river);
      if (river.newest === '1.0.0') return;
      const goal = { release: river.newest };
      decideSome(shelf, goal, answers);
      apply(shelf, goal, now());
      const before = told(shelf);
      const again = open(shelf, goal);
      for (const item of again.plan.items) assert.ok(['lessonRemoved', 'adrift'].includes(item.kind), item.kind);
      const done = apply(shelf, goal, now());
      assert.deepEqual([done.save, done.retire, done.ledgerSave, done.ledgerDrop], [[], [], [], []]);
      assert.deepEqual(told(shelf), before);
    }),
    { numRuns: runs },
  );
});

test('undo gives back every text, entry, choice and place', () => {
  fc.assert(
    fc.property(rivers(richOps), answersArbitrary, fc.boolean(), (river, answers, ahead) => {
      const shelf = shelfOn(river);
      const set = setsAhead(shelf)[0]?.id;
      if (set === undefined) return;
      const goal = ahead ? { set } : { release: river.newest };
      const before = structuredClone({ units: told(shelf), ledger: shelf.ledger, edition: shelf.edition });
      decideSome(shelf, goal, answers);
      apply(shelf, goal, now());
      assert.deepEqual(undo(shelf, now()), []);
      const { passed: _passed, ...upstream } = shelf.edition.upstream;
      const edition = { ...shelf.edition, upstream, revision: before.edition.revision };
      assert.deepEqual({ units: told(shelf), ledger: shelf.ledger, edition }, before);
    }),
    { numRuns: runs },
  );
});

/** What the people of an edition see of a segment: its text, and how far it has fallen behind. */
function seen(shelf: Shelf, segment: string) {
  const { edition, units, ledger } = shelf;
  const working = { edition, lessonPackage: sourceOf(shelf), units, ledger, history: historyOf(shelf) };
  const unit = workingUnit(working, segment);
  return unit === null ? null : [unit.text, unit.origin, unit.staleness?.severity, unit.staleness?.due];
}

test('from 1 to 2 to 3 is the same as from 1 to 3', () => {
  const kinds = [...simpleOps, 'remove', 'add', 'place'] as const;
  fc.assert(
    fc.property(rivers(kinds), (river) => {
      const [steps, once] = [shelfOn(river), shelfOn(river)];
      for (const release of [...river.packages.keys()].slice(1)) apply(steps, { release }, now());
      if (river.newest !== '1.0.0') apply(once, { release: river.newest }, now());
      // What was gone in between has gone through the history on the long way.
      const always = startIds.filter((id) => [...river.packages.values()].every((each) => id in each.segments));
      for (const id of always) assert.deepEqual(seen(steps, id), seen(once, id));
      assert.deepEqual(steps.edition.upstream, once.edition.upstream);
    }),
    { numRuns: runs },
  );
});

test('a release and its revert leave nothing stale in an edition that changed nothing', () => {
  fc.assert(
    fc.property(rivers(richOps, 2), releaseArbitrary(richOps), (before, step) => {
      const stands = before.newest;
      const there = flowStep(before, step);
      if (there === before) return;
      const river = flowStep(there, { kind: 'revert' });
      const shelf = shelfOn(river);
      apply(shelf, { release: stands === '1.0.0' ? there.newest : stands }, now());
      if (stands === '1.0.0') undo(shelf, now());
      const units = told(shelf);
      const lines = Object.keys(newestOf(before).segments).map((id) => seen(shelf, id));
      // At once: nothing to ask; the source is the one that it was.
      const { plan } = open(shelf, { release: river.newest });
      const asked = plan.items.filter((item) => !['lessonRemoved', 'adrift', 'factNeeded'].includes(item.kind));
      assert.deepEqual(
        asked.map(({ key, kind }) => `${kind} ${key}`),
        [],
      );
      // Step by step, nothing decided: every text that was there is there again, and as current as it was.
      apply(shelf, { release: there.newest }, now());
      apply(shelf, { release: river.newest }, now());
      const after = Object.keys(newestOf(before).segments).map((id) => seen(shelf, id));
      assert.deepEqual(after, lines);
      const now1 = new Map(told(shelf).map((unit) => [unit.segment, unit]));
      for (const unit of units)
        if (unit.segment in newestOf(river).segments) assert.deepEqual(now1.get(unit.segment), unit);
    }),
    { numRuns: runs },
  );
});

test('a release and its revert: an edition that changed in between gets its earlier text in one step', () => {
  fc.assert(
    fc.property(fc.constantFrom(...startIds), fc.constantFrom('content', 'safety'), (id, severity) => {
      const ops = [{ kind: 'edit', pick: startIds.indexOf(id), other: 3 }] as const;
      const there = flowStep(spring, { kind: 'release', sets: [{ severity, ops }] });
      const river = flowStep(there, { kind: 'revert' });
      const shelf = shelfOn(river);
      const first = shelf.units.get(id);
      decideSome(shelf, { release: there.newest }, ['redo']);
      apply(shelf, { release: there.newest }, now());
      assert.equal(shelf.units.get(id)?.target, `${id} yeni`);
      const { plan } = open(shelf, { release: river.newest });
      const item = plan.items.find(({ key }) => key === id);
      assert.deepEqual([item?.kind, item?.proposal, item?.proposalFrom?.kind], ['stale', first?.target, 'history']);
      assert.ok(item);
      shelf.draft = decide(
        freshDraft(shelf.edition, plan, now()),
        item,
        { kind: 'redo', text: item.proposal ?? '' },
        'elif',
        now(),
      );
      apply(shelf, { release: river.newest }, now());
      const back = shelf.units.get(id);
      assert.deepEqual([back?.target, back?.state, back?.reviewedBy], [first?.target, first?.state, first?.reviewedBy]);
      assert.equal(seen(shelf, id)?.[2], undefined);
    }),
    { numRuns: runs },
  );
});

test('lineage keeps every unit reachable: in the working text, in the history, or in what a part became', () => {
  fc.assert(
    fc.property(
      rivers(['split', 'join', 'split', 'join', 'edit', 'remove', 'revive']),
      answersArbitrary,
      (river, answers) => {
        const shelf = shelfOn(river);
        for (const release of [...river.packages.keys()].slice(1)) {
          const { plan } = open(shelf, { release });
          for (const item of plan.items.filter(({ proposalFrom }) => proposalFrom?.kind === 'lineage')) {
            const parts = item.from.flatMap(
              (part) => shelf.units.get(part)?.target ?? shelf.past.get(part)?.[0]?.target ?? [],
            );
            assert.equal(item.proposal, parts.join(' '));
          }
          decideSome(shelf, { release }, answers);
          apply(shelf, { release }, now());
          shelf.draft = null;
        }
        for (const id of startIds) {
          const all = [...(shelf.past.get(id) ?? []), ...(shelf.units.has(id) ? [shelf.units.get(id)] : [])];
          assert.ok(all.some((unit) => unit?.target === `${id} hedef`));
        }
      },
    ),
    { numRuns: runs },
  );
});

test('a set taken ahead is not asked again by the release that has it, and its texts stay current', () => {
  fc.assert(
    fc.property(rivers(simpleOps), fc.nat(9), (river, pick) => {
      const shelf = shelfOn(river);
      const sets = setsAhead(shelf);
      const set = sets[pick % Math.max(1, sets.length)]?.id;
      if (set === undefined) return;
      try {
        decideSome(shelf, { set }, ['redo']);
      } catch (error) {
        if (error instanceof DomainError && error.code === 'aheadNotAlone') return;
        throw error;
      }
      apply(shelf, { set }, now());
      const texts = sourceOf(shelf).segments;
      const done =
        shelf.applied
          .at(-1)
          ?.log.filter((line) => line.done === 'redone')
          .map((line) => line.key) ?? [];
      for (const key of done) assert.equal(seen(shelf, key)?.[2], undefined, `${key} is current`);
      const { plan } = open(shelf, { release: river.newest });
      const end = newestOf(river).segments;
      for (const item of plan.items) {
        const same = texts[item.key]?.text === end[item.key]?.text && texts[item.key]?.policy === end[item.key]?.policy;
        assert.ok(!(done.includes(item.key) && same && item.kind === 'stale'), `${item.key} is asked again`);
      }
      apply(shelf, { release: river.newest }, now());
      assert.deepEqual(shelf.edition.upstream.ahead, []);
      for (const key of done) {
        const basedOn = shelf.units.get(key)?.basedOn ?? '';
        const way = stalenessOf(historyOf(shelf)[key] ?? [], basedOn, textHash(end[key]?.text ?? ''));
        assert.ok(way === null || way.sets.length > 0, `${key}: a text made from a set ahead is known`);
      }
    }),
    { numRuns: runs },
  );
});
