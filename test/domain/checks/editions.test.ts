import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { readContentTree } from '../../../src/commands/content/contentTree.ts';
import { checkUnit } from '../../../src/domain/checks/unit/checkUnit.ts';
import { roomsOf } from '../../../src/domain/checks/unit/room.ts';
import { readContentFolder } from '../../../src/files/contentFolder.ts';

const root = join(import.meta.dirname, '../../..');
const real = readContentTree(await readContentFolder(join(root, 'content')));
const river = readContentTree(await readContentFolder(join(root, 'test/river/content')));

/** Warnings in a hundred texts that a person would still read. */
const bearable = 1;

for (const [name, tree] of [['the content', real] as const, ['the river', river] as const]) {
  for (const { edition, units } of tree.editions) {
    test(`${name}: nothing wrong in ${edition.edition}, and few false alarms`, () => {
      const packages = new Map((tree.history ?? []).map((each) => [each.release.number, each.lessonPackage]));
      const adapted = new Set(edition.ledger.map(({ segment }) => segment));
      const findings = units.flatMap((unit) => {
        const lessonPackage = packages.get(unit.release);
        const source = lessonPackage?.segments[unit.segment];
        assert.ok(lessonPackage !== undefined && source !== undefined, unit.segment);
        return checkUnit({
          segment: source.id,
          source: source.text,
          target: unit.target,
          language: edition.language,
          kind: source.kind,
          policy: source.policy,
          adapted: adapted.has(source.id),
          room: roomsOf(lessonPackage).get(source.id) ?? null,
          rules: real.wording.get(edition.language) ?? null,
          glossary: null,
        }).map(({ check, level }) => `${level} ${check} ${source.id}`);
      });
      assert.deepEqual(
        findings.filter((finding) => finding.startsWith('error')),
        [],
      );
      assert.ok(findings.length <= (units.length * bearable) / 100, findings.join('\n'));
    });
  }
}

test('seventeen lessons are looked at in less than a second of work', () => {
  const tr = real.editions.find(({ edition }) => edition.edition === 'tr-TR');
  assert.ok(tr !== undefined && tr.units.length > 3000);
  const start = process.cpuUsage().user;
  for (const unit of tr.units) {
    const source = real.baseline.segments[unit.segment];
    if (source === undefined) continue;
    checkUnit({
      ...{ segment: source.id, source: source.text, target: unit.target, language: 'tr', kind: source.kind },
      ...{ policy: source.policy, adapted: false, room: null, rules: real.wording.get('tr') ?? null, glossary: null },
    });
  }
  assert.ok((process.cpuUsage().user - start) / 1000 < 1000);
});
