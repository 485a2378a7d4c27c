import { namesOf } from '../bson/names.ts';
import { toNumber } from '../bson/number.ts';
import { type Document, isDocument, isNumeric, type Value } from '../bson/value.ts';
import { CommandError, notOffered } from '../errors.ts';
import { truthy } from '../expression/truth.ts';
import { compileFilter } from '../query/match.ts';
import type { Index } from './catalog.ts';

const known = [
  ...['v', 'key', 'name', 'ns', 'unique', 'sparse', 'background', 'hidden'],
  ...['expireAfterSeconds', 'partialFilterExpression', 'collation'],
];

/** Reads an index description; refuses kinds and options that the engine has not. */
export function describeIndex(id: number, spec: Document, multikey: boolean): Index {
  const { key, name, partialFilterExpression: partial, expireAfterSeconds: expire } = spec;
  if (!isDocument(key) || Object.keys(key).length === 0) throw new CommandError(67, 'Index keys cannot be empty.');
  if (typeof name !== 'string' || name === '')
    throw new CommandError(9, "The 'name' field is a required property of an index specification");
  for (const option of Object.keys(spec)) {
    if (!known.includes(option)) throw notOffered(`the index option '${option}'`);
  }
  const { collation } = spec;
  if (isDocument(collation) && collation.locale !== 'simple') throw notOffered('an index with a collation');
  const paths = namesOf(key);
  if (paths.length > 32) throw new CommandError(67, 'Index has more than 32 fields');
  const directions = paths.map((path) => direction(path, key[path] as Value));
  const sparse = truthy(spec.sparse);
  if (partial !== undefined) {
    if (!isDocument(partial)) throw new CommandError(67, "'partialFilterExpression' for an index has to be a document");
    if (sparse) throw new CommandError(67, 'cannot mix "partialFilterExpression" and "sparse" options');
  }
  if (expire !== undefined) checkExpire(expire, paths);
  return {
    id,
    name,
    spec,
    paths,
    parts: paths.map((path) => path.split('.')),
    directions,
    unique: truthy(spec.unique) || name === '_id_',
    sparse,
    hidden: truthy(spec.hidden),
    partial: partial && { filter: partial, matches: compileFilter(partial) },
    expireAfterSeconds: isNumeric(expire) ? toNumber(expire) : undefined,
    multikey,
  };
}

function direction(path: string, value: Value): 1 | -1 {
  if (
    path === '' ||
    path.split('.').includes('') ||
    path.split('.').some((part) => part.startsWith('$') && !/^\$(ref|id|db)$/.test(part))
  ) {
    throw new CommandError(67, `Index key contains an illegal field name: '${path}'`);
  }
  if (path.includes('$**')) throw notOffered('a wildcard index');
  if (typeof value === 'string') throw notOffered(`an index of the kind '${value}'`);
  const number = isNumeric(value) ? toNumber(value) : 0;
  if (number === 0 || Number.isNaN(number))
    throw new CommandError(67, 'Values in the index key pattern must be numbers other than 0');
  return number > 0 ? 1 : -1;
}

function checkExpire(expire: Value, paths: readonly string[]): void {
  if (!isNumeric(expire)) throw new CommandError(67, "TTL index 'expireAfterSeconds' option must be numeric");
  const seconds = toNumber(expire);
  if (seconds < 0 || seconds > 2147483647)
    throw new CommandError(
      67,
      `TTL index 'expireAfterSeconds' option must be within an acceptable range, got ${seconds}`,
    );
  if (paths.length > 1)
    throw new CommandError(67, 'TTL indexes are single-field indexes, compound indexes do not support TTL');
  if (paths[0] === '_id')
    throw new CommandError(67, "The field 'expireAfterSeconds' is not valid for an _id index specification");
}
