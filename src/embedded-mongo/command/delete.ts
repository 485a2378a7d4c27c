import { field } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { collationOrder } from '../query/collation.ts';
import { type Query, runInSlices } from '../query/run.ts';
import { letVariables } from '../query/variables.ts';
import { pause } from '../query/work.ts';
import type { Collection } from '../storage/catalog.ts';
import {
  checkFields,
  collectionName,
  documentList,
  optionalDocument,
  optionalNumber,
  requiredDocument,
} from './argument.ts';
import { onRow } from './change.ts';
import { type Commands, type Context, findCollection, type Step, type Steps } from './command.ts';
import { checkRetryable, runStatements } from './write.ts';

function* remove(context: Context): Steps {
  const name = collectionName(context.body, 'delete');
  const tally = { n: 0 };
  const statements = documentList(context.body, 'deletes');
  for (const statement of statements) {
    checkFields(statement, 'delete.deletes', ['q', 'limit', 'collation', 'hint']);
    for (const part of ['q', 'limit']) {
      if (field(statement, part) === undefined)
        throw new CommandError(40414, `BSON field 'delete.deletes.${part}' is missing but a required field`);
    }
    const limit = optionalNumber(statement, 'limit');
    if (limit !== 0 && limit !== 1)
      throw new CommandError(9, `The limit field in delete objects must be 0 or 1. Got ${limit}`);
  }
  return yield* runStatements(context, statements, tally, function* (statement) {
    const limit = optionalNumber(statement, 'limit') ?? 0;
    checkRetryable(context, limit === 0);
    const query = {
      filter: requiredDocument(statement, 'q'),
      limit,
      hint: field(statement, 'hint'),
      strings: collationOrder(field(statement, 'collation')),
      variables: letVariables(optionalDocument(context.body, 'let')),
      work: context.work,
    };
    tally.n += yield* removeRows(context, findCollection(context, name), query);
  });
}

/** Deletes what a query finds, a document at a time, while others have their turn. */
function* removeRows(context: Context, collection: Collection | undefined, query: Query): Generator<Step, number> {
  const { view, work } = context;
  let n = 0;
  for (const row of runInSlices(view, collection, query)) {
    if (row === pause) {
      yield pause;
      continue;
    }
    if (!collection) break;
    if (yield* onRow(context, collection, query, row, (found) => view.remove(collection, found))) n++;
    if (query.limit !== 1 && work.isDue()) yield pause;
  }
  return n;
}

export const deleteCommands: Commands = {
  delete: { fields: ['deletes', 'ordered', 'let'], inTransaction: true, run: remove },
};
