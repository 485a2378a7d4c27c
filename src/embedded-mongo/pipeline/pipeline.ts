import { Int32 } from 'bson';
import type { StringOrder } from '../bson/compare.ts';
import { toNumber } from '../bson/number.ts';
import { type Document, field, isDocument, isNumeric, setField, type Value } from '../bson/value.ts';
import { CommandError, notOffered } from '../errors.ts';
import type { Variables } from '../expression/evaluate.ts';
import { compileFilter } from '../query/match.ts';
import { valueAt } from '../query/path.ts';
import { sortInSlices } from '../query/run.ts';
import { compileSort } from '../query/sort.ts';
import { filtered, gathered, mapped, type Pause, pause, type Work } from '../query/work.ts';
import { bucket } from './bucket.ts';
import { group } from './group.ts';
import { lookup } from './lookup.ts';
import { transformStage } from './transform.ts';

/** Documents, and pauses in which others have their turn: a stage passes those on. */
export type Documents = Iterable<Document | Pause>;
export type Stage = (input: Documents) => Documents;

/** What stages may ask for: the documents of other collections of the same database. */
export interface PipelineContext {
  readonly find: (collection: string, filter: Document, variables: Variables | undefined) => Documents;
  readonly variables?: Variables | undefined;
  readonly strings?: StringOrder | undefined;
  readonly work?: Work | undefined;
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
  if (transform) return (input) => mapped(input, transform);
  switch (name) {
    case '$match': {
      if (!isDocument(argument)) throw new CommandError(15959, 'the match filter must be an expression in an object');
      const matches = compileFilter(argument, context);
      return (input) => filtered(input, (document: Document) => matches(document));
    }
    case '$sort': {
      if (!isDocument(argument) || Object.keys(argument).length === 0)
        throw new CommandError(15976, '$sort stage must have at least one sort key');
      const sort = compileSort(argument, context.strings);
      return function* (input) {
        const keyed = yield* gathered(mapped(input, (document: Document) => ({ document, key: sort.keyOf(document) })));
        const sorted = yield* sortInSlices(keyed, (a, b) => sort.compareKeys(a.key, b.key), context.work);
        for (const { document } of sorted) yield document;
      };
    }
    case '$limit': {
      const limit = count(argument, 15957, 'the limit must be a positive number', 1);
      return (input) => take(input, limit);
    }
    case '$skip': {
      const skip = count(argument, 15956, 'the skip must be a non-negative number', 0);
      return (input) => drop(input, skip);
    }
    case '$unwind':
      return unwind(argument);
    case '$group':
      return group(argument, context.variables);
    case '$sortByCount': {
      const counted = group({ _id: argument, count: { $sum: new Int32(1) } }, context.variables);
      return function* (input) {
        const groups = yield* gathered(counted(input));
        yield* groups.sort((a, b) => toNumber(b.count as Int32) - toNumber(a.count as Int32));
      };
    }
    case '$bucket':
      return bucket(argument, context.variables);
    case '$count': {
      if (typeof argument !== 'string' || argument === '' || /[$.]/.test(argument))
        throw new CommandError(40156, 'the count field must be a non-empty string without $ or dots');
      return function* (input) {
        let total = 0;
        for (const document of input) {
          if (document === pause) yield pause;
          else total++;
        }
        if (total > 0) yield { [argument]: new Int32(total) };
      };
    }
    case '$sample':
      return sample(argument);
    case '$lookup':
      return lookup(argument, context);
    case '$facet':
      return facet(argument, context);
    default:
      if (absent.has(name)) throw notOffered(`the stage ${name}`);
      throw new CommandError(40324, `Unrecognized pipeline stage name: '${name}'`);
  }
}

function* take(input: Documents, limit: number): Generator<Document | Pause> {
  let taken = 0;
  for (const document of input) {
    yield document;
    if (document !== pause && ++taken >= limit) return;
  }
}

function* drop(input: Documents, skip: number): Generator<Document | Pause> {
  let seen = 0;
  for (const document of input) if (document === pause || seen++ >= skip) yield document;
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
      if (document === pause) {
        yield pause;
        continue;
      }
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

/** Documents that are there already, with pauses: what is done with them may take long. */
function* withPauses(documents: readonly Document[], work: Work | undefined): Generator<Document | Pause> {
  for (const [i, document] of documents.entries()) {
    yield document;
    if (i % 16 === 15 && work?.isDue()) yield pause;
  }
}

function sample(argument: Value): Stage {
  const size = count(
    (isDocument(argument) ? argument.size : undefined) ?? null,
    28747,
    'size argument to $sample must be a positive number',
    1,
  );
  return function* (input) {
    const kept: Document[] = [];
    let seen = 0;
    for (const document of input) {
      if (document === pause) {
        yield pause;
        continue;
      }
      seen++;
      const at = Math.floor(Math.random() * seen);
      if (kept.length < size) kept.push(document);
      else if (at < size) kept[at] = document;
    }
    yield* kept;
  };
}

function facet(argument: Value, context: PipelineContext): Stage {
  if (!isDocument(argument) || Object.keys(argument).length === 0)
    throw new CommandError(40169, 'the $facet specification must be a non-empty object');
  const branches = Object.keys(argument).map((name) => {
    const stages = argument[name];
    if (!Array.isArray(stages)) throw new CommandError(40170, `arguments to $facet must be arrays, ${name} is not`);
    return { name, stage: compilePipeline(stages, context) };
  });
  return function* (input) {
    const documents = yield* gathered(input);
    const result: Document = {};
    for (const { name, stage } of branches)
      setField(result, name, yield* gathered(stage(withPauses(documents, context.work))));
    yield result;
  };
}
