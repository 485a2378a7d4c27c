import type { Reply } from '../bson/encode.ts';
import { field } from '../bson/value.ts';
import { badValue } from '../errors.ts';
import { collationOrder } from '../query/collation.ts';
import { runQuery } from '../query/run.ts';
import {
  checkFields,
  collectionName,
  documentList,
  optionalDocument,
  optionalNumber,
  requiredDocument,
} from './argument.ts';
import { type Commands, type Context, findCollection } from './command.ts';
import { runStatements, writeReply } from './write.ts';

function remove(context: Context): Reply {
  const collection = findCollection(context, collectionName(context.body, 'delete'));
  let n = 0;
  const errors = runStatements(context, documentList(context.body, 'deletes'), (statement) => {
    checkFields(statement, 'delete.deletes', ['q', 'limit', 'collation', 'hint']);
    const limit = optionalNumber(statement, 'limit') ?? 0;
    if (limit !== 0 && limit !== 1) throw badValue(`The limit field in delete objects must be 0 or 1. Got ${limit}`);
    const rows = runQuery(context.view, collection, {
      filter: requiredDocument(statement, 'q'),
      limit,
      hint: field(statement, 'hint'),
      strings: collationOrder(field(statement, 'collation')),
      variables: optionalDocument(context.body, 'let'),
      deadline: context.deadline,
    });
    for (const row of [...rows]) {
      if (collection) context.view.remove(collection, row);
      n++;
    }
  });
  return writeReply({ n }, errors);
}

export const deleteCommands: Commands = {
  delete: { fields: ['deletes', 'ordered', 'let'], inTransaction: true, run: remove },
};
