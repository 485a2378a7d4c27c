import { show } from './bson.ts';
import { idOf, type Touch } from './collection.ts';
import { type Command, narrowed } from './command.ts';
import type { Desk } from './desk.ts';
import { Failure } from './failure.ts';
import { project } from './project.ts';
import type { Run } from './run.ts';
import { doc, equal, type Fields, get, int, list, put, string, truth, type Value, without } from './value.ts';
import { type Outcome, removing, updating } from './write.ts';

type Write = Extract<Command, { kind: 'insert' | 'update' | 'delete' | 'findAndModify' }>;

const number = (reply: Fields, name: string): number => {
  const value = get(reply, name);
  return value?.kind === 'int' ? value.number : 0;
};

/** Sends a write and holds what is said against the model, which then takes the write in. */
export async function write(run: Run, command: Write): Promise<void> {
  const desk = run.model.desk(command.session, command.collection, true);
  if (command.kind === 'insert') return insert(run, desk, command);
  const { filter, session } = command;
  const outcome = outcomeOf(desk, command);
  const asked = outcome.only === null ? filter : narrowed(filter, outcome.only);
  const transient = outcome.failure?.code === 112;
  if (command.kind === 'findAndModify') {
    const sent = findAndModifyOf(command, asked);
    if (outcome.failure !== null) {
      await run.refused(sent, session, outcome.failure);
      return run.model.fail(session);
    }
    return tellFound(run, command, outcome, await run.must(sent, session));
  }
  const sent = command.kind === 'update' ? updateOf(command, asked) : deleteOf(command, asked);
  if (transient) {
    await run.refused(sent, session, new Failure(112));
    return run.model.fail(session);
  }
  const reply = await run.must(sent, session);
  errorsAre(run, reply, outcome.failure === null ? [] : [[0, outcome.failure]]);
  if (outcome.failure !== null) return run.model.fail(session);
  const n = outcome.touches.length + (outcome.upsert === null ? 0 : 1);
  if (number(reply, 'n') !== n) run.differ(`${show(reply)}, expected n: ${n}`);
  const modified = outcome.touches.filter((touch) => !desk.isSame(touch)).length;
  // A $push with $sort or $slice counts also where it leaves the array as it was, or it does not.
  const atMost = command.kind === 'update' && show(command.update).includes('$push') ? n : modified;
  const counted = number(reply, 'nModified');
  if (command.kind === 'update' && (counted < modified || counted > atMost))
    run.differ(`${show(reply)}, expected nModified: ${modified}`);
  const upserted = get(reply, 'upserted');
  const made = upserted?.kind === 'array' ? upserted.items[0] : undefined;
  takeIn(run, desk, command, outcome, made?.kind === 'document' ? get(made, '_id') : undefined);
}

function outcomeOf(desk: Desk, command: Exclude<Write, { kind: 'insert' }>): Outcome {
  if (command.kind === 'delete') return removing(desk, command.filter, command.multi, null);
  if (command.kind === 'update') return updating(desk, command, null);
  const { filter, update, order, upsert } = command;
  if (update === null) return removing(desk, filter, false, order);
  return updating(desk, { filter, update, upsert, multi: false, positional: null }, order);
}

function takeIn(run: Run, desk: Desk, { session, collection }: Write, outcome: Outcome, id: Value | undefined): void {
  const { upsert } = outcome;
  const touches = outcome.touches.filter((touch) => !desk.isSame(touch));
  if (upsert !== null) {
    if (id === undefined) run.differ('an upsert without the _id that it made');
    const known = get(upsert, '_id');
    if (known !== undefined && show(known) !== show(id)) run.differ(`upserted ${show(id)}, expected ${show(known)}`);
    const after = known === undefined ? doc([['_id', id], ...upsert.fields]) : upsert;
    touches.push({ collection, id, before: null, after });
  } else if (id !== undefined) run.differ(`upserted ${show(id)}, expected nothing`);
  run.model.apply(session, collection, touches);
}

async function insert(run: Run, desk: Desk, command: Write & { kind: 'insert' }): Promise<void> {
  const { collection, session, documents, ordered } = command;
  // The _id comes first, wherever it was given.
  const touches: Touch[] = [];
  const errors: [number, Failure][] = [];
  const inTransaction = run.model.isOpen(session);
  for (const [at, given] of documents.entries()) {
    const after = doc([['_id', idOf(given)], ...without(given, '_id').fields]);
    const touch: Touch = { collection, id: idOf(after), before: null, after };
    try {
      desk.check(touch, [...desk.documents, ...touches.flatMap((each) => each.after ?? [])]);
      touches.push(touch);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      errors.push([at, error]);
      if (ordered || inTransaction) break;
    }
  }
  const sent = doc([
    ['insert', string(collection)],
    ['documents', list(documents)],
    ['ordered', truth(ordered || inTransaction)],
  ]);
  if (errors[0]?.[1].code === 112) {
    await run.refused(sent, session, new Failure(112));
    return run.model.fail(session);
  }
  const reply = await run.must(sent, session);
  errorsAre(run, reply, errors);
  if (errors.length > 0 && inTransaction) return run.model.fail(session);
  if (number(reply, 'n') !== touches.length) run.differ(`${show(reply)}, expected n: ${touches.length}`);
  // The collection comes into being also where no document could be inserted.
  if (!inTransaction) run.model.createCollection(collection);
  run.model.apply(session, collection, touches);
}

function errorsAre(run: Run, reply: Fields, expected: readonly (readonly [place: number, failure: Failure])[]): void {
  const errors = get(reply, 'writeErrors');
  const found = errors?.kind === 'array' ? errors.items : [];
  const fits = found.every((each, at) => {
    const [place, failure] = expected[at] ?? [];
    return (
      each.kind === 'document' && number(each, 'index') === place && failure?.allows(number(each, 'code')) === true
    );
  });
  if (fits && found.length === expected.length) return;
  const wanted = expected.map(([place, { code }]) => `${code} at ${place}`);
  run.differ(`${show(reply)}, expected as write errors: ${wanted.join(', ') || 'none'}`);
}

const updateOf = (command: Write & { kind: 'update' }, q: Fields): Fields => {
  const { collection, update, multi, upsert } = command;
  const statement = doc([
    ['q', q],
    ['u', update],
    ['multi', truth(multi)],
    ['upsert', truth(upsert)],
  ]);
  return doc([
    ['update', string(collection)],
    ['updates', list([statement])],
  ]);
};

const deleteOf = (command: Write & { kind: 'delete' }, q: Fields): Fields =>
  doc([
    ['delete', string(command.collection)],
    [
      'deletes',
      list([
        doc([
          ['q', q],
          ['limit', int(command.multi ? 0 : 1)],
        ]),
      ]),
    ],
  ]);

function findAndModifyOf(command: Write & { kind: 'findAndModify' }, query: Fields): Fields {
  const { collection, order, update, upsert, after, projection } = command;
  return doc([
    ['findAndModify', string(collection)],
    ['query', query],
    ...(order === null ? [] : [['sort', doc(order.map(([path, way]) => [path, int(way)]))] as const]),
    ...(update === null
      ? [['remove', truth(true)] as const]
      : ([
          ['update', update],
          ['upsert', truth(upsert)],
          ['new', truth(after)],
        ] as const)),
    ...(projection === null ? [] : [['fields', projection] as const]),
  ]);
}

function tellFound(run: Run, command: Write & { kind: 'findAndModify' }, outcome: Outcome, reply: Fields): void {
  const { session, collection, projection, after, update } = command;
  const desk = run.model.desk(session, collection, true);
  const last = get(reply, 'lastErrorObject');
  const id = last?.kind === 'document' ? get(last, 'upserted') : undefined;
  takeIn(run, desk, command, outcome, id);
  const touch = outcome.touches[0];
  const upserted = outcome.upsert === null || id === undefined ? null : put(outcome.upsert, '_id', id);
  const made =
    upserted === null ? null : doc([['_id', id ?? int(0)], ...upserted.fields.filter(([name]) => name !== '_id')]);
  const document = update !== null && after ? (touch?.after ?? made) : (touch?.before ?? null);
  const expected = document === null ? 'null' : show(projection === null ? document : project(projection, document));
  const value = get(reply, 'value');
  if ((value === undefined ? 'null' : show(value)) !== expected)
    run.differ(`${show(reply)}, expected value: ${expected}`);
  const n = touch === undefined && made === null ? 0 : 1;
  if (last?.kind !== 'document' || number(last, 'n') !== n) run.differ(`${show(reply)}, expected n: ${n}`);
  const existing = get(last, 'updatedExisting');
  if (update !== null && !(existing !== undefined && equal(existing, truth(touch !== undefined))))
    run.differ(`${show(reply)}, expected updatedExisting: ${touch !== undefined}`);
}
