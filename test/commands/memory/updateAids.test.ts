import assert from 'node:assert/strict';
import { test } from 'node:test';
import { updateAids } from '../../../src/commands/memory/updateAids.ts';
import { type MemoryEntry, MemoryIndex } from '../../../src/domain/memory/memoryIndex.ts';
import type { Term } from '../../../src/domain/memory/term.ts';

const index = new MemoryIndex();
const put = (over: Partial<MemoryEntry>): boolean =>
  index.put({
    ...{ edition: 'tr-TR', segment: 'S1', revision: 1, source: 'Tell an adult today.', target: 'Bugün anlat.' },
    ...{ state: 'translated', at: '2026-01-01T00:00:00.000Z', place: 'working' },
    ...over,
  } as MemoryEntry);
put({});
put({ edition: 'tr-CY', segment: 'S2', source: 'Tell an adult, today!', target: 'Bugün bir yetişkine anlat.' });
const term: Term = {
  ...{ id: 'adult', language: 'tr', source: { text: 'adult', forms: ['adults', 'adult*'] } },
  ...{ targets: [{ text: 'yetişkin', forms: [] }], forbidden: [], definition: '', note: '' },
  ...{ revision: 1, by: 'seed', at: '' },
};
const nothing = async () => {
  throw new Error('not asked for');
};
const store = {
  translationMemory: { index: async () => index },
  glossary: { ofLanguage: async () => [term], byId: nothing, all: nothing, save: nothing, drop: nothing },
};

test('an update gets the glossary’s English words, and the best match that is near enough', async () => {
  const { terms, suggest } = await updateAids(store, { tag: 'tr-TR', language: 'tr' }, '2026-02-01T00:00:00.000Z');
  assert.deepEqual(terms, [{ source: 'adult' }, { source: 'adults' }]);
  assert.deepEqual(suggest('S9', 'Tell an adult today.'), { text: 'Bugün anlat.', percent: 100, origin: 'tr-TR S1' });
  assert.equal(suggest('S1', 'Tell an adult today.')?.origin, 'tr-CY S2', 'a text is no suggestion for itself');
  assert.equal(suggest('S9', 'Something else altogether'), null);
});
