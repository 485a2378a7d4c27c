import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import mongoose, { Schema } from 'mongoose';
import { type MongooseContract, openMongoose } from './openMongoose.ts';

let contract: MongooseContract;
before(async () => {
  contract = await openMongoose();
});
after(async () => {
  await contract.close();
});

/** What lies in the database, read past Mongoose. */
const stored = (name: string, filter: object = {}) => contract.db.collection(name).findOne(filter);

test('a document that breaks its schema is not saved', async () => {
  const Person = contract.connection.model(
    'Person',
    new Schema({
      name: { type: String, required: true, minlength: 2 },
      age: { type: Number, min: 0 },
      role: { type: String, enum: ['reader', 'editor'] },
      mail: { type: String, match: /@/ },
    }),
  );
  const wrong = new Person({ name: 'A', age: -1, role: 'king', mail: 'none' });
  await assert.rejects(wrong.save(), (error: mongoose.Error.ValidationError) => {
    assert.deepEqual(Object.keys(error.errors).sort(), ['age', 'mail', 'name', 'role']);
    return error.name === 'ValidationError';
  });
  assert.equal(await Person.countDocuments(), 0);
  await assert.rejects(Person.updateOne({}, { age: -5 }, { runValidators: true }), { name: 'ValidationError' });
});

test('defaults are stored, and those that a function makes', async () => {
  const Draft = contract.connection.model(
    'Draft',
    new Schema({
      state: { type: String, default: 'new' },
      parts: { type: [String], default: () => ['one'] },
      title: String,
    }),
  );
  await Draft.create({ title: 't' });
  const found = await stored('drafts');
  assert.equal(found?.state, 'new');
  assert.deepEqual(found?.parts, ['one']);
  assert.equal(found?.__v, 0);
});

test('setDefaultsOnInsert puts defaults into an upsert', async () => {
  const Counter = contract.connection.model(
    'Counter',
    new Schema({ _id: String, kind: { type: String, default: 'plain' }, n: Number }),
  );
  await Counter.updateOne({ _id: 'a' }, { $inc: { n: 1 } }, { upsert: true });
  await Counter.updateOne({ _id: 'a' }, { $inc: { n: 1 } }, { upsert: true });
  assert.deepEqual(await Counter.findById('a').lean(), { _id: 'a', n: 2, kind: 'plain', __v: 0 });
});

test('getters, setters and virtuals change what is read, not what is stored', async () => {
  const schema = new Schema(
    {
      first: { type: String, set: (text: string) => text.trim() },
      last: { type: String, get: (text: string) => text.toUpperCase() },
    },
    { toJSON: { getters: true, virtuals: true } },
  );
  schema.virtual('full').get(function () {
    return `${this.first} ${this.last}`;
  });
  const Name = contract.connection.model('Name', schema);
  await Name.create({ first: ' Ada ', last: 'Lovelace' });
  const found = await Name.findOne().orFail();
  assert.equal(found.get('full'), 'Ada LOVELACE');
  assert.equal((found.toJSON() as { full?: string }).full, 'Ada LOVELACE');
  assert.deepEqual({ ...(await stored('names')), _id: 0 }, { _id: 0, first: 'Ada', last: 'Lovelace', __v: 0 });
});

test('lean gives plain objects as they are stored', async () => {
  const Leaf = contract.connection.model('Leaf', new Schema({ n: { type: Number, default: 5 }, tags: [String] }));
  await contract.db.collection('leafs').insertOne({ tags: ['a'] });
  const lean = await Leaf.findOne().lean();
  assert.equal(Object.hasOwn(lean ?? {}, 'n'), false);
  assert.equal(lean instanceof mongoose.Document, false);
  assert.equal((await Leaf.findOne())?.n, 5);
});

test('timestamps are set by save, updateOne, insertMany, bulkWrite and upsert', async () => {
  const Note = contract.connection.model('Note', new Schema({ key: String, text: String }, { timestamps: true }));
  const saved = await Note.create({ key: 'a' });
  assert.ok(saved.createdAt instanceof Date);
  const old = new Date(0);
  await contract.db.collection('notes').updateOne({ key: 'a' }, { $set: { createdAt: old, updatedAt: old } });
  await Note.updateOne({ key: 'a' }, { text: 'x' });
  const updated = await Note.findOne({ key: 'a' }).orFail();
  assert.equal(updated.createdAt.getTime(), 0);
  assert.ok(updated.updatedAt > old);
  await Note.insertMany([{ key: 'b' }]);
  await Note.bulkWrite([
    { insertOne: { document: { key: 'c' } } },
    { updateOne: { filter: { key: 'd' }, update: { text: 'd' }, upsert: true } },
  ]);
  assert.equal(await Note.countDocuments({ createdAt: { $type: 'date' }, updatedAt: { $type: 'date' } }), 4);
});

test('a Map keeps its keys, and one key is set without the others', async () => {
  const Tally = contract.connection.model('Tally', new Schema({ counts: { type: Map, of: Number } }));
  const { _id } = await Tally.create({ counts: { x: 1, y: 2 } });
  const one = await Tally.findById(_id).orFail();
  await contract.db.collection('tallies').updateOne({ _id }, { $set: { 'counts.other': 9 } });
  one.counts?.set('x', 3);
  one.counts?.delete('y');
  await one.save();
  assert.deepEqual((await stored('tallies'))?.counts, { x: 3, other: 9 });
});

test('Decimal128, BigInt, Buffer, UUID, Double and Int32 come back as they went', async () => {
  const Value = contract.connection.model(
    'Value',
    new Schema({
      price: Schema.Types.Decimal128,
      big: BigInt,
      bytes: Buffer,
      id: Schema.Types.UUID,
      whole: Schema.Types.Int32,
      real: Schema.Types.Double,
    }),
  );
  const id = '0ca5e1f2-7b30-4c9a-8a4e-1f2d3c4b5a69';
  await Value.create({ price: '1.50', big: 2n ** 60n, bytes: Buffer.from([0, 1, 255]), id, whole: 7, real: 7 });
  const found = await Value.findOne({ price: mongoose.Types.Decimal128.fromString('1.5'), big: 2n ** 60n }).orFail();
  assert.equal(String(found.price), '1.50');
  assert.equal(found.big, 2n ** 60n);
  assert.deepEqual([...(found.bytes ?? [])], [0, 1, 255]);
  assert.equal(String(found.id), id);
  assert.equal(
    await Value.countDocuments({ whole: { $type: 'int' }, real: { $type: 'double' }, big: { $type: 'long' } }),
    1,
  );
  assert.equal(await Value.countDocuments({ id, bytes: { $type: 'binData' }, price: { $type: 'decimal' } }), 1);
});

test('Mixed is stored whole after markModified', async () => {
  const Bag = contract.connection.model('Bag', new Schema({ any: {} }));
  const bag = await Bag.create({ any: { a: { b: 1 } } });
  (bag.any as { a: { b: number } }).a.b = 2;
  await bag.save();
  assert.deepEqual((await stored('bags'))?.any, { a: { b: 1 } });
  bag.markModified('any');
  await bag.save();
  assert.deepEqual((await stored('bags'))?.any, { a: { b: 2 } });
});

test('what a schema does not know is dropped, or kept without strict', async () => {
  const Strict = contract.connection.model('Strict', new Schema({ a: Number }));
  const Loose = contract.connection.model('Loose', new Schema({ a: Number }, { strict: false }));
  const Thrown = contract.connection.model('Thrown', new Schema({ a: Number }, { strict: 'throw' }));
  const more: { a: number } & Record<string, unknown> = { a: 1, b: 2 };
  await Strict.create(more);
  await Loose.create(more);
  assert.equal((await stored('stricts'))?.b, undefined);
  assert.equal((await stored('looses'))?.b, 2);
  await assert.rejects(Thrown.create(more), { name: 'StrictModeError' });
});

test('a value is cast for a query, and one that cannot be is refused', async () => {
  const Cast = contract.connection.model('Cast', new Schema({ n: Number, at: Date, owner: Schema.Types.ObjectId }));
  const owner = new mongoose.Types.ObjectId();
  await Cast.create({ n: 5, at: new Date(1000), owner });
  const loose: Record<string, unknown> = { n: { $in: ['5', '6'] }, at: { $lte: 1000 }, owner: String(owner) };
  assert.equal(await Cast.countDocuments(loose), 1);
  await assert.rejects(Cast.find({ n: 'five' } as Record<string, unknown>).exec(), { name: 'CastError' });
});

test('minimize leaves out empty objects, and can be told not to', async () => {
  const Small = contract.connection.model('Small', new Schema({ o: { type: Object, default: {} }, n: Number }));
  const Whole = contract.connection.model(
    'Whole',
    new Schema({ o: { type: Object, default: {} }, n: Number }, { minimize: false }),
  );
  await Small.create({ n: 1 });
  await Whole.create({ n: 1 });
  assert.equal(Object.hasOwn((await stored('smalls')) ?? {}, 'o'), false);
  assert.deepEqual((await stored('wholes'))?.o, {});
});
