import { show } from './bson.ts';
import type { Command } from './command.ts';
import { isAllowed, loose, sameBag } from './compare.ts';
import { hasParallelArrays, type Order } from './keys.ts';
import { ends, matches } from './match.ts';
import { runStage, type Stage, stageValue } from './pipeline.ts';
import { project } from './project.ts';
import type { Run } from './run.ts';
import { doc, type Fields, get, int, list, string, type Value } from './value.ts';
import { batchOf } from './whole.ts';

type Read = Extract<Command, { kind: 'find' | 'count' | 'distinct' | 'aggregate' }>;

/** Sends a question and holds the answer against the model's. */
export async function ask(run: Run, command: Read): Promise<void> {
  const { session, collection } = command;
  const { documents } = run.model.desk(session, collection, false);
  switch (command.kind) {
    case 'find':
      return find(run, command, documents);
    case 'count':
      return run.model.isOpen(session)
        ? find(run, { ...command, kind: 'find', order: null, projection: null }, documents)
        : count(run, command, documents);
    case 'distinct':
      return distinct(run, command, documents);
    case 'aggregate':
      return aggregate(run, command, documents);
  }
}

/** MongoDB refuses to sort by two arrays of one document: the second path is left out then. */
const sortable = (order: Order | null, documents: readonly Fields[]): Order | null =>
  order !== null && hasParallelArrays(documents, order) ? order.slice(0, 1) : order;

async function find(run: Run, command: Read & { kind: 'find' }, documents: readonly Fields[]): Promise<void> {
  const { collection, session, filter, skip, limit, projection } = command;
  const order = sortable(command.order, documents);
  const sent = doc([
    ['find', string(collection)],
    ['filter', filter],
    ...(order === null ? [] : [['sort', orderValue(order)] as const]),
    ...(skip === 0 ? [] : [['skip', int(skip)] as const]),
    ...(limit === 0 ? [] : [['limit', int(limit)] as const]),
    ...(projection === null ? [] : [['projection', projection] as const]),
  ]);
  const result = batchOf(await run.must(sent, session));
  const found = documents.filter((each) => matches(filter, each));
  const shown = (each: Fields): Fields => (projection === null ? each : project(projection, each));
  if (!isAllowed(result, { found, order, skip, limit }, shown))
    run.differ(
      `found\n   ${result.map(show).join('\n   ')}\nexpected of\n   ${found.map(shown).map(show).join('\n   ')}`,
    );
}

const orderValue = (order: Order): Fields => doc(order.map(([path, way]) => [path, int(way)]));

async function count(run: Run, command: Read & { kind: 'count' }, documents: readonly Fields[]): Promise<void> {
  const { collection, filter, skip, limit, session } = command;
  const sent = doc([
    ['count', string(collection)],
    ['query', filter],
    ...(skip === 0 ? [] : [['skip', int(skip)] as const]),
    ...(limit === 0 ? [] : [['limit', int(limit)] as const]),
  ]);
  const all = Math.max(0, documents.filter((each) => matches(filter, each)).length - skip);
  const expected = limit === 0 ? all : Math.min(limit, all);
  const reply = await run.must(sent, session);
  if (loose(get(reply, 'n') ?? int(-1)) !== loose(int(expected))) run.differ(`${show(reply)}, expected n: ${expected}`);
}

async function distinct(run: Run, command: Read & { kind: 'distinct' }, documents: readonly Fields[]): Promise<void> {
  const { collection, path, filter, session } = command;
  const sent = doc([
    ['distinct', string(collection)],
    ['key', string(path)],
    ['query', filter],
  ]);
  const values = documents
    .filter((each) => matches(filter, each))
    .flatMap((each) => ends(each, path.split('.')))
    .flatMap((each): readonly Value[] => (each === null ? [] : each.kind === 'array' ? each.items : [each]));
  const expected = [...new Set(values.map(loose))];
  const reply = await run.must(sent, session);
  const told = get(reply, 'values');
  const found = told?.kind === 'array' ? told.items.map(loose) : [];
  if (!sameBag(found, expected)) run.differ(`${show(reply)}, expected ${expected.join(' ')}`);
}

async function aggregate(run: Run, command: Read & { kind: 'aggregate' }, documents: readonly Fields[]): Promise<void> {
  const { collection, session, stages } = command;
  const usable: Stage[] = [];
  let expected = documents;
  for (const stage of stages) {
    const now: Stage =
      stage.stage === 'sort' && hasParallelArrays(expected, stage.order) ? { ...stage, order: [['_id', 1]] } : stage;
    usable.push(now);
    expected = runStage(now, expected);
  }
  const sent = doc([
    ['aggregate', string(collection)],
    ['pipeline', list(usable.map(stageValue))],
    ['cursor', doc([])],
  ]);
  const result = batchOf(await run.must(sent, session));
  const group = usable.find(({ stage }) => stage === 'group');
  const bags =
    group?.stage === 'group'
      ? group.accumulators.flatMap((each) => (each.operator === '$push' ? [each.name] : []))
      : [];
  const text = (each: Fields): string => (group === undefined ? show(each) : loose(unordered(each, bags)));
  const [told, wanted] = [result.map(text), expected.map(text)];
  const inOrder = group === undefined && usable.some(({ stage }) => stage === 'sort');
  if (inOrder ? told.join('\n') !== wanted.join('\n') : !sameBag(told, wanted))
    run.differ(`found\n   ${told.join('\n   ')}\nexpected\n   ${wanted.join('\n   ')}`);
}

/** What `$push` of a group collects comes in any order. */
const unordered = (document: Fields, bags: readonly string[]): Fields =>
  doc(
    document.fields.map(([name, value]) =>
      bags.includes(name) && value.kind === 'array'
        ? [name, list([...value.items].sort((one, other) => (loose(one) < loose(other) ? -1 : 1)))]
        : [name, value],
    ),
  );
