import { BSONRegExp } from 'bson';
import { type Document, field, isDocument, isNumeric, type Value } from '../bson/value.ts';
import { badValue, CommandError, notOffered, typeMismatch } from '../errors.ts';
import { truthy } from '../expression/truth.ts';
import { isOperatorDocument } from '../query/match.ts';

const ofAll = ['v', 'key', 'name', 'ns', 'collation', 'background'];
const known = [...ofAll, 'unique', 'sparse', 'hidden', 'expireAfterSeconds', 'partialFilterExpression'];
const absent = [
  ...[
    'weights',
    'default_language',
    'language_override',
    'textIndexVersion',
    '2dsphereIndexVersion',
    'bits',
    'min',
    'max',
  ],
  ...['bucketSize', 'storageEngine', 'wildcardProjection', 'clustered', 'prepareUnique'],
];
const kinds = ['2d', '2dsphere', 'text', 'hashed', 'geoHaystack', 'wildcard'];

/** Refuses what nobody may make an index of. Indexes that are there already are not held to it. */
export function checkNewIndex(spec: Document): void {
  for (const option of Object.keys(spec)) {
    if (absent.includes(option)) throw notOffered(`the index option '${option}'`);
    if (!known.includes(option))
      throw new CommandError(197, `The field '${option}' is not valid for an index specification.`);
  }
  for (const option of ['unique', 'sparse', 'hidden', 'background']) {
    const value = field(spec, option);
    if (value !== undefined && typeof value !== 'boolean' && !isNumeric(value))
      throw typeMismatch(`The field '${option}' has value of the wrong type, expected type 'bool'`);
  }
  const { key, partialFilterExpression: partial } = spec;
  if (key === undefined) throw new CommandError(9, "The 'key' field is a required property of an index specification");
  if (!isDocument(key)) throw typeMismatch("The field 'key' must be an object");
  for (const path of Object.keys(key)) {
    const kind = key[path];
    if (typeof kind === 'string' && !kinds.includes(kind)) throw new CommandError(67, `Unknown index plugin '${kind}'`);
  }
  if (isId(key)) {
    if (truthy(spec.hidden)) throw badValue("can't hide _id index");
    for (const option of Object.keys(spec)) {
      if (!ofAll.includes(option))
        throw new CommandError(197, `The field '${option}' is not valid for an _id index specification.`);
    }
  }
  if (isDocument(partial)) checkPartial(partial);
}

function isId(key: Document): boolean {
  const [path, ...others] = Object.keys(key);
  return path === '_id' && others.length === 0 && String(key._id) === '1';
}

const inPartial = ['$eq', '$gt', '$gte', '$lt', '$lte', '$exists', '$type', '$in'];

/** A partial index may ask only for what a query can be seen to ask for as well. */
function checkPartial(filter: Document): void {
  for (const name of Object.keys(filter)) {
    const value = filter[name] as Value;
    if (name === '$and' || name === '$or') {
      if (Array.isArray(value)) for (const clause of value) if (isDocument(clause)) checkPartial(clause);
    } else if (name.startsWith('$')) throw notInPartial(name);
    else if (value instanceof BSONRegExp) throw notInPartial('a regular expression');
    else if (isOperatorDocument(value)) {
      for (const operator of Object.keys(value)) {
        if (!inPartial.includes(operator)) throw notInPartial(operator);
        if (operator === '$exists' && !truthy(value[operator])) throw notInPartial('$exists: false');
      }
    }
  }
}

function notInPartial(what: string): CommandError {
  return new CommandError(67, `Expression not supported in partial index: ${what}`);
}
