import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FileImport } from '../../src/domain/exchange/fileImport.ts';
import type { Cases } from './contract.ts';
import { refused } from './refused.ts';

const brought = (id: string, change: Partial<FileImport> = {}): FileImport => ({
  id,
  edition: 'tr-TR',
  by: 'elif',
  at: '2026-11-24T08:30:00.000Z',
  name: 'tr-TR.xlf',
  format: 'xliff2',
  hash: 'a'.repeat(64),
  state: 'waiting',
  bytes: 'PHhsaWZmLz4=',
  counts: { lines: 3, taken: 1, same: 1, notTaken: 1 },
  notTaken: [],
  written: [],
  appliedAt: null,
  revision: 1,
  ...change,
});

export const importCases: Cases = (opened) => {
  test('a file waits with its bytes, is taken in once, and keeps what was not taken', async () => {
    const { imports } = opened().store;
    await imports.save(brought('i1'));
    assert.deepEqual(await imports.byId('i1'), brought('i1'));
    const done = brought('i1', {
      state: 'applied',
      bytes: '',
      notTaken: [
        {
          place: 2,
          segment: 'B4.act.2',
          outcome: 'notTaken',
          why: 'bothChanged',
          detail: '',
          ours: 'burada',
          theirs: 'dosyada',
          revision: 4,
          basedOn: null,
          stale: false,
        },
      ],
      written: [{ segment: 'CPS-01', revision: 5 }],
      appliedAt: '2026-11-24T08:31:00.000Z',
      revision: 2,
    });
    await imports.save(done);
    assert.deepEqual(await imports.byId('i1'), done);
    await refused('staleRevision', imports.save(done));
    assert.equal(await imports.byId('none'), null);
  });

  test('files of an edition, newest first; those that wait can be forgotten, those taken in cannot', async () => {
    const { imports } = opened().store;
    await imports.save(brought('i2', { at: '2026-11-24T09:00:00.000Z' }));
    await imports.save(brought('i3', { at: '2026-11-24T08:00:00.000Z', by: 'murat' }));
    await imports.save(brought('i4', { edition: 'ar-EG' }));
    const ids = async (limit = 10) => (await imports.ofEdition('tr-TR', limit)).map(({ id }) => id);
    assert.deepEqual(await ids(), ['i2', 'i1', 'i3']);
    assert.deepEqual(await ids(1), ['i2']);
    const [listed] = await imports.ofEdition('tr-TR', 1);
    assert.deepEqual(listed, brought('i2', { at: '2026-11-24T09:00:00.000Z', bytes: '' }));
    await imports.dropWaiting('tr-TR', 'elif');
    assert.deepEqual(await ids(), ['i1', 'i3']);
    assert.notEqual(await imports.byId('i4'), null);
  });
};
