/** Update operators as Mongoose casts and sends them. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { type Connection, Schema } from 'mongoose';
import { type MongooseContract, openMongoose } from './openMongoose.ts';

type Row = {
  _id: number;
  n: number;
  tags: string[];
  scores: number[];
  notes: { _id: number; text: string; likes: number; replies: { by: string; n: number }[] }[];
  at?: Date;
};
const rowOf = (connection: Connection) =>
  connection.model(
    'Row',
    new Schema<Row>({
      _id: Number,
      n: Number,
      tags: [String],
      scores: [Number],
      notes: [{ _id: Number, text: String, likes: Number, replies: [{ _id: false, by: String, n: Number }] }],
      at: Date,
    }),
  );

let contract: MongooseContract;
let Row: ReturnType<typeof rowOf>;
before(async () => {
  contract = await openMongoose();
  Row = rowOf(contract.connection);
});
beforeEach(async () => {
  await Row.deleteMany({});
  await Row.create({
    _id: 1,
    n: 1,
    tags: ['a', 'b'],
    scores: [3, 1, 2],
    notes: [
      { _id: 1, text: 'one', likes: 1, replies: [{ by: 'x', n: 1 }] },
      {
        _id: 2,
        text: 'two',
        likes: 2,
        replies: [
          { by: 'x', n: 2 },
          { by: 'y', n: 3 },
        ],
      },
    ],
  });
});
after(async () => {
  await contract.close();
});

const now = async () => (await Row.findById(1).lean().orFail()) as Row;

test('$push with $each, $position, $sort and $slice', async () => {
  await Row.updateOne({ _id: 1 }, { $push: { tags: { $each: ['x', 'y'], $position: 1 } } });
  assert.deepEqual((await now()).tags, ['a', 'x', 'y', 'b']);
  await Row.updateOne({ _id: 1 }, { $push: { scores: { $each: [9, 0], $sort: -1, $slice: 3 } } });
  assert.deepEqual((await now()).scores, [9, 3, 2]);
});

test('$addToSet, $pull with a condition, $pullAll, $pop', async () => {
  await Row.updateOne({ _id: 1 }, { $addToSet: { tags: { $each: ['b', 'c'] } }, $pull: { scores: { $gte: 3 } } });
  assert.deepEqual(
    [(await now()).tags, (await now()).scores],
    [
      ['a', 'b', 'c'],
      [1, 2],
    ],
  );
  await Row.updateOne({ _id: 1 }, { $pullAll: { tags: ['a', 'c'] }, $pop: { scores: -1 } });
  assert.deepEqual([(await now()).tags, (await now()).scores], [['b'], [2]]);
  await Row.updateOne({ _id: 1 }, { $pull: { notes: { text: 'one' } } });
  assert.deepEqual(
    (await now()).notes.map(({ _id }) => _id),
    [2],
  );
});

test('the place that the filter found, every place, and places by a filter of their own', async () => {
  await Row.updateOne({ _id: 1, 'notes.text': 'two' }, { $inc: { 'notes.$.likes': 10 } });
  await Row.updateOne({ _id: 1 }, { $inc: { 'notes.$[].likes': 1 } });
  assert.deepEqual(
    (await now()).notes.map(({ likes }) => likes),
    [2, 13],
  );
  await Row.updateOne(
    { _id: 1 },
    { $set: { 'notes.$[note].replies.$[reply].n': 0 } },
    { arrayFilters: [{ 'note.likes': { $gt: 5 } }, { 'reply.by': 'y' }] },
  );
  assert.deepEqual((await now()).notes[1]?.replies, [
    { by: 'x', n: 2 },
    { by: 'y', n: 0 },
  ]);
});

test('$min, $max, $mul, $unset and $rename', async () => {
  await Row.updateOne({ _id: 1 }, { $max: { n: 5 } });
  await Row.updateOne({ _id: 1 }, { $min: { n: 9 } });
  await Row.updateOne({ _id: 1 }, { $mul: { n: 3 } });
  assert.equal((await now()).n, 15);
  await Row.updateOne({ _id: 1 }, { $unset: { tags: 1 } });
  await Row.updateOne({ _id: 1 }, { $rename: { n: 'm' } }, { strict: false });
  const raw = await contract.db.collection<{ _id: number; m?: number }>('rows').findOne({ _id: 1 });
  assert.equal(raw?.m, 15);
  assert.equal(Object.hasOwn(raw ?? {}, 'tags'), false);
});

test('$currentDate sets a date of the server', async () => {
  await Row.updateOne({ _id: 1 }, { $currentDate: { at: true } });
  assert.ok((await now()).at instanceof Date);
});

test('two operators on one path are a conflict', async () => {
  await assert.rejects(Row.updateOne({ _id: 1 }, { $set: { n: 1 }, $inc: { n: 1 } }).exec(), { code: 40 });
});

test('values are cast, and a wrong one is refused before it is sent', async () => {
  const loose: Record<string, unknown> = { $push: { scores: '7' }, at: '2024-01-01T00:00:00Z' };
  await Row.updateOne({ _id: 1 }, loose);
  assert.deepEqual((await now()).scores, [3, 1, 2, 7]);
  assert.equal((await now()).at?.getTime(), Date.UTC(2024, 0, 1));
  await assert.rejects(Row.updateOne({ _id: 1 }, { $inc: { n: 'one' } } as Record<string, unknown>).exec(), {
    name: 'CastError',
  });
});

test('$inc on text and $push on a number are refused by the server', async () => {
  const rows = contract.db.collection<{ _id: number }>('rows');
  await rows.updateOne({ _id: 1 }, { $set: { word: 'w' } });
  await assert.rejects(rows.updateOne({ _id: 1 }, { $inc: { word: 1 } }), { code: 14 });
  await assert.rejects(rows.updateOne({ _id: 1 }, { $push: { n: 1 } } as object), { code: 2 });
});

test('findByIdAndUpdate, findByIdAndDelete, and updateMany of what differs', async () => {
  assert.equal((await Row.findByIdAndUpdate(1, { $inc: { n: 4 } }, { returnDocument: 'after' }))?.n, 5);
  await Row.create([{ _id: 2, n: 5 }]);
  assert.equal((await Row.updateMany({ n: 5 }, { $set: { tags: [] } })).modifiedCount, 1);
  assert.equal((await Row.findByIdAndDelete(2))?._id, 2);
  assert.equal(await Row.findByIdAndDelete(2), null);
});

test('an upsert takes its fields from the filter', async () => {
  const result = await Row.updateOne({ _id: 7, n: { $eq: 3 } }, { $push: { tags: 'new' } }, { upsert: true });
  assert.equal(result.upsertedId as unknown, 7);
  const raw = await contract.db.collection<{ _id: number }>('rows').findOne({ _id: 7 });
  assert.deepEqual({ ...raw, __v: 0 }, { _id: 7, n: 3, tags: ['new'], scores: [], notes: [], __v: 0 });
});
