import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { migrate, migrations, schemaNumber } from '../../src/store/migrations/migrate.ts';
import { openStore } from '../../src/store/openStore.ts';
import { startTestEngine } from '../embedded-mongo/engine.ts';
import { storeContract } from './contract.ts';

const engine = await startTestEngine();
after(() => engine.close());

storeContract('the embedded engine', () => openStore({ uri: engine.uri, dbName: 'contract' }));

const outside = process.env.TEST_MONGODB_URI;
if (outside !== undefined && outside !== '') {
  storeContract('an outside MongoDB', async () => {
    const dbName = `headwater-contract-${process.pid}`;
    const opened = await openStore({ uri: outside, dbName });
    return {
      ...opened,
      close: async () => {
        await opened.connection.dropDatabase();
        await opened.close();
      },
    };
  });
}

describe('migrations', () => {
  const at = { uri: engine.uri, dbName: 'migrations' };

  test('opening again changes nothing; two may open at once', async () => {
    const [one, two] = await Promise.all([openStore(at), openStore(at)]);
    assert.equal(await schemaNumber(one.connection), migrations.length);
    await Promise.all([one.close(), two.close()]);
  });

  test('steps are taken once, in order, and numbered without gaps', async () => {
    assert.deepEqual(
      migrations.map(({ number }) => number),
      migrations.map((_, place) => place + 1),
    );
    const { connection, close } = await openStore(at);
    const taken: number[] = [];
    const next = [7, 8].map((number) => ({ number, up: async () => void taken.push(number) }));
    await migrate(connection, [...migrations, ...next]);
    await migrate(connection, [...migrations, ...next]);
    assert.deepEqual(taken, [7, 8]);
    await close();
  });

  test('a newer schema is refused aloud', async () => {
    await assert.rejects(openStore(at), /schema 8.*up to \d+.*newer Headwater/);
  });
});
