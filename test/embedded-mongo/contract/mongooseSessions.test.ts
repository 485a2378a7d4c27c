/** What a document, a populate and a query do with the session that they came with. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { type ClientSession, type Connection, Schema, type Types } from 'mongoose';
import { type MongooseContract, openMongoose } from './openMongoose.ts';

type AuthorRow = { name: string; title?: string };
type ArticleRow = { name: string; author: Types.ObjectId };
const authorOf = (connection: Connection) =>
  connection.model('Author', new Schema<AuthorRow>({ name: String, title: String }));
const articleOf = (connection: Connection) =>
  connection.model(
    'Article',
    new Schema<ArticleRow>({ name: String, author: { type: Schema.Types.ObjectId, ref: 'Author' } }),
  );

let contract: MongooseContract;
let Author: ReturnType<typeof authorOf>;
let Article: ReturnType<typeof articleOf>;
let session: ClientSession;

before(async () => {
  contract = await openMongoose();
  Author = authorOf(contract.connection);
  Article = articleOf(contract.connection);
  await Promise.all([Author.createCollection(), Article.createCollection()]);
});
beforeEach(async () => {
  await Promise.all([Author.deleteMany({}), Article.deleteMany({})]);
  session = await contract.connection.startSession();
});
afterEach(async () => {
  await session.endSession();
});
after(async () => {
  await contract.close();
});

/** An author and an article that only the transaction knows. */
async function begin() {
  session.startTransaction();
  const [author] = await Author.create([{ name: 'Ada' }], { session });
  assert.ok(author);
  const [article] = await Article.create([{ name: 'One', author: author._id }], { session });
  assert.ok(article);
  return { author, article };
}

test('populate of a query uses the session of the query', async () => {
  const { article } = await begin();
  const found = await Article.findById(article._id).session(session).populate<{ author: AuthorRow | null }>('author');
  assert.equal(found?.author?.name, 'Ada');
  await session.commitTransaction();
});

test('populate of a document uses its session, and may be told not to', async () => {
  const { article } = await begin();
  const inside = await Article.findById(article._id).session(session).orFail();
  const outside = await Article.findById(article._id).session(session).orFail();
  assert.equal((await inside.populate<{ author: AuthorRow | null }>('author')).author?.name, 'Ada');
  const without = await outside.populate<{ author: AuthorRow | null }>({ path: 'author', options: { session: null } });
  assert.equal(without.author, null);
  await session.abortTransaction();
  assert.equal(await Author.countDocuments(), 0);
});

test('a document that was read in a transaction is saved in it', async () => {
  await Author.create({ name: 'Ada' });
  session.startTransaction();
  const author = await Author.findOne().session(session).orFail();
  assert.equal(author.$session(), session);
  author.name = 'Bob';
  await author.save();
  assert.equal((await Author.findOne())?.name, 'Ada');
  await session.commitTransaction();
  assert.equal((await Author.findOne())?.name, 'Bob');
});

test('updateOne and deleteOne of a document are undone with its transaction', async () => {
  await Author.create({ name: 'Ada' });
  session.startTransaction();
  const author = await Author.findOne().session(session).orFail();
  await author.updateOne({ title: 'Countess' });
  assert.equal(await Author.countDocuments({ title: /count/i }), 0);
  await author.deleteOne();
  assert.equal(await Author.countDocuments({}).session(session), 0);
  await session.abortTransaction();
  assert.deepEqual({ ...(await Author.findOne().lean()), _id: 0 }, { _id: 0, name: 'Ada', __v: 0 });
});

test('save without a change, inside a transaction, is no error', async () => {
  await session.withTransaction(async () => {
    const [author] = await Author.create([{ name: 'Ada' }], { session });
    await author?.save();
  });
  assert.equal(await Author.countDocuments(), 1);
});

test('what was inserted in a transaction is deleted, counted and grouped in it', async () => {
  session.startTransaction();
  await Author.insertMany(
    ['Ada L', 'Bob L', 'Cem', 'Dil'].map((name) => ({ name })),
    { session },
  );
  assert.equal((await Author.deleteMany({ name: / L$/ }, { session })).deletedCount, 2);
  assert.equal((await Author.deleteOne({ name: 'Cem' }, { session })).deletedCount, 1);
  const groups = await Author.aggregate([{ $group: { _id: '$name', n: { $sum: 1 } } }]).session(session);
  assert.deepEqual(groups, [{ _id: 'Dil', n: 1 }]);
  assert.deepEqual(await Author.exists({ name: 'Cem' }).session(session), null);
  await session.commitTransaction();
  assert.equal(await Author.countDocuments(), 1);
});

test('findOneAndUpdate and an upsert belong to the transaction', async () => {
  session.startTransaction();
  const options = { upsert: true, returnDocument: 'after', session } as const;
  assert.equal((await Author.findOneAndUpdate({ name: 'Ada' }, { title: 'a' }, options))?.title, 'a');
  assert.equal((await Author.findOneAndUpdate({ name: 'Ada' }, { title: 'b' }, options))?.title, 'b');
  assert.equal(await Author.findOne({ name: 'Ada' }), null);
  await session.abortTransaction();
  assert.equal(await Author.countDocuments(), 0);
});

test('a document made in a transaction that failed can be saved again', async () => {
  const author = new Author({ name: 'Ada' });
  await assert.rejects(
    contract.connection.transaction(async (inner) => {
      await author.save({ session: inner });
      throw new Error('no');
    }),
    /no/,
  );
  assert.equal(await Author.countDocuments(), 0);
  await author.save();
  assert.equal(await Author.countDocuments(), 1);
});

test('a cursor and a $lookup see the transaction', async () => {
  const { author } = await begin();
  const seen: string[] = [];
  for await (const { name } of Article.find({ author: author._id }).session(session).lean()) seen.push(name);
  const joined = await Author.aggregate<{ articles: ArticleRow[] }>([
    { $lookup: { from: 'articles', localField: '_id', foreignField: 'author', as: 'articles' } },
  ]).session(session);
  assert.deepEqual([seen, joined[0]?.articles.length], [['One'], 1]);
  await session.abortTransaction();
});
