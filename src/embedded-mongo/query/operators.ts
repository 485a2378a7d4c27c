import type { StringOrder } from '../bson/compare.ts';
import type { Document, Value } from '../bson/value.ts';
import { badValue, notOffered } from '../errors.ts';
import type { MatchDetails, Matcher } from './match.ts';
import { compileIn } from './operators/among.ts';
import { compileBits, compileMod } from './operators/bits.ts';
import { compileElemMatch } from './operators/elemMatch.ts';
import { equalityTest, inequality } from './operators/equality.ts';
import { compileRegexTest } from './operators/regex.ts';
import { compileSize, compileType } from './operators/type.ts';

export type ValueTest = (value: Value | undefined, details?: MatchDetails) => boolean;

export interface OperatorContext {
  readonly strings: StringOrder;
  readonly compileFilter: (filter: Document) => Matcher;
  readonly compileElement: (operators: Document) => ValueTest;
}

/** Compiles one operator into a test of one value. `siblings` holds `$options` for `$regex`. */
export function compileOperator(
  operator: string,
  argument: Value,
  siblings: Document,
  context: OperatorContext,
): ValueTest {
  switch (operator) {
    case '$eq':
      return equalityTest(argument, context.strings);
    case '$gt':
      return inequality(argument, context.strings, (d) => d > 0, false);
    case '$gte':
      return inequality(argument, context.strings, (d) => d >= 0, true);
    case '$lt':
      return inequality(argument, context.strings, (d) => d < 0, false);
    case '$lte':
      return inequality(argument, context.strings, (d) => d <= 0, true);
    case '$in':
      return compileIn(argument, context.strings);
    case '$regex':
      return compileRegexTest(argument, siblings);
    case '$type':
      return compileType(argument);
    case '$mod':
      return compileMod(argument);
    case '$size':
      return compileSize(argument);
    case '$elemMatch':
      return compileElemMatch(argument, context);
    case '$bitsAllSet':
    case '$bitsAllClear':
    case '$bitsAnySet':
    case '$bitsAnyClear':
      return compileBits(operator, argument);
    case '$geoWithin':
    case '$geoIntersects':
    case '$near':
    case '$nearSphere':
    case '$jsonSchema':
      throw notOffered(operator);
    default:
      throw badValue(`unknown operator: ${operator}`);
  }
}
