import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Collection, Document } from 'mongodb';
import { type Contract, openContract } from './openContract.ts';

type Doc = Document & { _id: number };
let contract: Contract;
let words: Collection<Doc>;

const texts = ['apple', 'Apple', 'äpple', 'banana', 'item 10', 'item 9', 'Banana'];

before(async () => {
  contract = await openContract();
  words = contract.db.collection<Doc>('words');
});
beforeEach(async () => {
  await words.deleteMany({});
  await words.insertMany(texts.map((word, i) => ({ _id: i + 1, word })));
});
after(async () => {
  await contract.close();
});

const found: [string, Document, Document, number[]][] = [
  ['strength 1 passes over case and accents', { word: 'APPLE' }, { locale: 'en', strength: 1 }, [1, 2, 3]],
  ['strength 2 passes over case alone', { word: 'APPLE' }, { locale: 'en', strength: 2 }, [1, 2]],
  ['strength 3 tells case and accents apart', { word: 'Apple' }, { locale: 'en', strength: 3 }, [2]],
  ['without a strength it is 3', { word: 'APPLE' }, { locale: 'en' }, []],
  [
    'strength 1 with caseLevel passes over accents alone',
    { word: 'apple' },
    { locale: 'en', strength: 1, caseLevel: true },
    [1, 3],
  ],
  ['simple compares bytes', { word: 'APPLE' }, { locale: 'simple' }, []],
  ['$in', { word: { $in: ['APPLE', 'BANANA'] } }, { locale: 'en', strength: 2 }, [1, 2, 4, 7]],
  [
    '$in with many values',
    { word: { $in: ['APPLE', 'BANANA', ...'abcdefghijkl'] } },
    { locale: 'en', strength: 2 },
    [1, 2, 4, 7],
  ],
  [
    '$in with many values, strength 1 and caseLevel',
    { word: { $in: ['apple', ...'abcdefghijkl'] } },
    { locale: 'en', strength: 1, caseLevel: true },
    [1, 3],
  ],
  ['$nin', { word: { $nin: ['APPLE', 'BANANA'] } }, { locale: 'en', strength: 2 }, [3, 5, 6]],
  ['$ne', { word: { $ne: 'APPLE' } }, { locale: 'en', strength: 1 }, [4, 5, 6, 7]],
  ['$gt', { word: { $gt: 'banana' } }, { locale: 'en', strength: 2 }, [5, 6]],
  [
    'numericOrdering compares numbers in words',
    { word: { $lt: 'item 10', $gt: 'item 1' } },
    { locale: 'en', numericOrdering: true },
    [6],
  ],
  ['a regular expression does not know of collations', { word: /^APPLE/ }, { locale: 'en', strength: 1 }, []],
  ['shifted passes over spaces', { word: 'item10' }, { locale: 'en', alternate: 'shifted' }, [5]],
  ['_id of another type than string is found', { _id: 3 }, { locale: 'en', strength: 1 }, [3]],
];
for (const [title, filter, collation, expected] of found) {
  test(`a filter under a collation: ${title}`, async () => {
    const options = { collation: { locale: 'en', ...collation } };
    const rows = await words.find(filter, options).sort({ _id: 1 }).toArray();
    assert.deepEqual(
      rows.map(({ _id }) => _id),
      expected,
    );
    assert.equal(await words.countDocuments(filter, options), expected.length);
  });
}

test('a sort follows the language, lower case first at strength 3', async () => {
  const rows = await words
    .find({}, { collation: { locale: 'en' } })
    .sort({ word: 1 })
    .toArray();
  assert.deepEqual(
    rows.map(({ word }) => word),
    ['apple', 'Apple', 'äpple', 'banana', 'Banana', 'item 10', 'item 9'],
  );
});

test('caseFirst puts upper case first', async () => {
  const rows = await words
    .find({}, { collation: { locale: 'en', caseFirst: 'upper' } })
    .sort({ word: 1 })
    .toArray();
  assert.deepEqual(
    rows.map(({ word }) => word),
    ['Apple', 'apple', 'äpple', 'Banana', 'banana', 'item 10', 'item 9'],
  );
});

test('numericOrdering sorts 9 before 10', async () => {
  const rows = await words
    .find({ word: /^item/ }, { collation: { locale: 'en', numericOrdering: true } })
    .sort({ word: 1 })
    .toArray();
  assert.deepEqual(
    rows.map(({ word }) => word),
    ['item 9', 'item 10'],
  );
});

test('Swedish sorts ä after z, German beside a', async () => {
  await words.insertOne({ _id: 20, word: 'zebra' });
  const last = async (locale: string) =>
    (await words.find({}, { collation: { locale } }).sort({ word: -1 }).limit(1).toArray())[0]?.word;
  assert.equal(await last('sv'), 'äpple');
  assert.equal(await last('de'), 'zebra');
});

test('an order within a language is chosen with @collation', async () => {
  await words.deleteMany({});
  await words.insertMany(['af', 'ä'].map((word, i) => ({ _id: i, word })));
  const first = async (locale: string) =>
    (await words.find({}, { collation: { locale } }).sort({ word: 1 }).limit(1).toArray())[0]?.word;
  assert.equal(await first('de'), 'ä');
  await words.insertOne({ _id: 5, word: 'ad' });
  // As in a telephone book ä is ae.
  const order = await words
    .find({}, { collation: { locale: 'de@collation=phonebook' } })
    .sort({ word: 1 })
    .toArray();
  assert.deepEqual(
    order.map(({ word }) => word),
    ['ad', 'ä', 'af'],
  );
});

test('distinct knows of the collation', async () => {
  const values = await words.distinct('word', { word: /pple/i }, { collation: { locale: 'en', strength: 1 } });
  assert.equal(values.length, 1);
});

test('updates and deletes find by the collation', async () => {
  const collation = { locale: 'en', strength: 1 };
  const updated = await words.updateMany({ word: 'APPLE' }, { $set: { seen: true } }, { collation });
  assert.equal(updated.modifiedCount, 3);
  const deleted = await words.deleteMany({ word: 'BANANA' }, { collation });
  assert.equal(deleted.deletedCount, 2);
});

const refused: [string, Document, number][] = [
  ['an unknown locale', { locale: 'xx' }, 2],
  ['a locale that is none', { locale: '!!' }, 2],
  ['a locale with a hyphen', { locale: 'en-US' }, 2],
  ['an empty locale', { locale: '' }, 2],
  ['no locale', { strength: 1 }, 40414],
  ['a locale that is a number', { locale: 1 }, 14],
  ['strength 6', { locale: 'en', strength: 6 }, 2],
  ['strength 0', { locale: 'en', strength: 0 }, 2],
  ['a strength that is a word', { locale: 'en', strength: 'primary' }, 14],
  ['an unknown option', { locale: 'en', strange: 1 }, 40415],
  ['an unknown caseFirst', { locale: 'en', caseFirst: 'both' }, 2],
  ['caseFirst where case does not count', { locale: 'en', strength: 2, caseFirst: 'upper' }, 2],
  ['caseLevel that is a number', { locale: 'en', caseLevel: 1 }, 14],
  ['an unknown alternate', { locale: 'en', alternate: 'never' }, 2],
  ['backwards at strength 1', { locale: 'en', strength: 1, backwards: true }, 2],
];
for (const [title, collation, code] of refused) {
  test(`a collation is refused: ${title}`, async () => {
    await assert.rejects(contract.db.command({ find: 'words', filter: {}, collation }), { code });
  });
}
