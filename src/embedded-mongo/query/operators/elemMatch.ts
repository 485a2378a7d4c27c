import { isDocument, type Value } from '../../bson/value.ts';
import { badValue } from '../../errors.ts';
import type { OperatorContext, ValueTest } from '../operators.ts';

/** `$elemMatch` with a query of documents, or with operators on the elements themselves. */
export function compileElemMatch(argument: Value, context: OperatorContext): ValueTest {
  if (!isDocument(argument)) throw badValue('$elemMatch needs an Object');
  const first = Object.keys(argument)[0];
  const logical = first === '$and' || first === '$or' || first === '$nor' || first === '$expr';
  let test: ValueTest;
  if (first?.startsWith('$') && !logical) test = context.compileElement(argument);
  else {
    const matcher = context.compileFilter(argument);
    test = (value) => isDocument(value) && matcher(value);
  }
  return (value, details) => {
    if (!Array.isArray(value)) return false;
    const found = value.findIndex((element) => test(element));
    if (found >= 0 && details) details.position = found;
    return found >= 0;
  };
}
