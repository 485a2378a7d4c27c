/** One life of the engine: writes the script through the driver, and says of each write what it was answered. */
import { type Db, MongoClient } from 'mongodb';
import { startEmbeddedMongo } from '../../../src/embedded-mongo/index.ts';
import { say } from '../child.ts';
import { type Doc, type Effect, type Found, lastWrite, type State, script } from './script.ts';

/** What became of a write: kept, not kept, or not known. */
export type Answer = {
  readonly step: number;
  readonly place: number;
  readonly outcome: Outcome;
  readonly told: string;
};
export type Outcome = 'kept' | 'not' | 'unknown';

const mostAttempts = 40;
const [, , file = ''] = process.argv;

async function write(db: Db, effect: Effect): Promise<void> {
  switch (effect.kind) {
    case 'insert':
      await db.collection<Doc>(effect.into).insertMany([...effect.docs]);
      return;
    case 'set': {
      const { v, tags } = effect;
      await db.collection<Doc>(effect.in).updateMany({ _id: { $in: [...effect.ids] } }, { $set: { v, tags } });
      return;
    }
    case 'remove':
      await db.collection<Doc>(effect.from).deleteMany({ _id: { $in: [...effect.ids] } });
      return;
    case 'makeIndex':
      await db.collection(effect.on).createIndex({ [effect.field]: 1 });
      return;
    case 'dropIndex':
      await db.collection(effect.on).dropIndex(`${effect.field}_1`);
      return;
    case 'drop':
      await db.collection(effect.collection).drop();
      return;
    case 'transaction':
      await inTransaction(db, effect.parts);
  }
}

async function inTransaction(db: Db, parts: readonly Effect[]): Promise<void> {
  const session = db.client.startSession();
  try {
    session.startTransaction();
    for (const part of parts) {
      if (part.kind === 'insert') await db.collection<Doc>(part.into).insertMany([...part.docs], { session });
      if (part.kind === 'remove')
        await db.collection<Doc>(part.from).deleteMany({ _id: { $in: [...part.ids] } }, { session });
      if (part.kind === 'set') {
        const { v, tags } = part;
        await db
          .collection<Doc>(part.in)
          .updateMany({ _id: { $in: [...part.ids] } }, { $set: { v, tags } }, { session });
      }
    }
    await session.commitTransaction();
  } catch (error) {
    if (session.inTransaction()) await session.abortTransaction().catch(() => {});
    throw error;
  } finally {
    await session.endSession();
  }
}

/** Says what a write was answered. An error without a code is no answer of the engine. */
async function tell(db: Db, effect: Effect, step: number, place: number): Promise<boolean> {
  say('begins', { step, place });
  let answer: Omit<Answer, 'step' | 'place'> = { outcome: 'kept', told: '' };
  try {
    await write(db, effect);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'none';
    const message = error instanceof Error ? error.message : String(error);
    const unknown = code === 'none' || message.startsWith('it is not certain');
    answer = { outcome: unknown ? 'unknown' : 'not', told: `${code} ${message}` };
  }
  say('answer', { step, place, ...answer });
  return answer.outcome === 'kept';
}

async function read(db: Db): Promise<State> {
  const names = (await db.listCollections().toArray()).map(({ name }) => name);
  const found = names.map(async (name): Promise<[string, Found]> => {
    const docs = await db.collection<Doc>(name).find().toArray();
    const indexes = (await db.collection(name).listIndexes().toArray()).map((each) => String(each.name));
    return [name, { indexes, docs: Object.fromEntries(docs.map((each) => [each._id, each])) }];
  });
  return Object.fromEntries(await Promise.all(found));
}

const engine = await startEmbeddedMongo({ file }).catch((error: unknown) => {
  say('noStart', String(error));
  process.exit(0);
});
say('started');
const client = await new MongoClient(engine.uri, {
  retryWrites: false,
  retryReads: false,
  serverSelectionTimeoutMS: 5000,
}).connect();
const db = client.db('crash');
for (const [step, effects] of script.entries()) {
  const kept = await Promise.all(effects.map((effect, place) => tell(db, effect, step, place)));
  if (!kept.includes(false)) continue;
  await read(db).then(
    () => say('reads'),
    (error: unknown) => say('cannotRead', String(error)),
  );
}
let works = false;
for (let attempt = 0; !works && attempt < mostAttempts; attempt++)
  works = await tell(db, lastWrite(attempt), script.length, attempt);
say('works', works);
say('last', await read(db).catch((error: unknown) => String(error)));
await client.close();
await engine.close();
say('closed');
