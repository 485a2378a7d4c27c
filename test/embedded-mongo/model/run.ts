import { show } from './bson.ts';
import { write } from './change.ts';
import { indexValue } from './collection.ts';
import type { Command } from './command.ts';
import { Unclear } from './desk.ts';
import { Failure } from './failure.ts';
import { Model } from './model.ts';
import { type Place, type Said, said, typed } from './place.ts';
import { ask } from './read.ts';
import { doc, type Fields, list, string } from './value.ts';
import { compareAll } from './whole.ts';

/** The engine and the model said different things; the text is a list of commands that shows it. */
export class Difference extends Error {
  readonly log: readonly string[];
  constructor(log: readonly string[], what: string) {
    super(`${log.join('\n')}\n-- ${what}`);
    this.log = log;
  }
}

/** One sequence under way: both sides, and what was sent so far. */
export class Run {
  readonly model = new Model();
  readonly place: Place;
  readonly log: string[] = [];

  constructor(place: Place) {
    this.place = place;
  }

  differ(what: string): never {
    throw new Difference(this.log, what);
  }

  async send(command: Fields, session: number): Promise<Said> {
    this.log.push(typed(command, session));
    return this.place.send(command, session);
  }

  /** Sends what must succeed. */
  async must(command: Fields, session: number): Promise<Fields> {
    const answer = await this.send(command, session);
    if (answer.reply === null) this.differ(`error ${answer.code} (${answer.text}), expected none`);
    return answer.reply;
  }

  /** Sends what must be refused. */
  async refused(command: Fields, session: number, failure: Failure): Promise<void> {
    const { code } = failure;
    const answer = await this.send(command, session);
    if (answer.reply !== null) this.differ(`${show(answer.reply)}, expected error ${code}`);
    if (!failure.allows(answer.code)) this.differ(`error ${answer.code} (${answer.text}), expected ${code}`);
    if (code === 112 && this.model.isOpen(session) && !answer.labels.includes('TransientTransactionError'))
      this.differ('a write conflict without TransientTransactionError');
  }

  async endAll(): Promise<void> {
    for (const session of this.model.open) await this.end(session, 'abort');
  }

  async end(session: number, how: 'commit' | 'abort'): Promise<void> {
    const own = this.place.session(session);
    this.log.push(`s${session}.${how}Transaction()`);
    const answer = await said(async () => {
      await (how === 'commit' ? own.commitTransaction() : own.abortTransaction());
      return doc([]);
    });
    const expected = how === 'commit' && this.model.hasFailed(session) ? 251 : null;
    if (answer.code !== expected) this.differ(`error ${answer.code}, expected ${expected}`);
    if (how === 'commit' && expected === null) this.model.commit(session);
    else this.model.end(session);
  }
}

async function step(run: Run, command: Command): Promise<void> {
  const { model, place } = run;
  const { session, collection } = command;
  switch (command.kind) {
    case 'begin':
      if (session === 0 || model.isOpen(session)) return;
      run.log.push(`s${session}.startTransaction()`);
      place.session(session).startTransaction();
      return model.begin(session);
    case 'commit':
    case 'abort':
      return model.isOpen(session) ? run.end(session, command.kind) : undefined;
    case 'restart':
      await run.endAll();
      run.log.push('// the engine is stopped and started');
      return place.restart();
    case 'drop':
      await run.endAll();
      if (!model.committed.has(collection)) return;
      await run.must(doc([['drop', string(collection)]]), 0);
      return model.drop(collection);
    case 'createIndex':
      return createIndex(run, command);
    case 'dropIndex': {
      await run.endAll();
      const indexes = (model.committed.get(collection)?.indexes ?? []).slice(1);
      const index = indexes[command.which % Math.max(1, indexes.length)];
      if (index === undefined) return;
      await run.must(
        doc([
          ['dropIndexes', string(collection)],
          ['index', string(index.name)],
        ]),
        0,
      );
      return model.dropIndex(collection, index.name);
    }
  }
  if (model.hasFailed(session)) return run.refused(doc([['find', string(collection)]]), session, new Failure(251));
  try {
    await perform(run, command);
  } catch (error) {
    if (!(error instanceof Unclear)) throw error;
    await run.endAll();
    await perform(run, command);
  }
}

const perform = (run: Run, command: Command): Promise<void> => {
  switch (command.kind) {
    case 'insert':
    case 'update':
    case 'delete':
    case 'findAndModify':
      return write(run, command);
    case 'find':
    case 'count':
    case 'distinct':
    case 'aggregate':
      return ask(run, command);
    default:
      throw new Error(`${command.kind} is done elsewhere`);
  }
};

async function createIndex(run: Run, command: Command & { kind: 'createIndex' }): Promise<void> {
  await run.endAll();
  const { collection, index } = command;
  const known = run.model.committed.get(collection)?.indexes ?? [];
  const key = (order: typeof index.order): string => JSON.stringify(order);
  if (known.some(({ order, name }) => key(order) === key(index.order) || name === index.name)) return;
  const sent = doc([
    ['createIndexes', string(collection)],
    ['indexes', list([indexValue(index)])],
  ]);
  try {
    run.model.createIndex(collection, index);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return run.refused(sent, 0, error);
  }
  await run.must(sent, 0);
}

/** Runs a sequence on an empty database of the engine and on an empty model; throws the first difference. */
export async function runSequence(place: Place, commands: readonly Command[]): Promise<void> {
  place.fresh();
  const run = new Run(place);
  try {
    for (const command of commands) await step(run, command);
    await run.endAll();
    await compareAll(run);
  } finally {
    await place.leave();
  }
}
