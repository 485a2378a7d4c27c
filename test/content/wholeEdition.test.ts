import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { staysBehind } from '../../src/cli/staysBehind.ts';
import { exportContent } from '../../src/commands/content/exportContent.ts';
import { leftBehind } from '../../src/commands/content/leftBehind.ts';
import { readSeed } from '../../src/commands/seed/readSeed.ts';
import { seedStore } from '../../src/commands/seed/seedStore.ts';
import type { LocalSegment } from '../../src/domain/edition/material.ts';
import { readContentFolder } from '../../src/files/contentFolder.ts';
import { testWorld } from '../web/testApp.ts';
import { census } from './census.ts';

const read = readSeed(await readContentFolder(join(import.meta.dirname, '../river/content')));
const seed = {
  ...read,
  editions: read.editions.map((files) => ({ ...files, edition: { ...files.edition, publishedOn: null } })),
};
/** In any order: a store gives its rows back by their ids. */
const lines = (text: string | undefined): string => (text ?? 'no file').split('\n').sort().join('\n');

/** An edition with one of everything that can be its own, in a store that has been seeded. */
async function ownEdition({ store }: Awaited<ReturnType<typeof testWorld>>): Promise<void> {
  const tag = 'tr-TR';
  const edition = await store.editions.byTag(tag);
  assert.ok(edition);
  const { release } = edition.upstream;
  const later = seed.releases.findIndex((each) => each.release.number === release) + 1;
  const ahead = seed.releases[later]?.release.sets[0]?.id ?? '';
  const now = seed.releases[later - 1]?.lessonPackage;
  const gone = Object.keys(now?.segments ?? {})[0];
  const lesson = now?.lessons[0];
  const steps = lesson?.sections.find(({ kind }) => kind === 'steps');
  const step = steps?.placements.find(({ minutes }) => minutes !== undefined);
  assert.ok(lesson && steps && step && ahead !== '' && gone !== undefined);
  const told = { reason: 'Burada böyle.', on: '2026-10-02' };
  await store.editions.save({
    ...edition,
    upstream: { release, ahead: [ahead], passed: ['once-ahead'] },
    raised: { [ahead]: { severity: 'safety', due: '2027-01-01', by: 'elif', ...told } },
    summaries: { [ahead]: { text: 'Bir adım daha kısa.', by: 'elif', on: '2026-10-02' } },
    kept: [{ kind: 'segment', segment: gone, release, atEnd: true }],
    lessons: { ...edition.lessons, L1: { state: 'planned' } },
    wordsPerHour: 350,
    revision: edition.revision + 1,
  });
  const where = { edition: tag, lesson: lesson.id, section: steps.id, owner: 'elif', against: release, revision: 1 };
  const order = steps.placements.map(({ segment }) => segment);
  await store.overrides.save({ ...where, ...told, kind: 'minutes', segment: step.segment, minutes: 12, base: 10 });
  await store.overrides.save({ ...where, ...told, kind: 'order', order: order.toReversed(), base: order });
  const at = '2026-10-02T08:00:00.000Z';
  const added: LocalSegment = {
    ...{ edition: tag, id: 'local-Ab_9-', lesson: lesson.id, section: steps.id, after: step.segment, earlier: [] },
    ...{ later: [gone], since: at, kind: 'paragraph', text: 'Bizden: **bir** satır.', state: 'reviewed', by: 'elif' },
    ...{ reviewedBy: 'murat', at, past: [], removed: false, revision: 1 },
  };
  await store.material.saveSegment(added);
  await store.material.saveSegment({ ...added, id: 'local-out', removed: true });
  await store.material.saveSegment({
    ...added,
    id: 'local-own',
    lesson: 'L1',
    section: 'steps',
    after: null,
    later: [],
  });
  await store.material.saveLesson({
    ...{
      edition: tag,
      id: 'L1',
      fields: lesson.fields,
      reason: told.reason,
      by: 'elif',
      at,
      removed: false,
      revision: 1,
    },
    sections: [{ id: 'steps', kind: 'steps', placements: [{ segment: 'local-own', minutes: 45 }] }],
  });
  const [entry] = await store.ledger.ofEdition(tag);
  assert.ok(entry);
  await store.ledger.save({
    ...entry,
    ...told,
    against: release,
    declined: 'a'.repeat(64),
    revision: entry.revision + 1,
  });
}

test('an edition moves whole: what it took ahead, raised, keeps, set and added; and what cannot move is said', async () => {
  const first = await testWorld();
  await seedStore(first, seed, () => {});
  await ownEdition(first);
  const exported = await exportContent(first.store);
  const second = await testWorld();
  const again = readSeed(exported);
  await seedStore(second, again, () => {});
  const back = await exportContent(second.store);
  assert.deepEqual([...back.keys()].sort(), [...exported.keys()].sort());
  for (const [file, text] of exported) assert.equal(lines(back.get(file)), lines(text), `${file} after the import`);
  const before = await census(second);
  await seedStore(second, again, () => {});
  assert.equal(await census(second), before, 'importing it twice changes nothing');

  const [ours, theirs] = [await first.store.editions.byTag('tr-TR'), await second.store.editions.byTag('tr-TR')];
  assert.deepEqual(theirs?.upstream, ours?.upstream);
  assert.deepEqual(theirs?.kept, ours?.kept);
  assert.deepEqual([theirs?.wordsPerHour, theirs?.lessons.L1?.state], [350, 'planned']);
  const { by: _, ...raised } = Object.values(ours?.raised ?? {})[0] ?? assert.fail();
  assert.deepEqual(Object.values(theirs?.raised ?? {}), [{ ...raised, by: 'seed' }], 'nobody is named for it here');
  const { by: __, ...summary } = Object.values(ours?.summaries ?? {})[0] ?? assert.fail();
  assert.deepEqual(Object.values(theirs?.summaries ?? {}), [{ ...summary, by: 'seed' }]);
  const segments = await second.store.material.segments('tr-TR');
  assert.deepEqual(
    segments.map(({ id, text, state, reviewedBy }) => [id, text, state, reviewedBy]).sort(),
    ['local-Ab_9-', 'local-own'].map((id) => [id, 'Bizden: **bir** satır.', 'translated', null]),
    'an added text waits for a second person again',
  );
  assert.equal((await second.store.material.lessons('tr-TR')).length, 1);
  assert.equal((await second.store.overrides.ofEdition('tr-TR')).length, 2);
  const behind = await leftBehind(first.store);
  assert.deepEqual(behind, { pictures: [], texts: [], waivers: 0, comments: 0, assignments: 0, offers: 0 });
  const said = staysBehind({ ...behind, pictures: ['tr-TR/A1.pic'], assignments: 2 });
  assert.match(
    said,
    /^Not in these files: people, .*1 PICTURE \(tr-TR\/A1\.pic\), 2 assignments; .*takes everything\.$/,
  );
});
