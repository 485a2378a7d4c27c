import type { Document } from '../bson/value.ts';
import { checkExpression, evaluate, type Variables } from '../expression/evaluate.ts';
import { checkName } from '../expression/names.ts';

/** The variables of a command's `let`: expressions that are worked out once, before any document is read. */
export function letVariables(given: Document | undefined): Variables | undefined {
  if (!given) return undefined;
  const variables: Record<string, Variables[string]> = {};
  for (const name of Object.keys(given)) {
    const expression = given[name];
    if (expression === undefined) continue;
    checkName(name);
    checkExpression(expression, {});
    variables[name] = evaluate(expression, { root: {} });
  }
  return variables;
}
