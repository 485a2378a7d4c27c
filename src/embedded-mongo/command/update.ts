import { type Document, field } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { collationOrder } from '../query/collation.ts';
import { letVariables } from '../query/variables.ts';
import { isModifier } from '../update/update.ts';
import { checkFields, collectionName, documentList, flag, optionalDocument, requiredDocument } from './argument.ts';
import { type ChangeSpec, updateMany, updateOne, upsertRow } from './change.ts';
import { type Commands, type Context, collectionForWriting, findCollection, type Step, type Steps } from './command.ts';
import { checkRetryable, runStatements, type Tally } from './write.ts';

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
    variables: { ...letVariables(optionalDocument(context.body, 'let')), ...optionalDocument(statement, 'c') },
    now: new Date(),
    work: context.work,
  };
}

function* update(context: Context): Steps {
  const name = collectionName(context.body, 'update');
  const tally: Tally & { nModified: number } = { n: 0, nModified: 0 };
  const statements = documentList(context.body, 'updates');
  for (const statement of statements) {
    checkFields(statement, 'update.updates', known);
    for (const part of ['q', 'u']) {
      if (field(statement, part) === undefined)
        throw new CommandError(40414, `BSON field 'update.updates.${part}' is missing but a required field`);
    }
  }
  return yield* runStatements(context, statements, tally, (statement, index) =>
    updateStatement(context, name, statement, index, tally),
  );
}

function* updateStatement(
  context: Context,
  name: string,
  statement: Document,
  index: number,
  tally: Tally & { nModified: number },
): Generator<Step, void> {
  const spec = changeSpec(context, statement, requiredDocument(statement, 'q'), 'u');
  const multi = flag(statement, 'multi');
  if (multi && !Array.isArray(spec.update) && !isModifier(spec.update as Document)) {
    throw new CommandError(9, 'multi update is not supported for replacement-style update');
  }
  if (multi && spec.sort) throw new CommandError(9, 'Cannot specify sort with multi=true');
  checkRetryable(context, multi);
  const collection = findCollection(context, name);
  if (multi) {
    const { matched, modified } = yield* updateMany(context, collection, spec);
    tally.n += matched;
    tally.nModified += modified;
    if (matched > 0) return;
  } else {
    const changed = yield* updateOne(context, collection, spec);
    if (changed) {
      tally.n++;
      if (!changed.before.equals(changed.after)) tally.nModified++;
      return;
    }
  }
  if (!flag(statement, 'upsert')) return;
  const { id } = upsertRow(context.view, collectionForWriting(context, name), spec);
  tally.n++;
  tally.upserted = [...(tally.upserted ?? []), { index, _id: id }];
}

export const updateCommands: Commands = {
  update: { fields: ['updates', 'ordered', 'let', 'bypassDocumentValidation'], inTransaction: true, run: update },
};
