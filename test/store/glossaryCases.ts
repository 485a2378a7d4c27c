import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Term } from '../../src/domain/memory/term.ts';
import type { Cases } from './contract.ts';
import { refused } from './refused.ts';

const term = (over: Partial<Term> = {}): Term => ({
  id: 'blackmail',
  language: 'tr',
  source: { text: 'blackmail', forms: ['blackmail*'] },
  targets: [{ text: 'şantaj', forms: [] }],
  forbidden: [{ text: '$where', instead: 'şantaj', why: 'a word may look like an operator' }],
  definition: '',
  note: '',
  revision: 1,
  by: 'seed',
  at: '2026-01-01T08:00:00.000Z',
  ...over,
});

export const glossaryCases: Cases = (opened) => {
  describe('the glossary', () => {
    test('a term comes back as it was saved, in its own language only', async () => {
      const { glossary } = opened().store;
      const arabic = term({ language: 'ar', targets: [{ text: 'الابتزاز', forms: ['ابتز'] }] });
      await glossary.save(term());
      await glossary.save(arabic);
      assert.deepEqual(await glossary.ofLanguage('tr'), [term()]);
      assert.deepEqual(await glossary.byId('ar', 'blackmail'), arabic);
      assert.equal(await glossary.byId('de', 'blackmail'), null);
      assert.deepEqual(await glossary.all(), [arabic, term()]);
    });

    test('saving and taking out expect the revision that was read', async () => {
      const { glossary } = opened().store;
      await refused('staleRevision', glossary.save(term()));
      await refused('staleRevision', glossary.save(term({ revision: 3 })));
      await glossary.save(term({ revision: 2, note: 'longer' }));
      await refused('staleRevision', glossary.drop(term()));
      assert.equal((await glossary.byId('tr', 'blackmail'))?.note, 'longer');
      await glossary.drop(term({ revision: 2 }));
      assert.deepEqual(await glossary.ofLanguage('tr'), []);
    });
  });
};
