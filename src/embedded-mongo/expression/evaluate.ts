import { type Document, field, isDocument, setField, type Value } from '../bson/value.ts';
import { CommandError, notOffered } from '../errors.ts';
import { arithmeticOperators } from './arithmetic.ts';
import { arrayOperators } from './array.ts';
import { comparisonOperators } from './comparison.ts';
import { conversionOperators } from './conversion.ts';
import { dateOperators } from './date.ts';
import { objectOperators } from './object.ts';
import { setOperators } from './set.ts';
import { stringOperators } from './string.ts';
import { variableOperators } from './variable.ts';

export type Variables = Readonly<Record<string, Value | undefined>>;

/** What an expression can see: the document, and variables such as `$$this`. */
export interface Scope {
  readonly root: Document;
  readonly variables?: Variables | undefined;
}

/** Missing values are undefined: `$project` leaves such fields out. */
export type Result = Value | undefined;
export type ExpressionOperator = (argument: Value, scope: Scope) => Result;
export type ExpressionOperators = Readonly<Record<string, ExpressionOperator>>;

// Looked up on first use: the operator files import this one.
let operators: ExpressionOperators | undefined;

function operatorNamed(name: string): ExpressionOperator {
  operators ??= {
    ...arithmeticOperators,
    ...arrayOperators,
    ...comparisonOperators,
    ...conversionOperators,
    ...dateOperators,
    ...objectOperators,
    ...setOperators,
    ...stringOperators,
    ...variableOperators,
  };
  const found = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (found) return found;
  if (absent.has(name)) throw notOffered(`the expression ${name}`);
  throw new CommandError(168, `Unrecognized expression '${name}'`);
}

const absent = new Set([
  ...[
    '$function',
    '$accumulator',
    '$meta',
    '$dateFromParts',
    '$dateToParts',
    '$dateFromString',
    '$dateTrunc',
    '$convert',
  ],
  ...['$regexFind', '$regexFindAll', '$sampleRate', '$toHashedIndexKey', '$tsSecond', '$tsIncrement', '$bsonSize'],
  ...['$binarySize', '$sin', '$cos', '$tan', '$asin', '$acos', '$atan', '$atan2', '$sinh', '$cosh', '$tanh'],
  ...['$degreesToRadians', '$radiansToDegrees', '$bitAnd', '$bitOr', '$bitXor', '$bitNot', '$median', '$percentile'],
  ...['$firstN', '$lastN', '$maxN', '$minN', '$stdDevPop', '$stdDevSamp', '$isoWeek', '$isoWeekYear', '$isoDayOfWeek'],
]);

/** The value of an aggregation expression for one document. */
export function evaluate(expression: Value, scope: Scope): Result {
  if (typeof expression === 'string') return expression.startsWith('$') ? reference(expression, scope) : expression;
  if (Array.isArray(expression)) return expression.map((element) => evaluate(element, scope) ?? null);
  if (!isDocument(expression)) return expression;
  const names = Object.keys(expression);
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

/** Refuses an expression with operators that are not there, before any document is read. */
export function checkExpression(expression: Value): void {
  if (Array.isArray(expression)) for (const element of expression) checkExpression(element);
  if (!isDocument(expression)) return;
  for (const name of Object.keys(expression)) {
    if (name === '$literal') return;
    if (name.startsWith('$')) operatorNamed(name);
    const argument = expression[name] as Value;
    // The branches and options of these are named without `$`, so that the walk goes on through them.
    checkExpression(argument);
  }
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
        const inner = isDocument(element) || Array.isArray(element) ? walk(element, parts.slice(i)) : undefined;
        if (inner !== undefined) found.push(inner);
      }
      return found;
    }
    if (!isDocument(current)) return undefined;
    current = field(current, part);
  }
  return current;
}
