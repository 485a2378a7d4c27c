import type { StringOrder } from '../bson/compare.ts';
import { namesOf } from '../bson/names.ts';
import { type Document, field, isDocument, setField, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { arithmeticOperators } from './arithmetic.ts';
import { arrayOperators } from './array.ts';
import { bitOperators } from './bits.ts';
import { checkExpression, shapeOf } from './check.ts';
import { comparisonOperators } from './comparison.ts';
import { conversionOperators } from './conversion.ts';
import { convertOperators } from './convert.ts';
import { dateOperators } from './date.ts';
import { dateMakingOperators } from './dateMaking.ts';
import { dateMovingOperators } from './dateMoving.ts';
import { gatheringOperators } from './gathering.ts';
import { objectOperators } from './object.ts';
import { powerOperators } from './power.ts';
import { regexOperators } from './regex.ts';
import { roundingOperators } from './rounding.ts';
import { setOperators } from './set.ts';
import { stringOperators } from './string.ts';
import { trigonometryOperators } from './trigonometry.ts';
import { variableOperators } from './variable.ts';

export { checkExpression } from './check.ts';

export type Variables = Readonly<Record<string, Value | undefined>>;

export interface ExpressionOptions {
  /** Read again at each evaluation, so that one who compiles once may change the values. */
  readonly variables?: Variables | undefined;
  /** The order of strings under the collation of the command. */
  readonly strings?: StringOrder | undefined;
}

/** What an expression can see: the document, and variables such as `$$this`. */
export interface Scope extends ExpressionOptions {
  readonly root: Document;
}

/** Missing values are undefined: `$project` leaves such fields out. */
export type Result = Value | undefined;
export type ExpressionOperator = (argument: Value, scope: Scope) => Result;
export type ExpressionOperators = Readonly<Record<string, ExpressionOperator>>;

/** An expression that has been looked through, ready for any number of documents. */
export type Expression = (document: Document) => Result;

/** Compiles an expression: what is wrong with it is refused here, with MongoDB's codes, whether or not there are documents. */
export function compileExpression(expression: Value, options: ExpressionOptions): Expression {
  checkExpression(expression, options.variables);
  const { variables, strings } = options;
  return (root) => evaluate(expression, { root, variables, strings });
}

// Looked up on first use: the operator files import this one.
let operators: ExpressionOperators | undefined;

function operatorNamed(name: string): ExpressionOperator {
  operators ??= {
    ...arithmeticOperators,
    ...arrayOperators,
    ...bitOperators,
    ...comparisonOperators,
    ...conversionOperators,
    ...convertOperators,
    ...dateOperators,
    ...dateMakingOperators,
    ...dateMovingOperators,
    ...gatheringOperators,
    ...objectOperators,
    ...powerOperators,
    ...regexOperators,
    ...roundingOperators,
    ...setOperators,
    ...stringOperators,
    ...trigonometryOperators,
    ...variableOperators,
  };
  const found = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (found) return found;
  shapeOf(name);
  throw new CommandError(168, `Unrecognized expression '${name}'`);
}

/** The value of an aggregation expression for one document. */
export function evaluate(expression: Value, scope: Scope): Result {
  if (typeof expression === 'string') return expression.startsWith('$') ? reference(expression, scope) : expression;
  if (Array.isArray(expression)) return expression.map((element) => evaluate(element, scope) ?? null);
  if (!isDocument(expression)) return expression;
  const names = namesOf(expression);
  const first = names[0];
  if (first?.startsWith('$')) {
    if (names.length > 1) {
      throw new CommandError(15983, 'An object representing an expression must have exactly one field');
    }
    return operatorNamed(first)(expression[first] as Value, scope);
  }
  const result: Document = {};
  for (const name of names) {
    const value = evaluate(expression[name] as Value, scope);
    if (value !== undefined) setField(result, name, value);
  }
  return result;
}

function reference(text: string, scope: Scope): Result {
  if (!text.startsWith('$$')) return walk(scope.variables?.CURRENT ?? scope.root, text.slice(1).split('.'));
  const [name = '', ...rest] = text.slice(2).split('.');
  return walk(variable(name, scope), rest);
}

function variable(name: string, scope: Scope): Result {
  if (scope.variables && Object.hasOwn(scope.variables, name)) return scope.variables[name];
  if (name === 'ROOT' || name === 'CURRENT') return scope.root;
  if (name === 'REMOVE') return undefined;
  if (name === 'NOW') return new Date();
  throw new CommandError(17276, `Use of undefined variable: ${name}`);
}

/** A path in an expression: arrays give the array of what their elements have there, indexes mean nothing. */
function walk(value: Result, parts: readonly string[]): Result {
  let current = value;
  for (const [i, part] of parts.entries()) {
    if (Array.isArray(current)) {
      const found: Value[] = [];
      for (const element of current) {
        // An array within an array is not gone into.
        const inner = isDocument(element) ? walk(element, parts.slice(i)) : undefined;
        if (inner !== undefined) found.push(inner);
      }
      return found;
    }
    if (!isDocument(current)) return undefined;
    current = field(current, part);
  }
  return current;
}
