import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Connection, Schema } from 'mongoose';
import { type MongooseContract, openMongoose } from './openMongoose.ts';

type PersonRow = { _id: number; name: string; age: number; friends: number[]; boss?: number };
type BookRow = {
  _id: number;
  title: string;
  author?: number;
  readers: number[];
  about?: { kind: string; item: number };
};

function personOf(connection: Connection) {
  const person = new Schema<PersonRow>({
    _id: Number,
    name: String,
    age: Number,
    friends: [{ type: Number, ref: 'Person' }],
    boss: { type: Number, ref: 'Person' },
  });
  person.virtual('books', { ref: 'Book', localField: '_id', foreignField: 'author' });
  person.virtual('firstBook', { ref: 'Book', localField: '_id', foreignField: 'author', justOne: true });
  person.virtual('bookCount', { ref: 'Book', localField: '_id', foreignField: 'author', count: true });
  return connection.model('Person', person);
}

function bookOf(connection: Connection) {
  return connection.model(
    'Book',
    new Schema<BookRow>({
      _id: Number,
      title: String,
      author: { type: Number, ref: 'Person' },
      readers: [{ type: Number, ref: 'Person' }],
      about: { kind: String, item: { type: Number, refPath: 'about.kind' } },
    }),
  );
}

let contract: MongooseContract;
let Person: ReturnType<typeof personOf>;
let Book: ReturnType<typeof bookOf>;

before(async () => {
  contract = await openMongoose();
  Person = personOf(contract.connection);
  Book = bookOf(contract.connection);
  await Person.insertMany([
    { _id: 1, name: 'Ada', age: 36, friends: [2, 3] },
    { _id: 2, name: 'Bob', age: 20, friends: [1], boss: 1 },
    { _id: 3, name: 'Cem', age: 50, friends: [], boss: 2 },
  ]);
  await Book.insertMany([
    { _id: 1, title: 'One', author: 1, readers: [3, 2, 9], about: { kind: 'Person', item: 2 } },
    { _id: 2, title: 'Two', author: 1, readers: [], about: { kind: 'Book', item: 1 } },
    { _id: 3, title: 'Three', author: 9, readers: [1] },
  ]);
});
after(async () => {
  await contract.close();
});

/** The populated document as plain values. */
const plain = async (query: { lean(): PromiseLike<unknown> }) => (await query.lean()) as never;
type Filled = {
  author: PersonRow & { boss?: PersonRow };
  readers: PersonRow[];
  about: { item: PersonRow & BookRow };
};

test('a single reference', async () => {
  const book: Filled = await plain(Book.findById(1).populate('author'));
  assert.equal(book.author.name, 'Ada');
});

test('a reference to what is not there becomes null', async () => {
  const book: Filled = await plain(Book.findById(3).populate('author'));
  assert.equal(book.author, null);
});

test('an array of references keeps its order and leaves out what is not there', async () => {
  const book: Filled = await plain(Book.findById(1).populate('readers'));
  assert.deepEqual(
    book.readers.map(({ name }) => name),
    ['Cem', 'Bob'],
  );
});

test('populate in populate', async () => {
  const book: Filled = await plain(Book.findById(1).populate({ path: 'readers', populate: { path: 'boss' } }));
  assert.deepEqual(
    book.readers.map(({ boss }) => (boss as unknown as PersonRow | undefined)?.name),
    ['Bob', 'Ada'],
  );
});

test('select takes fields, match leaves documents out', async () => {
  const book: Filled = await plain(
    Book.findById(1).populate({ path: 'readers', select: 'name -_id', match: { age: { $gte: 30 } } }),
  );
  assert.deepEqual(book.readers, [{ name: 'Cem' }]);
});

test('match on a single reference gives null', async () => {
  const book: Filled = await plain(Book.findById(1).populate({ path: 'author', match: { age: { $lt: 10 } } }));
  assert.equal(book.author, null);
});

test('options sort and limit', async () => {
  const book: Filled = await plain(
    Book.findById(1).populate({ path: 'readers', options: { sort: { name: 1 }, limit: 1 } }),
  );
  assert.deepEqual(
    book.readers.map(({ name }) => name),
    ['Bob'],
  );
});

test('perDocumentLimit limits each document, not all together', async () => {
  const people = (await Person.find()
    .sort({ _id: 1 })
    .populate({ path: 'books', perDocumentLimit: 1, options: { sort: { _id: -1 } } })
    .lean()) as unknown as { books: BookRow[] }[];
  assert.deepEqual(
    people.map(({ books }) => books.map(({ _id }) => _id)),
    [[2], [], []],
  );
});

test('a reference whose model stands in the document', async () => {
  const books = (await Book.find({ about: { $exists: true } })
    .sort({ _id: 1 })
    .populate('about.item')
    .lean()) as unknown as Filled[];
  assert.deepEqual(
    books.map(({ about }) => about.item.name ?? about.item.title),
    ['Bob', 'One'],
  );
});

test('virtual populate: many, one, and how many', async () => {
  type Virtual = { books: BookRow[]; firstBook: BookRow | null; bookCount: number };
  const people = (await Person.find()
    .sort({ _id: 1 })
    .populate(['books', 'firstBook', 'bookCount'])
    .lean()) as unknown as Virtual[];
  assert.deepEqual(
    people.map(({ books, firstBook, bookCount }) => [books.length, firstBook?.title, bookCount]),
    [
      [2, 'One', 2],
      [0, undefined, 0],
      [0, undefined, 0],
    ],
  );
});

test('a populated document can be changed and saved, and its owner keeps the reference', async () => {
  const book = await Book.findById(2).populate<{ author: InstanceType<typeof Person> }>('author').orFail();
  book.author.age = 37;
  await book.author.save();
  book.title = 'Second';
  await book.save();
  assert.equal((await Person.findById(1))?.age, 37);
  assert.deepEqual(await contract.db.collection<{ _id: number }>('books').findOne({ _id: 2 }), {
    ...{ _id: 2, title: 'Second', author: 1, readers: [], about: { kind: 'Book', item: 1 }, __v: 0 },
  });
});

test('a model populates what is there already, and depopulates it again', async () => {
  const book = await Book.findById(1).orFail();
  await book.populate('readers');
  assert.ok(book.populated('readers'));
  book.depopulate('readers');
  assert.deepEqual([...book.readers], [3, 2]);
  const people = await Person.populate([{ friends: [3] }], { path: 'friends' });
  assert.equal((people[0] as unknown as { friends: PersonRow[] }).friends[0]?.name, 'Cem');
});
