import { Int32 } from 'bson';
import { isEqual } from '../bson/compare.ts';
import type { Reply } from '../bson/encode.ts';
import { namesOf } from '../bson/names.ts';
import { type Document, field, isDocument, setField, type Value } from '../bson/value.ts';
import { badValue, CommandError, notOffered } from '../errors.ts';
import { truthy } from '../expression/truth.ts';
import { pause } from '../query/work.ts';
import type { Collection, Index } from '../storage/catalog.ts';
import { describeIndex } from '../storage/indexSpec.ts';
import { collectionName, documentList, optionalCount, optionalDocument, requiredDocument } from './argument.ts';
import { waitForTransactions } from './collection.ts';
import { type Commands, type Context, collectionForWriting, findCollection, type Steps } from './command.ts';
import { errorReply } from './dispatch.ts';
import { buildIndexes } from './indexBuild.ts';
import { checkNewIndex } from './indexCheck.ts';

/** What tells two indexes of the same fields apart: both may be there, under different names. */
function sameSignature(a: Index, b: Index): boolean {
  return (
    sameKey(a, b) &&
    a.unique === b.unique &&
    a.sparse === b.sparse &&
    isEqual(a.partial?.filter ?? null, b.partial?.filter ?? null)
  );
}

function sameKey(a: Index, b: Index): boolean {
  return (
    a.paths.length === b.paths.length &&
    a.paths.every((path, i) => path === b.paths[i] && a.directions[i] === b.directions[i])
  );
}

/** The index that is there already, undefined for a new one; refuses one of the same name or key that differs. */
function existing(collection: Collection, wanted: Index): Index | undefined {
  for (const index of collection.indexes) {
    if (index.name === '_id_' && sameKey(index, wanted)) return index;
    if (index.name === wanted.name) {
      if (!sameSignature(index, wanted))
        throw new CommandError(
          86,
          `An existing index has the same name as the requested index: ${index.name}, but another key or signature`,
        );
      if (index.expireAfterSeconds !== wanted.expireAfterSeconds)
        throw new CommandError(
          85,
          `An equivalent index already exists with the same name but different options: ${index.name}`,
        );
      return index;
    }
    if (sameSignature(index, wanted)) {
      throw new CommandError(85, `Index already exists with a different name: ${index.name}`);
    }
  }
  return undefined;
}

function* createIndexes(context: Context): Steps {
  const name = collectionName(context.body, 'createIndexes');
  const specs = documentList(context.body, 'indexes').map((given) => {
    const spec: Document = { v: new Int32(2) };
    for (const option of namesOf(given))
      if (!['v', 'ns', 'background'].includes(option)) setField(spec, option, given[option] as Value);
    checkNewIndex(spec);
    describeIndex(0, spec, false);
    return spec;
  });
  const createdCollectionAutomatically = findCollection(context, name) === undefined;
  const collection = collectionForWriting(context, name);
  // Another client may be building the same one.
  while (collection.building.length > 0) yield pause;
  const numIndexesBefore = collection.indexes.length;
  const fresh = specs.filter((spec) => !existing(collection, describeIndex(0, spec, false)));
  const reply = () => ({
    numIndexesBefore,
    numIndexesAfter: collection.indexes.length,
    createdCollectionAutomatically,
    ...(fresh.length === 0 ? { note: 'all indexes already exist' } : {}),
    ok: 1,
  });
  if (fresh.length === 0) return reply();
  const [first] = context.engine.committed.scan(collection, { kind: 'collection', reverse: false }, 1);
  if (first) {
    const failure = yield* buildIndexes(context, collection, fresh);
    return failure ? errorReply(failure) : reply();
  }
  waitForTransactions(context, collection);
  context.engine.beforeWrite();
  for (const spec of fresh) {
    if (!existing(collection, describeIndex(0, spec, false))) context.engine.catalog.addIndex(collection, spec);
  }
  return reply();
}

function requireCollection(context: Context, command: string): Collection {
  const name = collectionName(context.body, command);
  const collection = findCollection(context, name);
  if (!collection) throw new CommandError(26, `ns does not exist: ${context.db}.${name}`);
  return collection;
}

function listIndexes(context: Context): Reply {
  const collection = requireCollection(context, 'listIndexes');
  const cursor = optionalDocument(context.body, 'cursor') ?? {};
  const specs = collection.indexes.map((index) => index.spec);
  return context.cursors.first(collection.namespace, specs, context.session, optionalCount(cursor, 'batchSize'));
}

function findIndex(collection: Collection, wanted: Value | undefined): Index {
  const index = collection.indexes.find((candidate) =>
    isDocument(wanted)
      ? sameKey(candidate, describeIndex(0, { key: wanted, name: 'wanted' }, false))
      : candidate.name === wanted,
  );
  if (!index) throw new CommandError(27, `index not found with name [${String(wanted)}]`);
  return index;
}

function dropIndexes(context: Context): Reply {
  const collection = requireCollection(context, context.request.name);
  const wanted = field(context.body, 'index');
  const nIndexesWas = collection.indexes.length;
  const gone =
    wanted === '*'
      ? collection.indexes.filter((index) => index.name !== '_id_')
      : (Array.isArray(wanted) ? wanted : [wanted]).map((one) => findIndex(collection, one));
  if (gone.some((index) => index.name === '_id_')) throw new CommandError(72, 'cannot drop _id index');
  waitForTransactions(context, collection);
  context.engine.beforeWrite();
  for (const index of gone) context.engine.catalog.dropIndex(collection, index);
  return { nIndexesWas, ok: 1 };
}

function collMod(context: Context): Reply {
  const collection = requireCollection(context, 'collMod');
  const change = requiredDocument(context.body, 'index');
  const index = findIndex(collection, field(change, 'keyPattern') ?? field(change, 'name'));
  for (const name of Object.keys(change)) {
    if (!['keyPattern', 'name', 'expireAfterSeconds', 'hidden'].includes(name))
      throw notOffered(`collMod of index.${name}`);
  }
  const spec: Document = { ...index.spec };
  const reply: Reply = {};
  if (index.name === '_id_' && truthy(change.hidden)) throw badValue("can't hide _id index");
  for (const name of ['expireAfterSeconds', 'hidden']) {
    const value = field(change, name);
    if (value === undefined) continue;
    reply[`${name}_old`] = field(spec, name);
    reply[`${name}_new`] = value;
    spec[name] = value;
  }
  describeIndex(index.id, spec, index.multikey);
  context.engine.beforeWrite();
  context.engine.catalog.changeIndex(collection, index, spec);
  return { ...reply, ok: 1 };
}

export const indexCommands: Commands = {
  createIndexes: { fields: ['indexes', 'commitQuorum'], inTransaction: false, run: createIndexes },
  listIndexes: { fields: ['cursor'], run: listIndexes },
  dropIndexes: { fields: ['index'], run: dropIndexes },
  deleteIndexes: { fields: ['index'], run: dropIndexes },
  collMod: { fields: ['index'], run: collMod },
};
