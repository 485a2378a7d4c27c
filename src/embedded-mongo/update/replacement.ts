import { copy, isEqual } from '../bson/compare.ts';
import { namesOf } from '../bson/names.ts';
import { type Document, field, setField, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import type { Update } from './update.ts';

/** All fields but the `_id` come from the new document. */
export function replacement(document: Document): Update {
  return keepingId((old) => {
    const result: Document = {};
    const id = field(document, '_id') ?? field(old, '_id');
    if (id !== undefined) result._id = id;
    for (const name of namesOf(document)) if (name !== '_id') setField(result, name, copy(document[name] as Value));
    return result;
  });
}

/** The _id never changes. */
export function keepingId(update: Update): Update {
  return (document, matched, inserting) => {
    const id = field(document, '_id');
    const before = id === undefined ? undefined : copy(id);
    const result = update(document, matched, inserting);
    if (before === undefined) return result;
    const after = field(result, '_id');
    if (after === undefined || !isEqual(before, after))
      throw new CommandError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
    return result;
  };
}
