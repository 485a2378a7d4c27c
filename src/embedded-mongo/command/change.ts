import { ObjectId } from 'bson';
import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { type Document, field, setField, type Value } from '../bson/value.ts';
import { compileFilter, type MatchDetails } from '../query/match.ts';
import { runQuery } from '../query/run.ts';
import type { Collection } from '../storage/catalog.ts';
import type { Row, View } from '../storage/view.ts';
import { compileUpdate, documentFromFilter, isModifier, type Update, type UpdateOptions } from '../update/update.ts';
import { checkId } from './insert.ts';

export interface ChangeSpec extends UpdateOptions {
  readonly filter: Document;
  readonly update: Value;
  readonly hint: Value | undefined;
  readonly sort: Document | undefined;
  readonly deadline: number | undefined;
}

export interface Changed {
  readonly before: Buffer;
  readonly after: Buffer;
}

/** Updates the documents that a query finds. All are found before the first is changed. */
export function updateRows(
  view: View,
  collection: Collection | undefined,
  spec: ChangeSpec,
  multi: boolean,
): Changed[] {
  const update = compileUpdate(spec.update, spec);
  const rows = [...runQuery(view, collection, { ...spec, limit: multi ? 0 : 1 })];
  if (!collection) return [];
  const positional = JSON.stringify(
    Array.isArray(spec.update) ? [] : Object.values(spec.update as Document).flatMap((v) => Object.keys(v ?? {})),
  ).includes('$');
  const matches = positional ? compileFilter(spec.filter, spec) : undefined;
  return rows.map((row) => {
    const details: MatchDetails = {};
    matches?.(row.document, details);
    return changeRow(view, collection, row, update, details.position);
  });
}

function changeRow(
  view: View,
  collection: Collection,
  row: Row,
  update: Update,
  position: number | undefined,
): Changed {
  const after = update(decode(row.bytes), position, false);
  const bytes = encode(after);
  if (!bytes.equals(row.bytes)) view.replace(collection, row, after, bytes);
  return { before: row.bytes, after: bytes };
}

/** The new document of an upsert that found nothing. */
export function upsertRow(view: View, collection: Collection, spec: ChangeSpec): { id: Value; bytes: Buffer } {
  const update = compileUpdate(spec.update, spec);
  const replacing = !Array.isArray(spec.update) && !isModifier(spec.update as Document);
  const base = documentFromFilter(spec.filter, replacing);
  const made = update(base, undefined, true);
  const id = field(made, '_id') ?? new ObjectId();
  checkId(id);
  const document: Document = { _id: id };
  for (const name of Object.keys(made)) if (name !== '_id') setField(document, name, made[name] as Value);
  const bytes = encode(document);
  view.insert(collection, document, bytes);
  return { id, bytes };
}
