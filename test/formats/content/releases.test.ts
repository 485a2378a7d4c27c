import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { diffPackages } from '../../../src/domain/diff/diffReleases.ts';
import { packageRoot } from '../../../src/domain/release/merkle.ts';
import { changeSchema } from '../../../src/formats/content/changeSchema.ts';
import { historyOf } from '../../../src/formats/content/historyOf.ts';
import { readBaseline } from '../../../src/formats/content/readBaseline.ts';
import { readReleases, writeChanges } from '../../../src/formats/content/readReleases.ts';
import { lessonPackages } from '../../domain/package/arbitraries.ts';
import { setOf } from '../../domain/release/samples.ts';
import { baselineFiles } from './samples.ts';

const initial = 'release: 0.1.0\non: 2026-01-01\nsummary: First\ninitial: true\n';
const second = `release: 0.2.0
on: 2026-02-01
summary: Second
demonstration: true
sets:
  - id: better-title
    title: A better title
    severity: safety
    reason: Because
    summary: The title is better
    due: 2026-03-01
    changes:
      - kind: segmentEdited
        segment: B4.title
        before: Get help
        after: >-
          When it goes wrong: get help,
          give help
`;
const files = (changes = second) =>
  new Map([
    ['0.2.0/changes.yaml', changes],
    ['0.1.0/changes.yaml', initial],
  ]);

test('older releases are computed backwards from the newest tree', () => {
  const history = historyOf(readBaseline(baselineFiles()), readReleases(files()));
  assert.deepEqual(
    history.map(({ release }) => [release.number, release.previous, release.severity]),
    [
      ['0.1.0', null, 'content'],
      ['0.2.0', '0.1.0', 'safety'],
    ],
  );
  assert.equal(history[0]?.lessonPackage.segments['B4.title']?.text, 'Get help');
  assert.equal(history[0]?.revisions.length, 7);
  assert.deepEqual(
    history[1]?.revisions.map(({ segment, severity, due }) => [segment, severity, due]),
    [['B4.title', 'safety', '2026-03-01']],
  );
});

test('releases are written and read as the same', () => {
  const releases = readReleases(files());
  const written = new Map(releases.map((release) => [`${release.number}/changes.yaml`, writeChanges(release)]));
  assert.deepEqual(readReleases(written), releases);
});

test('any change survives the file', () => {
  fc.assert(
    fc.property(lessonPackages, lessonPackages, (before, after) => {
      const changes = diffPackages(before, after);
      for (const change of changes) assert.deepEqual(changeSchema.parse(structuredClone(change)), change);
      if (changes.length === 0) return;
      const sets = [setOf('all', changes)];
      const record = {
        number: '0.2.0',
        on: '2026-02-01',
        summary: 'Two',
        previous: '0.1.0',
        demonstration: true,
        sets,
      };
      const texts = new Map([
        ['0.1.0/changes.yaml', initial],
        ['0.2.0/changes.yaml', writeChanges({ ...record, severity: 'content' })],
      ]);
      const history = historyOf(after, readReleases(texts));
      assert.deepEqual(
        history.map((each) => each.release.root),
        [packageRoot(before), packageRoot(after)],
      );
      assert.deepEqual(
        history.map((each) => each.lessonPackage),
        [before, after],
      );
    }),
    { numRuns: 200 },
  );
});

const refused: readonly (readonly [why: string, from: string, to: string, line: number])[] = [
  ['a change that the format does not know', 'kind: segmentEdited', 'kind: segmentBurnt', 13],
  ['a field that the format does not know', 'segment: B4.title', 'segment: B4.title\n        colour: red', 15],
  ['a date for a set that is not about safety', 'severity: safety', 'severity: content', 11],
  ['a folder with another number', 'release: 0.2.0', 'release: 0.3.0', 1],
  ['an id that is no id', 'id: better-title', 'id: Better title', 6],
];
for (const [why, from, to, line] of refused) {
  test(`refused with its line: ${why}`, () => {
    assert.throws(
      () => readReleases(files(second.replace(from, to))),
      (error: { code: string; data: { line: number } }) => {
        assert.deepEqual([error.code, error.data.line], ['contentMalformed', line], JSON.stringify(error.data));
        return true;
      },
    );
  });
}

test('releases that do not lead to the baseline are refused', () => {
  const wrong = second.replace('before: Get help', 'before: Get help').replace('give help', 'give nothing');
  assert.throws(() => historyOf(readBaseline(baselineFiles()), readReleases(files(wrong))), {
    code: 'changeDoesNotFit',
  });
});
