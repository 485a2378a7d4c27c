import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Connection, Schema, type Types } from 'mongoose';
import { type MongooseContract, openMongoose } from './openMongoose.ts';

type PersonRow = { _id: number; name: string };
const personOf = (connection: Connection) =>
  connection.model('Person', new Schema<PersonRow>({ _id: Number, name: String }));

let contract: MongooseContract;
let Person: ReturnType<typeof personOf>;
before(async () => {
  contract = await openMongoose();
  Person = personOf(contract.connection);
  await Person.insertMany([
    { _id: 1, name: 'Ada' },
    { _id: 2, name: 'Bob' },
    { _id: 3, name: 'Cem' },
  ]);
});
after(async () => {
  await contract.close();
});

test('references in a Map and in subdocuments are populated', async () => {
  const Team = contract.connection.model(
    'Team',
    new Schema({
      byRole: { type: Map, of: { type: Number, ref: 'Person' } },
      rows: [{ who: { type: Number, ref: 'Person' }, n: Number }],
    }),
  );
  await Team.create({
    byRole: { head: 1, tail: 3 },
    rows: [
      { who: 2, n: 1 },
      { who: 3, n: 2 },
    ],
  });
  const team = await Team.findOne().populate(['byRole.$*', 'rows.who']).orFail();
  const head = team.byRole?.get('head') as unknown as PersonRow;
  assert.equal(head.name, 'Ada');
  assert.deepEqual(
    team.rows.map(({ who }) => (who as unknown as PersonRow).name),
    ['Bob', 'Cem'],
  );
});

test('populate over two databases of one connection', async () => {
  const elsewhere = contract.connection.useDb(`${contract.db.databaseName}-other`);
  const Far = elsewhere.model('Far', new Schema({ name: String }));
  const Near = contract.connection.model('Near', new Schema({ far: { type: Schema.Types.ObjectId, ref: Far } }));
  try {
    const far = await Far.create({ name: 'far away' });
    await Near.create({ far: far._id });
    const near = await Near.findOne().populate<{ far: { _id: Types.ObjectId; name: string } }>('far').orFail();
    assert.equal(near.far.name, 'far away');
  } finally {
    await elsewhere.dropDatabase();
  }
});

test('populate of a cursor, document by document', async () => {
  const Visit = contract.connection.model('Visit', new Schema({ n: Number, who: { type: Number, ref: 'Person' } }));
  await Visit.insertMany([
    { n: 1, who: 3 },
    { n: 2, who: 1 },
  ]);
  const names: string[] = [];
  for await (const visit of Visit.find().sort('n').populate<{ who: PersonRow }>('who').cursor({ batchSize: 1 }))
    names.push(visit.who.name);
  assert.deepEqual(names, ['Cem', 'Ada']);
});
