import type { Reply } from '../bson/encode.ts';
import { type Document, field } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { collationOrder } from '../query/collation.ts';
import { isModifier } from '../update/update.ts';
import { checkFields, collectionName, documentList, flag, optionalDocument, requiredDocument } from './argument.ts';
import { type ChangeSpec, updateRows, upsertRow } from './change.ts';
import { type Commands, type Context, collectionForWriting, findCollection } from './command.ts';
import { runStatements, writeReply } from './write.ts';

const known = ['q', 'u', 'c', 'multi', 'upsert', 'collation', 'arrayFilters', 'hint', 'sort'];

export function changeSpec(context: Context, statement: Document, filter: Document, update: string): ChangeSpec {
  const value = field(statement, update);
  if (value === undefined) throw new CommandError(40414, `BSON field '${update}' is missing but a required field`);
  return {
    filter,
    update: value,
    hint: field(statement, 'hint'),
    sort: optionalDocument(statement, 'sort'),
    arrayFilters: field(statement, 'arrayFilters') === undefined ? [] : documentList(statement, 'arrayFilters'),
    strings: collationOrder(field(statement, 'collation')),
    variables: { ...optionalDocument(context.body, 'let'), ...optionalDocument(statement, 'c') },
    now: new Date(),
    deadline: context.deadline,
  };
}

function update(context: Context): Reply {
  const name = collectionName(context.body, 'update');
  const upserted: Reply[] = [];
  let n = 0;
  let nModified = 0;
  const errors = runStatements(context, documentList(context.body, 'updates'), (statement, index) => {
    checkFields(statement, 'update.updates', known);
    const spec = changeSpec(context, statement, requiredDocument(statement, 'q'), 'u');
    const multi = flag(statement, 'multi');
    if (multi && !Array.isArray(spec.update) && !isModifier(spec.update as Document)) {
      throw new CommandError(9, 'multi update is not supported for replacement-style update');
    }
    if (multi && spec.sort) throw new CommandError(9, 'Cannot specify sort with multi=true');
    const changed = updateRows(context.view, findCollection(context, name), spec, multi);
    n += changed.length;
    nModified += changed.filter(({ before, after }) => !before.equals(after)).length;
    if (changed.length === 0 && flag(statement, 'upsert')) {
      const { id } = upsertRow(context.view, collectionForWriting(context, name), spec);
      n++;
      upserted.push({ index, _id: id });
    }
  });
  return writeReply({ n, ...(upserted.length > 0 ? { upserted } : {}), nModified }, errors);
}

export const updateCommands: Commands = {
  update: { fields: ['updates', 'ordered', 'let', 'bypassDocumentValidation'], inTransaction: true, run: update },
};
