/** Clients with settings of their own, closed and opened again. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Collection } from 'mongodb';
import { type Contract, openContract } from './openContract.ts';

type Row = { _id: number; n?: number; text?: string | undefined };
let contract: Contract;
let rows: Collection<Row>;

before(async () => {
  contract = await openContract();
  rows = contract.db.collection<Row>('rows');
});
beforeEach(async () => {
  await rows.deleteMany({});
  await rows.insertMany([1, 2, 3, 4, 5].map((_id) => ({ _id, n: _id * 10 })));
});
after(async () => {
  await contract.close();
});

test('undefined is null, or left out when the client is told so', async () => {
  await rows.insertOne({ _id: 20, text: undefined });
  assert.equal((await rows.findOne({ _id: 20 }))?.text, null);
  const careful = (await contract.another({ ignoreUndefined: true })).db(contract.db.databaseName);
  await careful.collection<Row>('rows').insertOne({ _id: 21, text: undefined });
  assert.deepEqual(await rows.findOne({ _id: 21 }), { _id: 21 });
});

test('ids of a maker of the client', async () => {
  let next = 100;
  const client = await contract.another({ pkFactory: { createPk: () => next++ } });
  const made = client.db(contract.db.databaseName).collection('made');
  assert.equal((await made.insertOne({ a: 1 })).insertedId as unknown, 100);
  assert.equal(await made.countDocuments({ _id: 100 as never }), 1);
});

test('a client works again after it was closed', async () => {
  const client = await contract.another();
  const there = () => client.db(contract.db.databaseName).collection<Row>('rows').countDocuments();
  assert.equal(await there(), 5);
  await client.close();
  await client.connect();
  assert.equal(await there(), 5);
});

test('withSession ends the session whatever happens', async () => {
  let kept: { readonly hasEnded: boolean } | null = null;
  await assert.rejects(
    contract.client.withSession(async (session) => {
      kept = session;
      await rows.findOne({ _id: 1 }, { session });
      throw new Error('no');
    }),
    /no/,
  );
  assert.equal((kept as { readonly hasEnded: boolean } | null)?.hasEnded, true);
});

test('a pool of one connection answers many who wait', async () => {
  const client = await contract.another({ maxPoolSize: 1 });
  const there = client.db(contract.db.databaseName).collection<Row>('rows');
  const found = await Promise.all([1, 2, 3, 4, 5, 1, 2, 3].map((_id) => there.findOne({ _id })));
  assert.deepEqual(
    found.map((row) => row?.n),
    [10, 20, 30, 40, 50, 10, 20, 30],
  );
});
