import { decode } from '../bson/decode.ts';
import type { Reply } from '../bson/encode.ts';
import { type Document, field, RawDocument } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { collationOrder } from '../query/collation.ts';
import { compileFilter, type MatchDetails } from '../query/match.ts';
import { compileProjection } from '../query/projection.ts';
import { runQuery } from '../query/run.ts';
import { letVariables } from '../query/variables.ts';
import { collectionName, flag, optionalDocument } from './argument.ts';
import { updateFirst, upsertRow } from './change.ts';
import { type Commands, type Context, collectionForWriting, findCollection } from './command.ts';
import { changeSpec } from './update.ts';

function findAndModify(context: Context): Reply {
  const { body, view } = context;
  const name = collectionName(body, context.request.name);
  const filter = optionalDocument(body, 'query') ?? {};
  const fields = optionalDocument(body, 'fields');
  const project =
    fields && compileProjection(fields, { ofFind: true, variables: letVariables(optionalDocument(body, 'let')) });
  const strings = collationOrder(field(body, 'collation'));
  const variables = letVariables(optionalDocument(body, 'let'));
  const positional = Object.keys(fields ?? {}).some((path) => path.endsWith('.$'));
  const matches = positional ? compileFilter(filter, { strings, variables }) : undefined;
  /** `found` is the document as the query found it: it says where in an array that was. */
  const shown = (bytes: Buffer, found?: Buffer): Document | RawDocument => {
    if (!project) return new RawDocument(bytes);
    const details: MatchDetails = {};
    if (found) matches?.(decode(found), details);
    return project(decode(bytes), details);
  };
  if (flag(body, 'remove')) {
    if (body.update !== undefined) throw new CommandError(9, 'Cannot specify both an update and remove=true');
    if (flag(body, 'upsert') || flag(body, 'new'))
      throw new CommandError(9, 'Cannot specify upsert or new with remove=true');
    const collection = findCollection(context, name);
    const query = {
      filter,
      sort: optionalDocument(body, 'sort'),
      limit: 1,
      hint: field(body, 'hint'),
      strings,
      variables,
    };
    const [row] = [...runQuery(view, collection, query)];
    if (row && collection) view.remove(collection, row);
    return { lastErrorObject: { n: row ? 1 : 0 }, value: row ? shown(row.bytes, row.bytes) : null, ok: 1 };
  }
  if (body.update === undefined) throw new CommandError(9, 'Either an update or remove=true must be specified');
  const spec = changeSpec(context, body, filter, 'update');
  const changed = updateFirst(view, findCollection(context, name), spec);
  if (changed) {
    const value = shown(flag(body, 'new') ? changed.after : changed.before, changed.before);
    return { lastErrorObject: { n: 1, updatedExisting: true }, value, ok: 1 };
  }
  if (!flag(body, 'upsert')) return { lastErrorObject: { n: 0, updatedExisting: false }, value: null, ok: 1 };
  const { id, bytes } = upsertRow(view, collectionForWriting(context, name), spec);
  const value = flag(body, 'new') ? shown(bytes) : null;
  return { lastErrorObject: { n: 1, updatedExisting: false, upserted: id }, value, ok: 1 };
}

const command = {
  fields: [
    ...['query', 'sort', 'remove', 'update', 'new', 'fields', 'upsert', 'bypassDocumentValidation', 'collation'],
    ...['arrayFilters', 'hint', 'let'],
  ],
  inTransaction: true,
  run: findAndModify,
};

export const findAndModifyCommands: Commands = { findAndModify: command, findandmodify: command };
