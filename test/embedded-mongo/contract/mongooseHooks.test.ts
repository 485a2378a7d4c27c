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

const row = () => new Schema({ n: Number, text: String });

test('save and validate: their order, and what a hook sets is stored', async () => {
  const order: string[] = [];
  const schema = row();
  schema.pre('validate', () => void order.push('before validate'));
  schema.post('validate', () => void order.push('after validate'));
  schema.pre('save', function () {
    order.push('before save');
    this.text = `n is ${this.n}`;
  });
  schema.post('save', () => void order.push('after save'));
  const Saved = contract.connection.model('Saved', schema);
  await Saved.create({ n: 4 });
  assert.deepEqual(order, ['before validate', 'after validate', 'before save', 'after save']);
  assert.equal((await contract.db.collection('saveds').findOne())?.text, 'n is 4');
});

test('a hook that throws keeps the document out', async () => {
  const schema = row();
  schema.pre('save', function () {
    if (this.n === 0) throw new Error('nothing');
  });
  const Kept = contract.connection.model('Kept', schema);
  await assert.rejects(Kept.create({ n: 0 }), /nothing/);
  assert.equal(await Kept.countDocuments(), 0);
});

test('updateOne and updateMany see and change the update', async () => {
  const schema = row();
  schema.pre('updateOne', function () {
    this.set({ text: 'by hook' });
  });
  schema.pre('updateMany', function () {
    this.where({ n: { $gt: 1 } });
  });
  const Changed = contract.connection.model('Changed', schema);
  await Changed.insertMany([{ n: 1 }, { n: 2 }, { n: 3 }]);
  await Changed.updateOne({ n: 1 }, { $inc: { n: 0 } });
  assert.equal((await Changed.findOne({ n: 1 }))?.text, 'by hook');
  assert.equal((await Changed.updateMany({}, { text: 'many' })).modifiedCount, 2);
});

test('findOneAndUpdate: the document before and after', async () => {
  const seen: unknown[] = [];
  const schema = row();
  schema.pre('findOneAndUpdate', async function () {
    seen.push((await this.model.findOne(this.getFilter()).lean<{ n: number }>())?.n);
  });
  schema.post('findOneAndUpdate', (found: { n: number }) => void seen.push(found.n));
  const Found = contract.connection.model('Found', schema);
  await Found.create({ n: 1 });
  await Found.findOneAndUpdate({ n: 1 }, { n: 2 }, { returnDocument: 'after' });
  assert.deepEqual(seen, [1, 2]);
});

test('deleteOne on a document and on a query', async () => {
  const seen: string[] = [];
  const schema = row();
  schema.pre('deleteOne', { document: true, query: false }, function () {
    seen.push(`document ${this.n}`);
  });
  schema.pre('deleteOne', { document: false, query: true }, function () {
    seen.push(`query ${this.getFilter().n ?? 'of a document'}`);
  });
  schema.post('deleteMany', (result: { deletedCount: number }) => void seen.push(`many ${result.deletedCount}`));
  const Gone = contract.connection.model('Gone', schema);
  const [one] = await Gone.create([{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }]);
  await one?.deleteOne();
  await Gone.deleteOne({ n: 2 });
  await Gone.deleteMany({});
  assert.deepEqual(seen, ['document 1', 'query of a document', 'query 2', 'many 2']);
});

test('find can be narrowed by a hook, and looked at afterwards', async () => {
  const schema = new Schema({ n: Number, gone: Boolean });
  schema.pre(/^find/, function () {
    (this as unknown as { where: (filter: object) => void }).where({ gone: { $ne: true } });
  });
  let count = 0;
  schema.post('find', (found: unknown[]) => {
    count = found.length;
  });
  const Soft = contract.connection.model('Soft', schema);
  await Soft.insertMany([{ n: 1 }, { n: 2, gone: true }]);
  assert.equal((await Soft.find()).length, 1);
  assert.equal(count, 1);
  assert.equal(await Soft.findOne({ n: 2 }), null);
});

test('aggregate: a hook puts a stage before the others', async () => {
  const schema = row();
  schema.pre('aggregate', function () {
    this.pipeline().unshift({ $match: { n: { $gte: 2 } } });
  });
  const Summed = contract.connection.model('Summed', schema);
  await Summed.insertMany([{ n: 1 }, { n: 2 }, { n: 3 }]);
  assert.deepEqual(await Summed.aggregate([{ $group: { _id: null, sum: { $sum: '$n' } } }]), [{ _id: null, sum: 5 }]);
});

test('insertMany and bulkWrite', async () => {
  const seen: string[] = [];
  const schema = row();
  schema.pre('insertMany', (documents: { text?: string } | { text?: string }[]) => {
    for (const each of [documents].flat()) each.text = 'filled';
  });
  schema.post('insertMany', (documents: unknown) => void seen.push(`inserted ${[documents].flat().length}`));
  schema.pre('bulkWrite', (operations: unknown[]) => void seen.push(`bulk of ${operations.length}`));
  schema.post('bulkWrite', (result: unknown) => {
    seen.push(`changed ${(result as { modifiedCount: number }).modifiedCount}`);
  });
  const Many = contract.connection.model('Many', schema);
  await Many.insertMany([{ n: 1 }, { n: 2 }]);
  await Many.bulkWrite([{ updateMany: { filter: { text: 'filled' }, update: { $inc: { n: 1 } } } }]);
  assert.deepEqual(seen, ['inserted 2', 'bulk of 1', 'changed 2']);
});

test('an error hook turns a duplicate key into words of its own', async () => {
  const schema = new Schema({ key: { type: String, unique: true } });
  schema.post('save', (error: unknown, _document: unknown, next: (error?: Error) => void) => {
    const { code, keyValue } = error as { code?: number; keyValue?: { key?: string } };
    next(code === 11000 ? new Error(`${keyValue?.key} is taken`) : (error as Error));
  });
  const Taken = contract.connection.model('Taken', schema);
  await Taken.init();
  await Taken.create({ key: 'a' });
  await assert.rejects(Taken.create({ key: 'a' }), /^Error: a is taken$/);
});

test('hooks of subdocuments run with their owner', async () => {
  const seen: string[] = [];
  const part = new Schema({ n: Number });
  part.pre('save', function () {
    seen.push(`part ${this.n}`);
  });
  const Owner = contract.connection.model('Owner', new Schema({ parts: [part] }));
  await Owner.create({ parts: [{ n: 1 }, { n: 2 }] });
  assert.deepEqual(seen.sort(), ['part 1', 'part 2']);
});
