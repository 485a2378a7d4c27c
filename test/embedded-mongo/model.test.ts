import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Place } from './model/place.ts';
import { proveModel } from './model/prove.ts';

const place = new Place();
before(() => place.open());
after(() => place.close());

// The proof engine-model runs ten thousand of them.
test('random sequences of commands have the same answers as a model in memory', async () => {
  const { ran, difference } = await proveModel(place, 20261124, 150);
  assert.equal(difference, null, `the engine and the model differ:\n${difference}`);
  assert.equal(ran, 150);
  // Sequences that meet no error show little.
  for (const code of ['11000', '112', '28', '14', '2', '40', '66'])
    assert.ok((place.counts.errors.get(code) ?? 0) > 0, `error ${code} never came up`);
});
