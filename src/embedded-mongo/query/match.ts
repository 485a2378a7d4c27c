import { BSONRegExp } from 'bson';
import { compareBytes, type StringOrder } from '../bson/compare.ts';
import { type Document, isDocument, type Value } from '../bson/value.ts';
import { badValue, notOffered } from '../errors.ts';
import { compileExpression, type Variables } from '../expression/evaluate.ts';
import { truthy } from '../expression/truth.ts';
import { equalityTest } from './operators/equality.ts';
import { negate, onPath } from './operators/onPath.ts';
import { compileOperator, type ValueTest } from './operators.ts';
import { visitPath } from './path.ts';

/** What a match tells besides yes: where in an array it was found, for the positional `$`. */
export interface MatchDetails {
  position?: number;
}
export type Matcher = (document: Document, details?: MatchDetails) => boolean;

export interface MatchOptions {
  readonly strings?: StringOrder | undefined;
  readonly variables?: Variables | undefined;
  /** Tests a value as it is: an array is not gone into. */
  readonly whole?: boolean;
}

/** Compiles a query document. Unknown operators are BadValue, known but absent ones NotImplemented. */
export function compileFilter(filter: Document, options: MatchOptions = {}): Matcher {
  const tests = Object.keys(filter).map((name) => compileClause(name, filter[name] as Value, options));
  const only = tests[0];
  if (tests.length === 1 && only) return only;
  return (document, details) => tests.every((test) => test(document, details));
}

function compileClause(name: string, value: Value, options: MatchOptions): Matcher {
  if (!name.startsWith('$')) return compilePath(name, value, options);
  switch (name) {
    case '$and': {
      const tests = clauses(name, value, options);
      return (document, details) => tests.every((test) => test(document, details));
    }
    case '$or': {
      const tests = clauses(name, value, options);
      return (document, details) => tests.some((test) => test(document, details));
    }
    case '$nor': {
      const tests = clauses(name, value, options);
      return (document) => !tests.some((test) => test(document));
    }
    case '$expr': {
      const expression = compileExpression(value, options);
      return (document) => truthy(expression(document));
    }
    case '$comment':
      return () => true;
    case '$alwaysTrue':
      return () => true;
    case '$alwaysFalse':
      return () => false;
    case '$where':
    case '$text':
    case '$jsonSchema':
    case '$sampleRate':
      throw notOffered(name);
    default:
      throw badValue(
        `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
      );
  }
}

function clauses(name: string, value: Value, options: MatchOptions): Matcher[] {
  if (!Array.isArray(value) || value.length === 0) throw badValue(`${name} must be a nonempty array`);
  return value.map((clause) => {
    if (!isDocument(clause)) throw badValue(`${name} argument's entries must be objects`);
    return compileFilter(clause, options);
  });
}

/** Whether a document is `{ $gt: … }` rather than a value to compare with. */
export function isOperatorDocument(value: Value | undefined): value is Document {
  if (!isDocument(value)) return false;
  const first = Object.keys(value)[0];
  return first?.startsWith('$') === true && first !== '$ref' && first !== '$id' && first !== '$db';
}

function compilePath(name: string, value: Value, options: MatchOptions): Matcher {
  const parts = name.split('.');
  if (!isOperatorDocument(value)) return onPath(parts, implicitEquality(value, options), options.whole);
  const matchers: Matcher[] = [];
  for (const operator of Object.keys(value)) {
    if (!operator.startsWith('$')) throw badValue(`unknown operator: ${operator}`);
    if (operator === '$options') {
      if (!Object.hasOwn(value, '$regex')) throw badValue('$options needs a $regex');
      continue;
    }
    const argument = value[operator] as Value;
    matchers.push(compilePathOperator(parts, operator, argument, value, options));
  }
  return matchers.length === 1
    ? (matchers[0] as Matcher)
    : (document, details) => matchers.every((matcher) => matcher(document, details));
}

function implicitEquality(value: Value, options: MatchOptions): ValueTest {
  if (value instanceof BSONRegExp) return compileOperator('$regex', value, {}, compileContext(options));
  return equalityTest(value, options.strings ?? compareBytes);
}

function compilePathOperator(
  parts: readonly string[],
  operator: string,
  argument: Value,
  all: Document,
  options: MatchOptions,
): Matcher {
  switch (operator) {
    case '$not': {
      if (argument instanceof BSONRegExp)
        return negate(onPath(parts, implicitEquality(argument, options), options.whole));
      if (!isDocument(argument)) throw badValue('$not needs a regex or a document');
      if (Object.keys(argument).length === 0) throw badValue('$not cannot be empty');
      if (!isOperatorDocument(argument)) throw badValue(`unknown operator: ${Object.keys(argument)[0]}`);
      return negate(compilePath(parts.join('.'), argument, options));
    }
    case '$ne':
      if (argument instanceof BSONRegExp) throw badValue("Can't have regex as arg to $ne.");
      return negate(onPath(parts, equalityTest(argument, options.strings ?? compareBytes), options.whole));
    case '$nin':
      return negate(onPath(parts, compileOperator('$in', argument, all, compileContext(options)), options.whole));
    case '$all':
      return compileAll(parts, argument, options);
    case '$elemMatch':
    case '$size': {
      const test = compileOperator(operator, argument, all, compileContext(options));
      return (document, details) => {
        const inner: MatchDetails = {};
        return visitPath(document, parts, false, (value, position) => {
          if (!test(value, inner)) return false;
          const found = position ?? inner.position;
          if (details && found !== undefined) details.position ??= found;
          return true;
        });
      };
    }
    case '$exists': {
      const wanted = truthy(argument);
      const exists = (document: Document) => visitPath(document, parts, false, (value) => value !== undefined);
      return (document) => exists(document) === wanted;
    }
    default:
      return onPath(parts, compileOperator(operator, argument, all, compileContext(options)), options.whole);
  }
}

function compileContext(options: MatchOptions) {
  return {
    strings: options.strings ?? compareBytes,
    compileFilter: (f: Document) => compileFilter(f, { ...options, whole: false }),
    // An array in an array is one element: `$elemMatch` does not look inside it.
    compileElement: (v: Document) => compileElement(v, { ...options, whole: true }),
  };
}

/** A test of an array's elements as values: `{ $elemMatch: { $gt: 5 } }`. */
export function compileElement(operators: Document, options: MatchOptions = {}): ValueTest {
  const matcher = compilePath('element', operators, options);
  return (value) => value !== undefined && matcher({ element: value });
}

function compileAll(parts: readonly string[], argument: Value, options: MatchOptions): Matcher {
  if (!Array.isArray(argument)) throw badValue('$all needs an array');
  if (argument.length === 0) return () => false;
  const name = parts.join('.');
  const matchers = argument.map((value) => {
    if (isOperatorDocument(value)) {
      if (!Object.hasOwn(value, '$elemMatch')) throw badValue('no $ expressions in $all');
      return compilePath(name, value, options);
    }
    return onPath(parts, implicitEquality(value, options), options.whole);
  });
  return (document, details) => matchers.every((matcher) => matcher(document, details));
}
