import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Schema, type Types } from 'mongoose';
import { type MongooseContract, openMongoose } from './openMongoose.ts';

let contract: MongooseContract;
before(async () => {
  contract = await openMongoose();
});
after(async () => {
  await contract.close();
});

const rows = () =>
  new Schema({ title: String, tags: [String], numbers: [Number], notes: [{ text: String, marks: [{ n: Number }] }] });

const stored = (name: string) => contract.db.collection(name).findOne({}, { projection: { _id: 0, 'notes._id': 0 } });

test('__v is 0 at first and rises when the places of an array change', async () => {
  const Doc = contract.connection.model('Vone', rows());
  const doc = await Doc.create({ title: 'a', tags: ['x', 'y'] });
  doc.title = 'b';
  await doc.save();
  assert.equal((await stored('vones'))?.__v, 0);
  doc.tags.push('z');
  await doc.save();
  (doc.tags as Types.Array<string>).pull('x');
  await doc.save();
  assert.deepEqual((await stored('vones'))?.tags, ['y', 'z']);
  assert.equal((await Doc.findOne())?.__v, doc.__v);
  assert.ok(doc.__v > 0);
});

test('two who push at once both keep their part', async () => {
  const Doc = contract.connection.model('Vtwo', rows());
  await Doc.create({ tags: ['a'] });
  const [one, two] = [await Doc.findOne().orFail(), await Doc.findOne().orFail()];
  one.tags.push('b');
  two.tags.push('c', 'd');
  await one.save();
  await two.save();
  assert.deepEqual((await stored('vtwos'))?.tags, ['a', 'b', 'c', 'd']);
});

test('a place in an array that another has moved is a VersionError', async () => {
  const Doc = contract.connection.model('Vthree', rows());
  await Doc.create({ notes: [{ text: 'a' }, { text: 'b' }] });
  const [one, two] = [await Doc.findOne().orFail(), await Doc.findOne().orFail()];
  one.notes.splice(0, 1);
  await one.save();
  if (two.notes[1]) two.notes[1].text = 'changed';
  await assert.rejects(two.save(), { name: 'VersionError' });
  assert.deepEqual((await stored('vthrees'))?.notes, [{ text: 'b', marks: [] }]);
});

test('optimisticConcurrency refuses the second of two savers', async () => {
  const schema = new Schema({ title: String, n: Number }, { optimisticConcurrency: true });
  const Doc = contract.connection.model('Vfour', schema);
  await Doc.create({ title: 'a', n: 0 });
  const [one, two] = [await Doc.findOne().orFail(), await Doc.findOne().orFail()];
  one.n = 1;
  await one.save();
  two.title = 'late';
  await assert.rejects(two.save(), { name: 'VersionError' });
  assert.deepEqual({ ...(await stored('vfours')) }, { title: 'a', n: 1, __v: 1 });
});

test('a document that was deleted meanwhile cannot be saved', async () => {
  const Doc = contract.connection.model('Vfive', rows());
  const doc = await Doc.create({ title: 'a' });
  await Doc.deleteOne({ _id: doc._id });
  doc.title = 'b';
  await assert.rejects(doc.save(), { name: 'DocumentNotFoundError' });
  assert.equal(await Doc.countDocuments(), 0);
});

test('subdocuments: pushed, changed by id, pulled by id, nested ones too', async () => {
  const Doc = contract.connection.model('Vsix', rows());
  const doc = await Doc.create({ notes: [{ text: 'a', marks: [{ n: 1 }] }] });
  doc.notes.push({ text: 'b', marks: [{ n: 2 }, { n: 3 }] });
  await doc.save();
  const second = doc.notes[1];
  second?.marks.pull(second.marks[0]?._id);
  const first = doc.notes.id(String(doc.notes[0]?._id));
  if (first) first.text = 'A';
  await doc.save();
  const found = await Doc.findOne().orFail();
  assert.deepEqual(
    found.notes.map(({ text, marks }) => [text, marks.map(({ n }) => n)]),
    [
      ['A', [1]],
      ['b', [3]],
    ],
  );
  found.notes.pull({ _id: found.notes[0]?._id });
  await found.save();
  assert.equal((await stored('vsixes'))?.notes.length, 1);
});

test('addToSet, unshift, splice, set, sort and whole assignment of an array', async () => {
  const Doc = contract.connection.model('Vseven', rows());
  const doc = await Doc.create({ tags: ['a'], numbers: [3, 1] });
  (doc.tags as Types.Array<string>).addToSet('a', 'b');
  await doc.save();
  doc.tags.unshift('first');
  await doc.save();
  doc.numbers.splice(0, 1, 8, 9);
  await doc.save();
  (doc.numbers as Types.Array<number>).set(1, 7);
  await doc.save();
  assert.deepEqual((await stored('vsevens'))?.tags, ['first', 'a', 'b']);
  assert.deepEqual((await stored('vsevens'))?.numbers, [8, 7, 1]);
  doc.numbers.sort((one, other) => one - other);
  doc.set('tags', []);
  await doc.save();
  assert.deepEqual((await stored('vsevens'))?.tags, []);
  assert.deepEqual((await stored('vsevens'))?.numbers, [1, 7, 8]);
});

test('$inc, $pop and $shift on a document', async () => {
  const Doc = contract.connection.model('Veight', new Schema({ n: Number, list: [Number] }));
  const doc = await Doc.create({ n: 1, list: [1, 2, 3] });
  await Doc.updateOne({}, { $inc: { n: 10 } });
  doc.$inc('n', 2);
  await doc.save();
  assert.equal((await stored('veights'))?.n, 13);
  (doc.list as Types.Array<number> & { $pop(): number }).$pop();
  await doc.save();
  assert.deepEqual((await stored('veights'))?.list, [1, 2]);
});

test('a field set to undefined goes, set to null stays', async () => {
  const Doc = contract.connection.model('Vnine', new Schema({ a: Number, b: Number, in: { c: Number, d: Number } }));
  const doc = await Doc.create({ a: 1, b: 2, in: { c: 3, d: 4 } });
  doc.set('a', undefined);
  doc.b = null;
  doc.set('in.c', undefined);
  await doc.save();
  assert.deepEqual({ ...(await stored('vnines')), __v: 0 }, { b: null, in: { d: 4 }, __v: 0 });
});

test('a version key of another name, and none', async () => {
  const Named = contract.connection.model('Named', new Schema({ t: [String] }, { versionKey: 'rev' }));
  const None = contract.connection.model('None', new Schema({ t: [String] }, { versionKey: false }));
  const named = await Named.create({ t: ['a', 'b'] });
  (named.t as Types.Array<string>).pull('a');
  await named.save();
  await None.create({ t: ['a'] });
  assert.equal((await stored('nameds'))?.rev, 1);
  assert.deepEqual({ ...(await stored('nones')) }, { t: ['a'] });
});
