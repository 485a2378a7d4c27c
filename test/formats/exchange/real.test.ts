import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ExchangeScope, exchangeFormats } from '../../../src/domain/exchange/exchangeFile.ts';
import { countsOf } from '../../../src/domain/exchange/fileImport.ts';
import { planImport } from '../../../src/domain/exchange/planImport.ts';
import { writeExchange } from '../../../src/formats/exchange/exchange.ts';
import { newest, realEdition, realFile } from './realEditions.ts';
import { accepted } from './sample.ts';

const cases: readonly (readonly [tag: string, release: string | undefined, scope: ExchangeScope])[] = [
  ['ar-EG', undefined, { kind: 'edition' }],
  ['tr-TR', undefined, { kind: 'lesson', lesson: 'B4' }],
  ['tr-TR', newest, { kind: 'stale' }],
  ['en-GB', undefined, { kind: 'lesson', lesson: 'C3' }],
];

for (const [tag, release, scope] of cases) {
  test(`${tag}, ${scope.kind}: out in four formats and back changes nothing`, async () => {
    const working = realEdition(tag, release);
    const file = await realFile(working, scope);
    assert.ok(file.units.length > 0);
    if (scope.kind === 'stale') assert.ok(file.units.every((unit) => unit.oldSource !== null));
    for (const format of exchangeFormats) {
      const read = accepted(writeExchange(format, file));
      const { format: told, ...same } = { ...read, units: read.units.map(({ claim: _, ...unit }) => unit) };
      assert.equal(told, format);
      assert.deepEqual(same, file, format);
      const counts = countsOf(planImport(read.units, working));
      assert.deepEqual(counts, { lines: file.units.length, taken: 0, same: file.units.length, notTaken: 0 }, format);
    }
  });
}
