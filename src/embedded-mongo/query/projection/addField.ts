import { type Document, field, isDocument, setField, type Value } from '../../bson/value.ts';

/** `$addFields`: every path is an expression; documents are gone into, arrays element by element. */
export function addField(document: Document, parts: readonly string[], value: Value): Document {
  const [name = '', ...rest] = parts;
  const result = { ...document };
  if (rest.length === 0) {
    setField(result, name, value);
    return result;
  }
  const there = field(document, name);
  const into = (old: Value | undefined): Value => {
    if (Array.isArray(old)) return old.map(into);
    return addField(isDocument(old) ? old : {}, rest, value);
  };
  setField(result, name, into(there));
  return result;
}
