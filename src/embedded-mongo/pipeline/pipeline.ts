import { Int32 } from 'bson';
import type { StringOrder } from '../bson/compare.ts';
import { toNumber } from '../bson/number.ts';
import { type Document, field, isDocument, isNumeric, setField, type Value } from '../bson/value.ts';
import { CommandError, notOffered } from '../errors.ts';
import type { Variables } from '../expression/evaluate.ts';
import { compileFilter } from '../query/match.ts';
import { valueAt } from '../query/path.ts';
import { compileSort } from '../query/sort.ts';
import { bucket } from './bucket.ts';
import { group } from './group.ts';
import { lookup } from './lookup.ts';
import { transformStage } from './transform.ts';

export type Documents = Iterable<Document>;
export type Stage = (input: Documents) => Documents;

/** What stages may ask for: the documents of other collections of the same database. */
export interface PipelineContext {
  readonly find: (collection: string, filter: Document, variables: Variables | undefined) => Documents;
  readonly variables?: Variables | undefined;
  readonly strings?: StringOrder | undefined;
}

const absent = new Set([
  ...['$out', '$merge', '$graphLookup', '$geoNear', '$setWindowFields', '$densify', '$fill', '$redact', '$bucketAuto'],
  ...[
    '$changeStream',
    '$currentOp',
    '$collStats',
    '$indexStats',
    '$planCacheStats',
    '$documents',
    '$search',
    '$searchMeta',
  ],
  ...['$vectorSearch', '$listSessions', '$listLocalSessions', '$unionWith', '$listSearchIndexes'],
]);

/** Compiles all stages before any runs, so that a wrong one is refused whether or not there are documents. */
export function compilePipeline(stages: readonly Value[], context: PipelineContext): Stage {
  const compiled = stages.map((stage) => {
    if (!isDocument(stage)) throw new CommandError(14, "Each element of the 'pipeline' array must be an object");
    const names = Object.keys(stage);
    const name = names[0];
    if (name === undefined || names.length !== 1) {
      throw new CommandError(40323, 'A pipeline stage specification object must contain exactly one field.');
    }
    return compileStage(name, stage[name] as Value, context);
  });
  return (input) => compiled.reduce((documents, stage) => stage(documents), input);
}

function compileStage(name: string, argument: Value, context: PipelineContext): Stage {
  const transform = transformStage(name, argument, context.variables);
  if (transform) return (input) => Iterator.from(input).map(transform);
  switch (name) {
    case '$match': {
      if (!isDocument(argument)) throw new CommandError(15959, 'the match filter must be an expression in an object');
      const matches = compileFilter(argument, context);
      return (input) => Iterator.from(input).filter((document) => matches(document));
    }
    case '$sort': {
      if (!isDocument(argument) || Object.keys(argument).length === 0)
        throw new CommandError(15976, '$sort stage must have at least one sort key');
      const sort = compileSort(argument, context.strings);
      return lazily((input) => {
        const keyed = Array.from(input, (document) => ({ document, key: sort.keyOf(document) }));
        return keyed.sort((a, b) => sort.compareKeys(a.key, b.key)).map(({ document }) => document);
      });
    }
    case '$limit': {
      const limit = count(argument, 15957, 'the limit must be a positive number', 1);
      return (input) => take(input, limit);
    }
    case '$skip': {
      const skip = count(argument, 15956, 'the skip must be a non-negative number', 0);
      return (input) => Iterator.from(input).drop(skip);
    }
    case '$unwind':
      return unwind(argument);
    case '$group':
      return lazily(group(argument, context.variables));
    case '$sortByCount': {
      const counted = group({ _id: argument, count: { $sum: new Int32(1) } }, context.variables);
      return lazily((input) =>
        [...counted(input)].sort((a, b) => toNumber(b.count as Int32) - toNumber(a.count as Int32)),
      );
    }
    case '$bucket':
      return lazily(bucket(argument, context.variables));
    case '$count': {
      if (typeof argument !== 'string' || argument === '' || /[$.]/.test(argument))
        throw new CommandError(40156, 'the count field must be a non-empty string without $ or dots');
      return lazily((input) => {
        let total = 0;
        for (const _ of input) total++;
        return total === 0 ? [] : [{ [argument]: new Int32(total) }];
      });
    }
    case '$sample':
      return lazily(sample(argument));
    case '$lookup':
      return lookup(argument, context);
    case '$facet':
      return lazily(facet(argument, context));
    default:
      if (absent.has(name)) throw notOffered(`the stage ${name}`);
      throw new CommandError(40324, `Unrecognized pipeline stage name: '${name}'`);
  }
}

/** A stage that needs all documents: it asks for them only when its first result is wanted. */
function lazily(run: (input: Documents) => Documents): Stage {
  return function* (input) {
    yield* run(input);
  };
}

function* take(input: Documents, limit: number): Generator<Document> {
  let taken = 0;
  for (const document of input) {
    yield document;
    if (++taken >= limit) return;
  }
}

function count(argument: Value, code: number, message: string, least: number): number {
  const value = isNumeric(argument) ? toNumber(argument) : Number.NaN;
  if (!Number.isInteger(value) || value < least) throw new CommandError(code, message);
  return value;
}

function unwind(argument: Value): Stage {
  const options = typeof argument === 'string' ? { path: argument } : argument;
  const path = isDocument(options) ? options.path : undefined;
  if (typeof path !== 'string' || !path.startsWith('$'))
    throw new CommandError(28818, "path option to $unwind stage should be prefixed with a '$'");
  const { preserveNullAndEmptyArrays: preserve, includeArrayIndex: indexName } = options as Document;
  if (indexName !== undefined && typeof indexName !== 'string')
    throw new CommandError(28810, 'includeArrayIndex must be a string');
  const parts = path.slice(1).split('.');
  return function* (input) {
    for (const document of input) {
      const value = valueAt(document, parts);
      const list = Array.isArray(value) ? value : undefined;
      if (list === undefined || list.length === 0) {
        const something = list === undefined && value !== undefined && value !== null;
        if (something || preserve === true) {
          const kept = list ? placed(document, parts, undefined) : document;
          yield indexName === undefined ? kept : placed(kept, indexName.split('.'), null);
        }
        continue;
      }
      for (const [i, element] of list.entries()) {
        const one = placed(document, parts, element);
        yield indexName === undefined ? one : placed(one, indexName.split('.'), new Int32(i));
      }
    }
  };
}

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

function sample(argument: Value): (input: Documents) => Documents {
  const size = count(
    (isDocument(argument) ? argument.size : undefined) ?? null,
    28747,
    'size argument to $sample must be a positive number',
    1,
  );
  return (input) => {
    const kept: Document[] = [];
    let seen = 0;
    for (const document of input) {
      seen++;
      const at = Math.floor(Math.random() * seen);
      if (kept.length < size) kept.push(document);
      else if (at < size) kept[at] = document;
    }
    return kept;
  };
}

function facet(argument: Value, context: PipelineContext): (input: Documents) => Documents {
  if (!isDocument(argument) || Object.keys(argument).length === 0)
    throw new CommandError(40169, 'the $facet specification must be a non-empty object');
  const branches = Object.keys(argument).map((name) => {
    const stages = argument[name];
    if (!Array.isArray(stages)) throw new CommandError(40170, `arguments to $facet must be arrays, ${name} is not`);
    return { name, stage: compilePipeline(stages, context) };
  });
  return (input) => {
    const documents = [...input];
    const result: Document = {};
    for (const { name, stage } of branches) setField(result, name, [...stage(documents)]);
    return [result];
  };
}
