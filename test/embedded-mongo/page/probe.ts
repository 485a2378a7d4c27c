import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Db, MongoServerError } from 'mongodb';
import { commands } from '../../../src/embedded-mongo/command/commands.ts';
import {
  collationOptions,
  collectionOptions,
  commandNames,
  indexKinds,
  indexOptions,
  type Kind,
  operatorNames,
} from './names.ts';

const house = join(import.meta.dirname, '../../../src/embedded-mongo');

/** What the engine says when it is asked, never what somebody wrote down about it. */
export type Answered = {
  readonly offered: readonly string[];
  /** NotImplemented (238): MongoDB has it, this engine has not. */
  readonly refused: readonly string[];
  /** Told like a name that nobody has ever heard of. */
  readonly unknown: readonly string[];
};

/** Every word with a `$` that stands in the engine's source as a name: whatever is offered is among them. */
function namesInSource(): readonly string[] {
  const files = readdirSync(house, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const found = files.flatMap((name) =>
    [...readFileSync(join(house, name), 'utf8').matchAll(/['"\s](\$[a-z][A-Za-z0-9]*)(?:'|"|:)/g)].map(
      (match) => match[1] ?? '',
    ),
  );
  // The parts of a DBRef are fields of a value, not operators.
  return [...new Set(found)].filter((name) => !['$ref', '$id', '$db'].includes(name));
}

type Problem = { readonly code: number; readonly message: string } | null;

async function problemOf(run: () => Promise<unknown>): Promise<Problem> {
  try {
    await run();
    return null;
  } catch (error) {
    if (!(error instanceof MongoServerError)) throw error;
    return { code: Number(error.code), message: error.message };
  }
}

const ask: Readonly<Record<Kind, (db: Db, name: string) => Promise<unknown>>> = {
  'field operators': (db, name) => db.command({ find: 'rows', filter: { a: { [name]: 1 } } }),
  'query operators': (db, name) => db.command({ find: 'rows', filter: { [name]: 1 } }),
  'update operators': (db, name) =>
    db.collection('rows').updateOne({ a: 1 }, { [name]: { zz: 1 } } as Record<`$${string}`, unknown>),
  stages: (db, name) => db.command({ aggregate: 'rows', pipeline: [{ [name]: 1 }], cursor: {} }),
  accumulators: (db, name) =>
    db.command({ aggregate: 'rows', pipeline: [{ $group: { _id: null, r: { [name]: 1 } } }], cursor: {} }),
  expressions: (db, name) =>
    db.command({ aggregate: 'rows', pipeline: [{ $project: { r: { [name]: 1 } } }], cursor: {} }),
};

/** No database has these; what is answered to them tells how an unknown name is answered. */
const nonsense = ['$nobodyKnowsThis', 'nobodyKnowsThis'] as const;

async function sortOut(
  names: readonly string[],
  probe: (name: string) => Promise<unknown>,
  stranger: string,
): Promise<Answered> {
  const offered: string[] = [];
  const refused: string[] = [];
  const unknown: string[] = [];
  const strange = await problemOf(() => probe(stranger));
  if (strange === null) throw new Error(`the engine takes ${stranger}`);
  for (const name of names) {
    const problem = await problemOf(() => probe(name));
    const asStranger = problem?.code === strange.code && problem.message === strange.message.replaceAll(stranger, name);
    (problem?.code === 238 ? refused : asStranger ? unknown : offered).push(name);
  }
  return { offered: offered.sort(), refused: refused.sort(), unknown: unknown.sort() };
}

/** Names of MongoDB and of the source, asked one by one. A source's name that is another kind's is no gap of this kind. */
export async function probeOperators(db: Db, kind: Kind): Promise<Answered> {
  const known = operatorNames[kind];
  const more = namesInSource().filter((name) => !known.includes(name));
  await db.collection('rows').deleteMany({});
  await db.collection('rows').insertOne({ a: 1 });
  const documented = await sortOut(known, (name) => ask[kind](db, name), nonsense[0]);
  const others = await sortOut(more, (name) => ask[kind](db, name), nonsense[0]);
  return { ...documented, offered: [...documented.offered, ...others.offered].sort() };
}

export async function probeCommands(db: Db): Promise<Answered> {
  const offered = Object.keys(commands).sort();
  const others = commandNames.filter((name) => !offered.includes(name));
  const answered = await sortOut(others, (name) => db.command({ [name]: 1 }), nonsense[1]);
  // A command that is answered without being in the table would be one that this page hides.
  return { ...answered, offered: [...offered, ...answered.offered].sort() };
}

/** Options that are taken with their value, and those that are refused; a name that is taken for nonsense counts as refused. */
async function taken(
  names: readonly string[],
  probe: (name: string) => Promise<unknown>,
): Promise<Omit<Answered, 'unknown'>> {
  const offered: string[] = [];
  const refused: string[] = [];
  for (const name of names) ((await problemOf(() => probe(name))) === null ? offered : refused).push(name);
  return { offered, refused };
}

export async function probeOptions(db: Db) {
  const index = await taken(Object.keys(indexOptions), async (option) => {
    await db
      .collection('indexed')
      .drop()
      .catch(() => {});
    await db.command({
      createIndexes: 'indexed',
      indexes: [{ key: { a: 1 }, name: 'one', [option]: indexOptions[option] }],
    });
  });
  const kinds = await taken([...indexKinds.map((kind) => JSON.stringify(kind)), 'wildcard'], async (kind) => {
    await db
      .collection('indexed')
      .drop()
      .catch(() => {});
    const key = kind === 'wildcard' ? { '$**': 1 } : { a: JSON.parse(kind) };
    await db.command({ createIndexes: 'indexed', indexes: [{ key, name: 'one' }] });
  });
  const collection = await taken(Object.keys(collectionOptions), async (option) => {
    await db
      .collection('made')
      .drop()
      .catch(() => {});
    await db.command({
      create: 'made',
      [option]: collectionOptions[option],
      ...(option === 'capped' ? { size: 4096 } : {}),
    });
  });
  const values = Object.entries(collationOptions).flatMap(([option, each]) =>
    each.map((value) => [`${option}: ${value}`, { [option]: value }] as const),
  );
  const collation = await taken(
    values.map(([name]) => name),
    (name) =>
      db.command({
        find: 'rows',
        filter: {},
        collation: { locale: 'en', ...values.find(([each]) => each === name)?.[1] },
      }),
  );
  return { index, kinds, collection, collation };
}
