import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { exportContent } from '../../src/commands/content/exportContent.ts';
import { otherHistory } from '../../src/commands/seed/otherHistory.ts';
import { readSeed, type Seed } from '../../src/commands/seed/readSeed.ts';
import { seedStore } from '../../src/commands/seed/seedStore.ts';
import { applyChanges } from '../../src/domain/release/applyChange.ts';
import { packageRoot } from '../../src/domain/release/merkle.ts';
import type { Change } from '../../src/domain/release/release.ts';
import { homesOf, readBaseline } from '../../src/formats/content/readBaseline.ts';
import { filesWithin } from '../../src/formats/content/within.ts';
import { testWorld } from '../web/testApp.ts';
import { census } from './census.ts';
import { contentFiles } from './tree.ts';

const twelve = [
  '1.0.0',
  '1.1.0',
  '1.2.0',
  '1.2.1',
  '1.3.0',
  '1.4.0',
  '1.5.0',
  '1.5.1',
  '1.6.0',
  '1.7.0',
  '1.8.0',
  '1.8.1',
];
const seed = readSeed(contentFiles);
const sets = seed.releases.slice(1).flatMap(({ release }) => release.sets);
const changes = sets.flatMap((set) => set.changes);
const ofKind = (kind: Change['kind']) => changes.filter((change) => change.kind === kind);

test('replaying the twelve releases one by one ends at the tree of the files', () => {
  assert.deepEqual(
    seed.releases.map(({ release }) => release.number),
    twelve,
  );
  let current = seed.releases[0]?.lessonPackage;
  assert.ok(current);
  for (const { release, lessonPackage } of seed.releases.slice(1)) {
    current = applyChanges(
      current,
      release.sets.flatMap((set) => set.changes),
    );
    assert.equal(packageRoot(current), release.root, release.number);
    assert.equal(packageRoot(current), packageRoot(lessonPackage), release.number);
  }
  assert.equal(packageRoot(current), packageRoot(readBaseline(filesWithin(contentFiles, 'baseline/'))));
});

describe('the history has every kind of change', () => {
  const facts = (key: string) =>
    changes.filter((change) => change.kind.startsWith('fact') && JSON.stringify(change).includes(`"${key}"`));

  test('facts: new with a default, new without, made required, of another type', () => {
    const added = ofKind('factAdded').flatMap((change) => (change.kind === 'factAdded' ? [change.fact] : []));
    assert.ok(added.some((fact) => fact.fallback !== undefined));
    assert.ok(
      added.some((fact) => fact.fallback === undefined && fact.need === 'required' && fact.whenMissing !== undefined),
    );
    const turned = ofKind('factChanged').flatMap((change) => (change.kind === 'factChanged' ? [change] : []));
    assert.ok(turned.some(({ before, after }) => before.need === 'recommended' && after.need === 'required'));
    assert.ok(turned.some(({ before, after }) => before.type !== after.type));
    assert.ok(facts('helpline.crisis').length > 0);
  });

  test('structure: places given and taken, a lesson added, a lesson split off and joined again', () => {
    for (const kind of [
      'placed',
      'unplaced',
      'segmentAdded',
      'segmentRemoved',
      'lessonAdded',
      'lessonRemoved',
    ] as const) {
      assert.ok(ofKind(kind).length > 0, kind);
    }
    const lessonsAt = (number: string) =>
      seed.releases.find(({ release }) => release.number === number)?.lessonPackage.lessons.map(({ id }) => id) ?? [];
    assert.ok(!lessonsAt('1.1.0').includes('D2') && lessonsAt('1.2.0').includes('D2'));
    assert.ok(lessonsAt('1.8.0').includes('B5') && !lessonsAt('1.8.1').includes('B5'));
    const friend = (number: string, lesson: string) =>
      seed.releases
        .find(({ release }) => release.number === number)
        ?.lessonPackage.lessons.find(({ id }) => id === lesson)
        ?.sections.flatMap(({ placements }) => placements.map(({ segment }) => segment)) ?? [];
    const moved = friend('1.8.0', 'B5').filter(
      (id) => friend('1.7.0', 'B4').includes(id) && friend('1.8.1', 'B4').includes(id),
    );
    assert.ok(
      moved.some((id) => id.startsWith('B4.')),
      'ids survive the split and its revert',
    );
  });

  test('a shared statement reaches many lessons, a harmful sentence is gone, one wide change of terms', () => {
    const lessonsWith = (id: string) =>
      seed.releases.at(-1)?.lessonPackage.lessons.filter((lesson) => JSON.stringify(lesson).includes(`"${id}"`))
        .length ?? 0;
    for (const id of ['CPS-03', 'CPS-04', 'CPS-07', 'CPS-12']) {
      assert.ok(
        changes.some((change) => change.kind === 'segmentEdited' && change.segment === id),
        id,
      );
      assert.ok(lessonsWith(id) >= 3, id);
    }
    const harmful = /if you never send/i;
    const says = (number: string) =>
      Object.values(seed.releases.find(({ release }) => release.number === number)?.lessonPackage.segments ?? {}).some(
        ({ text }) => harmful.test(text),
      );
    assert.ok(says('1.1.0') && !says('1.2.0') && !says('1.8.1'));
    const terms = seed.releases.find(({ release }) => release.number === '1.7.0')?.release;
    assert.equal(terms?.severity, 'editorial');
    const edited = terms?.sets.flatMap((set) => set.changes).filter((change) => change.kind === 'segmentEdited') ?? [];
    assert.ok(edited.length >= 50 && edited.length <= 80, `${edited.length}`);
  });

  test('every set says why, and a safety set by when', () => {
    for (const set of sets) {
      assert.ok(set.reason.length > 40 && set.summary.length > 20, set.id);
      assert.equal(set.due !== null, set.severity === 'safety', set.id);
    }
    assert.deepEqual(
      seed.releases.filter(({ release }) => release.severity === 'safety').map(({ release }) => release.number),
      ['1.2.0', '1.4.0', '1.5.0'],
    );
  });
});

/** Without publications, which need the files of every sheet; the first start's proof makes those. */
const unpublished = (from: Seed): Seed => ({
  ...from,
  editions: from.editions.map((files) => ({ ...files, edition: { ...files.edition, publishedOn: null } })),
});

test('a store that is seeded, exported and seeded again from the export holds the same; twice changes nothing', async () => {
  const first = await testWorld();
  await seedStore(first, unpublished(seed), () => {});
  const before = await census(first);
  await seedStore(first, unpublished(seed), () => {});
  assert.equal(await census(first), before, 'importing twice changes nothing');

  const exported = await exportContent(first.store, homesOf(filesWithin(contentFiles, 'baseline/')));
  const again = readSeed(exported);
  assert.deepEqual(
    again.releases.map(({ release }) => [release.number, release.root]),
    seed.releases.map(({ release }) => [release.number, release.root]),
  );
  assert.deepEqual(exported.get('baseline/lessons/B4.md'), contentFiles.get('baseline/lessons/B4.md'));
  for (const { edition, units } of seed.editions) {
    const back = again.editions.find((files) => files.edition.edition === edition.edition);
    assert.deepEqual(
      new Map(back?.units.map((unit) => [unit.segment, unit.target])),
      new Map(units.map((unit) => [unit.segment, unit.target])),
    );
    assert.deepEqual(back?.edition.ledger.length, edition.ledger.length);
  }
  const byId = (files: Seed['glossaries']) =>
    files.map((file) => ({ ...file, terms: file.terms.toSorted((a, b) => (a.id < b.id ? -1 : 1)) }));
  assert.deepEqual(byId(again.glossaries), byId(seed.glossaries));
  // Its editions were compared above, word by word.
  const second = await testWorld();
  await seedStore(second, { ...again, editions: [] }, () => {});
  assert.deepEqual(
    (await second.store.releases.all()).map(({ number, root }) => [number, root]).sort(),
    seed.releases.map(({ release }) => [release.number, release.root]).sort(),
  );
});

test('another baseline in the data folder is left alone; the same one is not another', async () => {
  const world = await testWorld();
  const [old] = seed.releases;
  assert.ok(old);
  assert.equal(await otherHistory(world.store, seed), null, 'an empty store');
  await world.store.releases.add(
    { ...old.release, number: '0.2.0', root: 'f'.repeat(64) },
    old.lessonPackage,
    old.revisions,
  );
  assert.equal(await otherHistory(world.store, seed), '0.2.0');
});
