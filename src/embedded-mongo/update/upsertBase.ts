import { BSONRegExp } from 'bson';
import { copy } from '../bson/compare.ts';
import { namesOf } from '../bson/names.ts';
import { type Document, field, isDocument, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { isOperatorDocument } from '../query/match.ts';
import { changeAt } from './path.ts';

/**
 * What an upsert starts from: the equalities of its query, of which a replacement takes only the `_id`. Two for one place are
 * NotSingleValueField.
 */
export function documentFromFilter(filter: Document, replacing: boolean): Document {
  const found = new Map<string, Value>();
  collect(filter, found, replacing ? (path) => path === '_id' || path.startsWith('_id.') : () => true);
  const result: Document = {};
  for (const [path, value] of found) {
    for (const other of found.keys())
      if (other.startsWith(`${path}.`))
        throw new CommandError(54, `cannot infer query fields to set, both paths '${path}' and '${other}' are matched`);
    changeAt(result, path.split('.'), () => copy(value), 'create');
  }
  return result;
}

function collect(filter: Document, found: Map<string, Value>, wants: (path: string) => boolean): void {
  for (const name of namesOf(filter)) {
    const value = filter[name] as Value;
    if (name === '$and' || name === '$or') {
      const clauses = Array.isArray(value) ? value : [];
      if (name === '$and' || clauses.length === 1)
        for (const clause of clauses) if (isDocument(clause)) collect(clause, found, wants);
      continue;
    }
    if (name.startsWith('$') || !wants(name)) continue;
    const wanted = equalityOf(value);
    if (wanted === undefined) continue;
    if (found.has(name))
      throw new CommandError(54, `cannot infer query fields to set, path '${name}' is matched twice`);
    found.set(name, wanted);
  }
}

function equalityOf(value: Value): Value | undefined {
  if (!isOperatorDocument(value)) return value instanceof BSONRegExp ? undefined : value;
  const equal = field(value, '$eq');
  if (equal !== undefined) return equal;
  for (const name of ['$in', '$all']) {
    const list = field(value, name);
    const only = Array.isArray(list) && list.length === 1 ? list[0] : undefined;
    if (only !== undefined && !(only instanceof BSONRegExp) && !isOperatorDocument(only)) return only;
  }
  return undefined;
}
