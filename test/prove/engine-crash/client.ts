/**
 * A client that writes its own documents without a pause, whatever happens to the engine, knows what each of them has to
 * be, and looks after each failure, and now and then, whether it is so.
 */
import { type Collection, MongoClient, MongoServerError } from 'mongodb';
import { pause, say, told } from '../child.ts';
import { randomFrom } from '../evidence.ts';

export type ClientOrder = {
  readonly uri: string;
  readonly client: number;
  readonly seed: number;
  readonly retryWrites: boolean;
};
export type ClientCount = {
  readonly acknowledged: number;
  readonly failed: number;
  /** Writes without an answer that had been made, and that had not. */
  readonly found: { readonly made: number; readonly halfWay: number; readonly notMade: number };
  readonly looks: number;
};

type Doc = { readonly _id: string; readonly client: number; readonly v: number; readonly tags: readonly string[] };
type Model = ReadonlyMap<string, number>;
type Work = {
  readonly after: Model;
  readonly run: (docs: Collection<Doc>) => Promise<unknown>;
  /** Whether a failed one may leave this, part of it done. */
  readonly halfWay?: (found: Model) => boolean;
};

const most = 60;
const lookEvery = 40;

const { uri, client: number, seed, retryWrites } = await told<ClientOrder>();
const random = randomFrom(seed);
const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
const client = new MongoClient(uri, {
  retryWrites,
  retryReads: true,
  serverSelectionTimeoutMS: 3000,
  minHeartbeatFrequencyMS: 20,
  maxPoolSize: 2,
});
const docs = client.db('crash').collection<Doc>('load');
const count = { acknowledged: 0, failed: 0, made: 0, halfWay: 0, notMade: 0, looks: 0 };
let model: Model = new Map();
let serial = 0;
let ending = false;
let first = true;

const fresh = (): Doc => ({
  _id: `${number}-${++serial}`,
  client: number,
  v: 1,
  tags: [`c${number}`, `s${serial % 7}`, 'all'],
});
const with_ = (changes: readonly (readonly [string, number | null])[]): Model => {
  const next = new Map(model);
  for (const [id, v] of changes) v === null ? next.delete(id) : next.set(id, v);
  return next;
};
const countOf = (id: string): number => model.get(id) ?? 0;

function insert(): Work {
  const made = Array.from({ length: 1 + Math.floor(random() * 5) }, fresh);
  return { after: with_(made.map(({ _id, v }) => [_id, v])), run: (all) => all.insertMany(made) };
}

function increase(id: string): Work {
  const tags = [`v${countOf(id) % 5}`, 'all'];
  return {
    after: with_([[id, countOf(id) + 1]]),
    run: (all) => all.updateOne({ _id: id }, { $inc: { v: 1 }, $set: { tags } }),
  };
}

function increaseMany(ids: readonly string[]): Work {
  return {
    after: with_(ids.map((id) => [id, countOf(id) + 1])),
    // Not retryable as MongoDB has it: half of the clients see the failure, half would not repeat it either.
    run: (all) => all.updateMany({ _id: { $in: [...ids] } }, { $inc: { v: 1 } }),
    // Of many documents each is changed whole or not at all; how many, nobody promised, here as in MongoDB.
    halfWay: (found) => {
      const rest = new Map(found);
      for (const id of ids) if (rest.get(id) === countOf(id) + 1) rest.set(id, countOf(id));
      return same(rest, model);
    },
  };
}

function remove(id: string): Work {
  return { after: with_([[id, null]]), run: (all) => all.deleteOne({ _id: id }) };
}

/** Takes one away, makes one and changes one: all of it or nothing. */
function move(from: string, to: string): Work {
  const made = fresh();
  return {
    after: with_([
      [from, null],
      [to, countOf(to) + 1],
      [made._id, 1],
    ]),
    run: async (all) => {
      const session = client.startSession();
      try {
        session.startTransaction();
        await all.deleteOne({ _id: from }, { session });
        await all.updateOne({ _id: to }, { $inc: { v: 1 } }, { session });
        await all.insertOne(made, { session });
        await session.commitTransaction();
      } finally {
        await session.endSession().catch(() => {});
      }
    },
  };
}

function nextWork(): Work {
  const ids = [...model.keys()];
  const [one, other] = [pick(ids), pick(ids)];
  if (one === undefined || other === undefined || ids.length < 10) return insert();
  const chance = random();
  if (ids.length > most || chance < 0.15) return remove(one);
  if (chance < 0.35) return insert();
  if (chance < 0.65) return increase(one);
  if (chance < 0.8) return increaseMany(ids.slice(0, 5));
  return one === other ? increase(one) : move(one, other);
}

const same = (one: Model, other: Model): boolean =>
  one.size === other.size && [...one].every(([id, v]) => other.get(id) === v);

/** Reads what is there, by an index, until there is somebody to answer. */
async function look(): Promise<Model> {
  for (;;) {
    try {
      const found = await docs.find({ client: number }, { hint: 'client_1' }).toArray();
      count.looks++;
      return new Map(found.map(({ _id, v }) => [_id, v]));
    } catch (error) {
      if (error instanceof MongoServerError && error.code !== 43) say('violation', `cannot read: ${error.message}`);
      await pause(5);
    }
  }
}

const told_ = (state: Model): string => JSON.stringify([...state].sort());

async function judge(possible: readonly Model[], halfWay?: Work['halfWay']): Promise<number> {
  const found = await look();
  const which = possible.findIndex((each) => same(each, found));
  const isHalf = which === -1 && halfWay?.(found) === true;
  if (isHalf) count.halfWay++;
  if (which === -1 && !isHalf)
    say('violation', `client ${number} found ${told_(found)}, not ${possible.map(told_).join(' or ')}`);
  model = found;
  return which;
}

process.on('message', (word) => {
  if (word === 'finish') ending = true;
});
for (let turn = 1; !ending; turn++) {
  const work = nextWork();
  try {
    await work.run(docs);
    model = work.after;
    count.acknowledged++;
    // The first of each life, so that it is known to have been under load.
    if (first) say('acknowledged');
    first = false;
  } catch (error) {
    count.failed++;
    first = true;
    // A number is the engine's; the driver gives words to a connection that is gone.
    const refused = error instanceof MongoServerError && typeof error.code === 'number';
    if (refused && error.errorLabels.length === 0 && error.code !== 251) {
      say('violation', `client ${number} was refused: ${error.code} ${error.message}`);
    }
    const which = await judge([model, work.after], work.halfWay);
    if (which === 0) count.notMade++;
    if (which === 1) count.made++;
  }
  if (turn % lookEvery === 0) await judge([model]);
}
await judge([model]);
const { made, halfWay, notMade, ...rest } = count;
say('finished', { ...rest, found: { made, halfWay, notMade } } satisfies ClientCount);
await client.close();
process.disconnect?.();
