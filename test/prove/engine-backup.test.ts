import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proveEngineBackup } from './engineBackup.ts';
import { accountsHash, ClientLedger, operationOf } from './engineBackupLedger.ts';

test('a backup under load holds what was acknowledged, and moves there and back', async () => {
  const { violations, acknowledged, during } = await proveEngineBackup({
    backups: 1,
    clients: 2,
    seed: 7,
    moveKills: 0,
  });
  assert.deepEqual(violations, []);
  assert.ok(acknowledged > 0 && during.length === 1);
});

test('the ledger tells one write more from one write less, and a half of a transfer', () => {
  const [one, other] = [new ClientLedger(7, 0), new ClientLedger(7, 0)] as const;
  for (let k = 0; k < 3; k++) one.advance();
  other.advance();
  other.advance();
  assert.notEqual(one.entries + one.transfers, other.entries + other.transfers);
  const transfer = operationOf(7, 0, 2);
  assert.ok(transfer.kind === 'transfer');
  assert.notEqual(accountsHash([one]), accountsHash([other]));
  other.advance();
  assert.equal(accountsHash([one]), accountsHash([other]));
  other.balances.set(transfer.transfer.from, 0);
  assert.notEqual(accountsHash([one]), accountsHash([other]));
});
