import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { TranslationUnit } from '../../../src/domain/edition/edition.ts';
import { textHash } from '../../../src/domain/release/canonical.ts';
import { stalenessOf } from '../../../src/domain/release/meaning.ts';
import { severities } from '../../../src/domain/release/release.ts';
import { type Application, applyUpdate } from '../../../src/domain/update/applyUpdate.ts';
import { decide } from '../../../src/domain/update/decide.ts';
import { undoUpdate } from '../../../src/domain/update/undoUpdate.ts';
import {
  draftOf,
  edit,
  editionAt,
  flow,
  now,
  planOf,
  type River,
  segmentOf,
  sideOf,
  spring,
  unitOf,
} from './smallRiver.ts';

const runs = Number(process.env.PROVE_RUNS ?? 200);
const ids = ['S1', 'S2', 'S3', 'S4'] as const;
const start = spring(ids.map((id) => segmentOf(id, `${id}: keep the messages and tell somebody.`)));

const arbitraryEdits = fc.array(
  fc.record({
    severity: fc.constantFrom(...severities),
    edits: fc.uniqueArray(
      fc.record({ id: fc.constantFrom(...ids), text: fc.constantFrom('one', 'two', 'three', 'four') }),
      {
        selector: (one) => one.id,
        minLength: 1,
        maxLength: 3,
      },
    ),
  }),
  { minLength: 1, maxLength: 4 },
);
type Edits = typeof arbitraryEdits extends fc.Arbitrary<infer T> ? T : never;

function flowAll(river: River, releases: Edits): River {
  return releases.reduce((current, release) => {
    const newest = current.packages.get(current.newest);
    const changes = release.edits
      .filter((one) => newest?.segments[one.id]?.text !== one.text)
      .map((one) => edit(current, one.id, one.text));
    return changes.length === 0 ? current : flow(current, release.severity, changes);
  }, river);
}

const units = ids.map((id) => unitOf(start, id, `${id} hedef`));

/** The units after an application, and everything that was superseded. */
function after(before: readonly TranslationUnit[], done: Application) {
  const current = new Map(before.map((unit) => [unit.segment, unit]));
  const past: TranslationUnit[] = [];
  for (const unit of [...done.save, ...done.retire]) {
    const old = current.get(unit.segment);
    if (old !== undefined) past.push(old);
  }
  for (const unit of done.save) current.set(unit.segment, unit);
  for (const unit of done.retire) current.delete(unit.segment);
  return { units: [...current.values()], past };
}

const answersArbitrary = fc.array(fc.constantFrom('redo', 'confirm', 'later', 'decline', 'none'), {
  minLength: 4,
  maxLength: 4,
});

test('no text is lost: what is not current any more is in the history', () => {
  fc.assert(
    fc.property(arbitraryEdits, answersArbitrary, (releases, answers) => {
      const river = flowAll(start, releases);
      if (river.newest === '1.0.0') return;
      const ours = sideOf(river, editionAt('1.0.0'), units);
      const plan = planOf(river, ours);
      const update = plan.items.reduce((draft, item, index) => {
        const kind = answers[index % answers.length] ?? 'none';
        if (kind === 'none' || !item.choices.includes(kind)) return draft;
        return decide(draft, item, { kind, text: `${item.key} yeni`, reason: 'because' }, 'elif', now);
      }, draftOf(plan));
      const done = applyUpdate(update, plan, ours, 'deniz', now);
      const result = after(units, done);
      const everywhere = [...result.units, ...result.past].map((unit) => unit.target);
      for (const unit of units) assert.ok(everywhere.includes(unit.target), `lost: ${unit.target}`);
      assert.deepEqual(
        planOf(river, sideOf(river, done.edition, result.units)).items,
        [],
        'applying again has nothing to do',
      );
      // basedOn moved only where a person decided.
      for (const unit of result.units) {
        const old = units.find((candidate) => candidate.segment === unit.segment);
        const decided = ['redo', 'confirm'].includes(update.decisions[unit.segment]?.kind ?? '');
        assert.equal(unit.basedOn !== old?.basedOn, decided && unit.basedOn !== old?.basedOn);
        if (!decided) assert.deepEqual(unit, old);
      }
    }),
    { numRuns: runs },
  );
});

test('undo gives back exactly what was there', () => {
  fc.assert(
    fc.property(arbitraryEdits, answersArbitrary, (releases, answers) => {
      const river = flowAll(start, releases);
      if (river.newest === '1.0.0') return;
      const edition = editionAt('1.0.0');
      const ours = sideOf(river, edition, units);
      const plan = planOf(river, ours);
      const update = plan.items.reduce((draft, item, index) => {
        const kind = answers[index % answers.length] ?? 'none';
        if (kind === 'none' || !item.choices.includes(kind)) return draft;
        return decide(draft, item, { kind, text: `${item.key} yeni`, reason: 'because' }, 'elif', now);
      }, draftOf(plan));
      const done = applyUpdate(update, plan, ours, 'deniz', now);
      const result = after(units, done);
      const undone = undoUpdate(
        done.update,
        done.edition,
        new Map(result.units.map((unit) => [unit.segment, unit])),
        Map.groupBy(result.past, (unit) => unit.segment),
        now,
      );
      assert.deepEqual(undone.kept, []);
      assert.deepEqual(undone.edition.upstream, edition.upstream);
      const restored = new Map(result.units.map((unit) => [unit.segment, unit]));
      for (const unit of undone.save) restored.set(unit.segment, unit);
      for (const unit of undone.retire) restored.delete(unit.segment);
      for (const unit of units) {
        const back = restored.get(unit.segment);
        assert.deepEqual([back?.target, back?.basedOn, back?.state], [unit.target, unit.basedOn, unit.state]);
      }
    }),
    { numRuns: runs },
  );
});

test('one release after another leaves the same units stale as going there at once', () => {
  fc.assert(
    fc.property(arbitraryEdits, (releases) => {
      const river = flowAll(start, releases);
      const staleAt = (release: string) =>
        units
          .filter((unit) => {
            const text = river.packages.get(release)?.segments[unit.segment]?.text ?? '';
            return stalenessOf(river.history[unit.segment] ?? [], unit.basedOn, textHash(text)) !== null;
          })
          .map((unit) => unit.segment)
          .sort();
      let edition = editionAt('1.0.0');
      for (const release of [...river.packages.keys()].slice(1)) {
        const ours = sideOf(river, edition, units);
        const plan = planOf(river, ours, release);
        edition = applyUpdate(draftOf(plan), plan, ours, 'deniz', now).edition;
      }
      assert.equal(edition.upstream.release, river.newest);
      if (river.newest === '1.0.0') return;
      const atOnce = planOf(river, sideOf(river, editionAt('1.0.0'), units))
        .items.filter((item) => item.kind === 'stale')
        .map((item) => item.key)
        .sort();
      assert.deepEqual(atOnce, staleAt(river.newest));
    }),
    { numRuns: runs },
  );
});

test('a release and its revert leave nothing stale', () => {
  const there = flow(start, 'safety', [edit(start, 'S1', 'changed')]);
  const back = flow(there, 'content', [edit(there, 'S1', start.packages.get('1.0.0')?.segments.S1?.text ?? '')]);
  const plan = planOf(back, sideOf(back, editionAt('1.0.0'), units));
  assert.deepEqual(plan.items, []);
});

test('a unit written between plan and apply comes back; the rest applies', () => {
  const river = flow(start, 'content', [edit(start, 'S1', 'one'), edit(start, 'S2', 'two')]);
  const ours = sideOf(river, editionAt('1.0.0'), units);
  const plan = planOf(river, ours);
  const update = plan.items.reduce(
    (draft, item) => decide(draft, item, { kind: 'redo', text: `${item.key} yeni` }, 'elif', now),
    draftOf(plan),
  );
  const written = units.map((unit) => (unit.segment === 'S1' ? { ...unit, target: 'elden', revision: 2 } : unit));
  const later = sideOf(river, editionAt('1.0.0'), written);
  const done = applyUpdate(update, planOf(river, later), later, 'deniz', now);
  assert.deepEqual(done.returned, ['S1']);
  assert.deepEqual(
    done.save.map((unit) => unit.segment),
    ['S2'],
  );
});

test('a unit written between apply and undo stays, and is named', () => {
  const river = flow(start, 'content', [edit(start, 'S1', 'one'), edit(start, 'S2', 'two')]);
  const ours = sideOf(river, editionAt('1.0.0'), units);
  const plan = planOf(river, ours);
  const update = plan.items.reduce(
    (draft, item) => decide(draft, item, { kind: 'redo', text: `${item.key} yeni` }, 'elif', now),
    draftOf(plan),
  );
  const done = applyUpdate(update, plan, ours, 'deniz', now);
  const result = after(units, done);
  const written = result.units.map((unit) =>
    unit.segment === 'S1' ? { ...unit, target: 'elden', revision: 3 } : unit,
  );
  const undone = undoUpdate(
    done.update,
    done.edition,
    new Map(written.map((unit) => [unit.segment, unit])),
    Map.groupBy(result.past, (unit) => unit.segment),
    now,
  );
  assert.deepEqual(undone.kept, ['S1']);
  assert.deepEqual(
    undone.save.map((unit) => [unit.segment, unit.target]),
    [['S2', 'S2 hedef']],
  );
});

test('confirming core or safety text asks a second person again', () => {
  const river = flow(start, 'safety', [edit(start, 'S1', 'one')]);
  const ours = sideOf(river, editionAt('1.0.0'), units);
  const plan = planOf(river, ours);
  const item = plan.items[0];
  assert.ok(item);
  const done = applyUpdate(decide(draftOf(plan), item, { kind: 'confirm' }, 'elif', now), plan, ours, 'deniz', now);
  assert.deepEqual([done.save[0]?.state, done.save[0]?.basedOn], ['translated', textHash('one')]);
});
