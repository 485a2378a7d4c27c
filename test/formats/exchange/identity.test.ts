import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ExchangeFile, type ExchangeFormat, exchangeFormats } from '../../../src/domain/exchange/exchangeFile.ts';
import { isRefusal, readExchange, writeExchange } from '../../../src/formats/exchange/exchange.ts';
import { nastyFile } from './nasty.ts';

/** The file as it comes back, in the shape in which it left. */
function back(format: ExchangeFormat, file: ExchangeFile): unknown {
  const read = readExchange(writeExchange(format, file));
  assert.ok(!isRefusal(read), JSON.stringify(read));
  const { format: told, units, ...stamp } = read;
  assert.equal(told, format);
  assert.deepEqual(
    units.filter((unit) => unit.claim !== 'untouched').map((unit) => unit.segment),
    [],
  );
  return { ...stamp, units: units.map(({ claim: _, ...unit }) => unit) };
}

for (const format of exchangeFormats) {
  test(`${format}: out and back is the same file, whatever the texts`, () => {
    fc.assert(
      fc.property(nastyFile, (file) => {
        assert.deepEqual(back(format, file), file);
      }),
      { numRuns: 100 },
    );
  });
}
