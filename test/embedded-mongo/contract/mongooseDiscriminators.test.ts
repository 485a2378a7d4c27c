import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Schema } from 'mongoose';
import { type MongooseContract, openMongoose } from './openMongoose.ts';

let contract: MongooseContract;
before(async () => {
  contract = await openMongoose();
});
after(async () => {
  await contract.close();
});

test('models of one collection find only their own kind', async () => {
  const Event = contract.connection.model('Event', new Schema({ at: Number }, { discriminatorKey: 'kind' }));
  const Click = Event.discriminator('Click', new Schema({ x: Number }));
  const Key = Event.discriminator('Key', new Schema({ letter: { type: String, required: true } }));
  await Click.create({ at: 1, x: 10 });
  await Key.create({ at: 2, letter: 'a' });
  await Event.create({ at: 3 });
  assert.equal(await Event.countDocuments(), 3);
  assert.equal(await Click.countDocuments(), 1);
  assert.equal((await Key.findOne())?.at, 2);
  assert.equal(await Click.countDocuments({ at: 2 }), 0);
  const all = await Event.find().sort({ at: 1 });
  assert.deepEqual(
    all.map((each) => (each.constructor as unknown as { modelName: string }).modelName),
    ['Click', 'Key', 'Event'],
  );
  await assert.rejects(Key.create({ at: 4 }), { name: 'ValidationError' });
  await Click.updateMany({}, { $inc: { at: 100 } });
  assert.deepEqual(await Event.distinct('at'), [2, 3, 101]);
  assert.equal((await Click.deleteMany()).deletedCount, 1);
  assert.equal(await contract.db.collection('events').countDocuments({ kind: 'Key' }), 1);
});

test('a discriminator has a value of its own choice, and aggregates only its own', async () => {
  const Shape = contract.connection.model('Shape', new Schema({ n: Number }));
  const Circle = Shape.discriminator('Circle', new Schema({ r: Number }), 'round');
  await Circle.insertMany([
    { n: 1, r: 2 },
    { n: 2, r: 3 },
  ]);
  await Shape.create({ n: 9 });
  assert.deepEqual(await Circle.aggregate([{ $group: { _id: '$__t', sum: { $sum: '$n' } } }]), [
    { _id: 'round', sum: 3 },
  ]);
});

test('an array of subdocuments of several kinds', async () => {
  const part = new Schema({ text: String }, { discriminatorKey: 'kind', _id: false });
  const page = new Schema({ parts: [part] });
  const array = page.path('parts') as unknown as Schema.Types.DocumentArray;
  array.discriminator('Picture', new Schema({ url: { type: String, required: true } }, { _id: false }));
  array.discriminator('Quote', new Schema({ by: String }, { _id: false }));
  const Page = contract.connection.model('Page', page);
  const parts: object[] = [
    { kind: 'Picture', text: 'p', url: 'u' },
    { kind: 'Quote', text: 'q', by: 'Ada' },
    { text: 'plain' },
  ];
  const { _id } = await Page.create({ parts });
  assert.deepEqual((await contract.db.collection('pages').findOne({ _id }))?.parts, [
    { kind: 'Picture', text: 'p', url: 'u' },
    { kind: 'Quote', text: 'q', by: 'Ada' },
    { text: 'plain' },
  ]);
  await assert.rejects(Page.create({ parts: [{ kind: 'Picture', text: 'x' }] as object[] }), {
    name: 'ValidationError',
  });
  await Page.updateOne({ _id, 'parts.kind': 'Quote' }, { $set: { 'parts.$.by': 'Bob' } });
  assert.equal((await Page.findById(_id).lean<{ parts: { by: string }[] }>())?.parts[1]?.by, 'Bob');
  const found = await Page.findOne({ parts: { $elemMatch: { kind: 'Quote', by: 'Bob' } } });
  assert.equal(found?.parts.length, 3);
});

test('a single subdocument of several kinds', async () => {
  const content = new Schema({ n: Number }, { discriminatorKey: 'kind', _id: false });
  const box = new Schema({ content });
  const path = box.path('content') as unknown as Schema.Types.Subdocument;
  path.discriminator('Toy', new Schema({ colour: String }, { _id: false }));
  const Box = contract.connection.model('Box', box);
  const made: object = { kind: 'Toy', n: 1, colour: 'red' };
  const { _id } = await Box.create({ content: made });
  await Box.updateOne({ _id }, { $set: { 'content.n': 2 } });
  assert.deepEqual((await contract.db.collection('boxes').findOne({ _id }))?.content, {
    kind: 'Toy',
    n: 2,
    colour: 'red',
  });
});

test('a unique index of a discriminator binds only its own kind', async () => {
  const Account = contract.connection.model('Account', new Schema({ name: String }));
  const Local = Account.discriminator('Local', new Schema({ login: { type: String, unique: true } }));
  await Local.init();
  await Account.create([{ name: 'a' }, { name: 'b' }]);
  await Local.create({ login: 'ada' });
  await assert.rejects(Local.create({ login: 'ada' }), { code: 11000 });
  const indexes = await contract.db.collection('accounts').indexes();
  assert.deepEqual(indexes.find(({ key }) => key.login === 1)?.partialFilterExpression, { __t: 'Local' });
});
