import { ObjectId } from 'bson';
import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { namesOf } from '../bson/names.ts';
import { type Document, field, setField, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { compileFilter, type MatchDetails } from '../query/match.ts';
import { planOf, type Query, runInSlices, runQuery } from '../query/run.ts';
import { pause, type Work } from '../query/work.ts';
import type { Collection } from '../storage/catalog.ts';
import { Blocked } from '../storage/committed.ts';
import { entriesOf } from '../storage/entries.ts';
import { Row, type View } from '../storage/view.ts';
import { checkSize } from '../update/size.ts';
import { compileUpdate, documentFromFilter, isModifier, type UpdateOptions } from '../update/update.ts';
import { type Context, type Step, waiting } from './command.ts';
import { checkId } from './insert.ts';

export interface ChangeSpec extends UpdateOptions {
  readonly filter: Document;
  readonly update: Value;
  readonly hint: Value | undefined;
  readonly sort: Document | undefined;
  readonly work: Work | undefined;
}

export interface Changed {
  readonly before: Buffer;
  readonly after: Buffer;
}

/** The first document that a query finds, updated in one go. */
export function updateFirst(view: View, collection: Collection | undefined, spec: ChangeSpec): Changed | undefined {
  const change = changeWith(view, collection, spec);
  const [row] = [...runQuery(view, collection, { ...spec, limit: 1 })];
  return row && change(row);
}

/** Updates the first document that a query finds; others have their turn while it is looked for. */
export function* updateOne(
  context: Context,
  collection: Collection | undefined,
  spec: ChangeSpec,
): Generator<Step, Changed | undefined> {
  const change = changeWith(context.view, collection, spec);
  const query = { ...spec, limit: 1 };
  for (;;) {
    let paused = false;
    let found: Row | undefined;
    for (const row of runInSlices(context.view, collection, query)) {
      if (row !== pause) {
        found = row;
        break;
      }
      paused = true;
      yield pause;
    }
    if (!found || !collection) return undefined;
    // What was sorted may have been read some slices ago.
    if (paused && spec.sort && !context.view.transaction) {
      const now = context.engine.committed.get(collection, found.rid);
      if (!now?.bytes.equals(found.bytes)) continue;
    }
    return change(found);
  }
}

/**
 * Updates all documents that a query finds, a document at a time, while others have their turn. One that the update
 * moves in the index that is being read, so that it comes up again, is not updated again.
 */
export function* updateMany(
  context: Context,
  collection: Collection | undefined,
  spec: ChangeSpec,
): Generator<Step, { matched: number; modified: number }> {
  const { view, work } = context;
  const change = changeWith(view, collection, spec);
  const query = { ...spec, limit: 0 };
  const rows = runInSlices(view, collection, query);
  const moves = collection ? movesIn(view, collection, query) : () => false;
  const moved = new Set<number>();
  let matched = 0;
  let modified = 0;
  for (const row of rows) {
    if (row === pause) {
      yield pause;
      continue;
    }
    if (!collection) break;
    if (moved.has(row.rid)) continue;
    const done = yield* onRow(context, collection, query, row, change);
    if (done) {
      const { result } = done;
      matched++;
      if (!result.before.equals(result.after)) {
        modified++;
        if (moves(row, result)) moved.add(row.rid);
      }
    }
    if (work.isDue()) yield pause;
  }
  return { matched, modified };
}

/** Whether a change lets a document come up again in the scan that found it. */
function movesIn(view: View, collection: Collection, query: Query): (row: Row, changed: Changed) => boolean {
  // A transaction gives its own changes after its snapshot.
  if (view.transaction) return () => true;
  const { access } = planOf(view, collection, query, undefined);
  // A union of indexes gives no document twice.
  if (access.kind !== 'index') return () => false;
  const keys = (row: Row) => entriesOf(access.index, row.document).keys;
  return (row, { after }) => {
    const before = keys(row);
    const now = keys(new Row(row.rid, after));
    return before.length !== now.length || before.some((key, i) => !key.equals(now[i] as Buffer));
  };
}

/**
 * Does something to a row. Where an open transaction has changed it, waits until that is over and looks again: the
 * row may be gone, or be none of the query's any more, and then the answer is undefined.
 */
export function* onRow<T>(
  context: Context,
  collection: Collection,
  query: Query,
  row: Row,
  act: (row: Row) => T,
): Generator<Step, { readonly result: T } | undefined> {
  let current: Row | undefined = row;
  while (current) {
    // A stale one would not know its indexes.
    if (context.engine.catalog.find(collection.db, collection.name) !== collection && !context.view.transaction)
      throw new CommandError(175, 'the collection was dropped while the query was under way');
    try {
      return { result: act(current) };
    } catch (error) {
      if (!(error instanceof Blocked)) throw error;
    }
    yield waiting;
    current = context.engine.committed.get(collection, row.rid);
    if (current && !compileFilter(query.filter, query)(current.document)) return undefined;
  }
  return undefined;
}

function changeWith(view: View, collection: Collection | undefined, spec: ChangeSpec): (row: Row) => Changed {
  const update = compileUpdate(spec.update, spec);
  const positional = JSON.stringify(
    Array.isArray(spec.update) ? [] : Object.values(spec.update as Document).flatMap((v) => Object.keys(v ?? {})),
  ).includes('$');
  const matches = positional ? compileFilter(spec.filter, spec) : undefined;
  return (row) => {
    const details: MatchDetails = {};
    matches?.(row.document, details);
    const after = update(decode(row.bytes), details.position, false);
    const bytes = encode(after);
    checkSize(bytes, false);
    if (collection && !bytes.equals(row.bytes)) view.replace(collection, row, after, bytes);
    return { before: row.bytes, after: bytes };
  };
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
  for (const name of namesOf(made)) if (name !== '_id') setField(document, name, made[name] as Value);
  const bytes = encode(document);
  checkSize(bytes, true);
  view.insert(collection, document, bytes);
  return { id, bytes };
}
