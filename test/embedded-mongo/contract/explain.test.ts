import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Collection, Document } from 'mongodb';
import { type Contract, openContract } from './openContract.ts';

type Doc = Document & { _id: number };
let contract: Contract;
let things: Collection<Doc>;

before(async () => {
  contract = await openContract();
  things = contract.db.collection<Doc>('things');
  await things.insertMany(Array.from({ length: 100 }, (_, i) => ({ _id: i, a: i % 10, b: i, tags: ['x', `t${i}`] })));
  await things.createIndexes([{ key: { a: 1, b: -1 } }, { key: { b: 1 } }, { key: { tags: 1 } }]);
});
after(async () => {
  await contract.close();
});

/** All stages of a plan from the outermost in, whether or not it stands in a plan of the newer kind. */
function stages(plan: Document): Document[] {
  const inner = [plan.queryPlan, plan.inputStage, ...(plan.inputStages ?? [])].filter((each) => each !== undefined);
  return [...(plan.stage ? [plan] : []), ...inner.flatMap(stages)];
}

async function explained(command: Document): Promise<{ names: string[]; scan: Document; stats: Document }> {
  const answer = await contract.db.command({ explain: command, verbosity: 'executionStats' });
  const found = stages(answer.queryPlanner.winningPlan);
  return {
    names: found.map(({ stage }) => stage),
    scan: found.find(({ stage }) => stage === 'IXSCAN') ?? {},
    stats: answer.executionStats,
  };
}

test('a collection scan', async () => {
  const { names, stats } = await explained({ find: 'things', filter: { c: 1 } });
  assert.deepEqual(names, ['COLLSCAN']);
  const { executionSuccess, nReturned, totalKeysExamined, totalDocsExamined } = stats;
  assert.deepEqual([executionSuccess, nReturned, totalKeysExamined, totalDocsExamined], [true, 0, 0, 100]);
});

test('an index scan tells the index, its bounds and its direction', async () => {
  const { names, scan, stats } = await explained({ find: 'things', filter: { a: 3, b: { $gte: 50 } } });
  assert.deepEqual(names, ['FETCH', 'IXSCAN']);
  const { indexName, keyPattern, isMultiKey, isUnique, isSparse, isPartial, direction } = scan;
  assert.deepEqual(
    { indexName, keyPattern, isMultiKey, isUnique, isSparse, isPartial, direction },
    {
      indexName: 'a_1_b_-1',
      keyPattern: { a: 1, b: -1 },
      isMultiKey: false,
      isUnique: false,
      isSparse: false,
      isPartial: false,
      direction: 'forward',
    },
  );
  assert.deepEqual(scan.indexBounds, { a: ['[3, 3]'], b: ['[inf.0, 50]'] });
  assert.deepEqual([stats.nReturned, stats.totalKeysExamined, stats.totalDocsExamined], [5, 5, 5]);
});

test('an index over an array is multikey', async () => {
  const { scan, stats } = await explained({ find: 'things', filter: { tags: 't5' } });
  assert.equal(scan.isMultiKey, true);
  assert.deepEqual([stats.nReturned, stats.totalKeysExamined, stats.totalDocsExamined], [1, 1, 1]);
});

test('a sort by the index has no stage of its own, and is read backwards', async () => {
  const { names, scan, stats } = await explained({
    find: 'things',
    filter: { b: { $gt: 10 } },
    sort: { b: -1 },
    limit: 5,
  });
  assert.ok(!names.includes('SORT'));
  assert.ok(names.includes('LIMIT'));
  assert.equal(scan.direction, 'backward');
  assert.deepEqual([stats.nReturned, stats.totalDocsExamined], [5, 5]);
});

test('a sort without an index is a stage', async () => {
  const { names } = await explained({ find: 'things', filter: {}, sort: { c: 1 } });
  assert.deepEqual(names, ['SORT', 'COLLSCAN']);
});

test('a collection that is not there', async () => {
  const { names, stats } = await explained({ find: 'nowhere', filter: { a: 1 } });
  assert.deepEqual(names, ['EOF']);
  assert.equal(stats.nReturned, 0);
});

test('$or reads an index for each branch', async () => {
  const { names, stats } = await explained({ find: 'things', filter: { $or: [{ b: 5 }, { tags: 't9' }] } });
  assert.ok(names.includes('OR'));
  assert.equal(names.filter((name) => name === 'IXSCAN').length, 2);
  assert.deepEqual([stats.nReturned, stats.totalKeysExamined, stats.totalDocsExamined], [2, 2, 2]);
});

const commands: [string, Document, string, number][] = [
  ['update', { update: 'things', updates: [{ q: { b: 5 }, u: { $set: { c: 1 } } }] }, 'UPDATE', 1],
  ['delete', { delete: 'things', deletes: [{ q: { b: { $lt: 3 } }, limit: 0 }] }, 'DELETE', 3],
  ['findAndModify', { findAndModify: 'things', query: { b: 5 }, update: { $set: { c: 1 } } }, 'UPDATE', 1],
  ['findAndModify that removes', { findAndModify: 'things', query: { b: 5 }, remove: true }, 'DELETE', 1],
];
for (const [title, command, outermost, examined] of commands) {
  test(`what ${title} would do is told, and not done`, async () => {
    const { names, stats } = await explained(command);
    assert.equal(names[0], outermost);
    assert.ok(names.includes('IXSCAN'));
    assert.equal(stats.totalDocsExamined, examined);
    assert.equal(await things.countDocuments({ c: 1 }), 0);
    assert.equal(await things.countDocuments({}), 100);
  });
}

test('distinct and aggregate tell which index they read', async () => {
  const { scan } = await explained({ distinct: 'things', key: 'c', query: { b: { $lt: 5 } } });
  assert.equal(scan.indexName, 'b_1');
  const pipeline = [{ $match: { b: 5 } }];
  const { scan: other } = await explained({ aggregate: 'things', pipeline, cursor: {} });
  assert.equal(other.indexName, 'b_1');
});

test('queryPlanner alone runs nothing', async () => {
  const answer = await contract.db.command({
    explain: { find: 'things', filter: { a: 1 } },
    verbosity: 'queryPlanner',
  });
  assert.equal(answer.executionStats, undefined);
  assert.equal(answer.queryPlanner.namespace, `${contract.db.databaseName}.things`);
});

test('the plan is told by the driver as well', async () => {
  const answer = await things.find({ b: 5 }).explain('executionStats');
  assert.equal(answer.executionStats.totalDocsExamined, 1);
});
