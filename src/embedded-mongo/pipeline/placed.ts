import { type Document, field, isDocument, setField, type Value } from '../bson/value.ts';

/** A copy of the document with another value at a path; undefined takes it away. */
export function placed(document: Document, parts: readonly string[], value: Value | undefined): Document {
  const [name = '', ...rest] = parts;
  const result = { ...document };
  if (rest.length > 0) {
    const inner = field(document, name);
    setField(result, name, placed(isDocument(inner) ? inner : {}, rest, value));
  } else if (value === undefined) delete result[name];
  else setField(result, name, value);
  return result;
}
