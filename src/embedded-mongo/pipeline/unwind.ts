import { Long } from 'bson';
import { type Document, field, isDocument, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { pause } from '../query/work.ts';
import { placed } from './placed.ts';
import type { Stage } from './stage.ts';

interface Unwind {
  readonly parts: readonly string[];
  readonly preserve: boolean;
  readonly index: readonly string[] | undefined;
}

/** `$unwind`: one document for each element of an array. */
export function unwind(argument: Value): Stage {
  const { parts, preserve, index } = read(argument);
  const shown = (document: Document, at: Long | null): Document =>
    index === undefined ? document : placed(document, index, at);
  return function* (input) {
    for (const document of input) {
      if (document === pause) {
        yield pause;
        continue;
      }
      const value = reached(document, parts);
      if (Array.isArray(value) && value.length > 0) {
        for (const [i, element] of value.entries()) yield shown(placed(document, parts, element), Long.fromNumber(i));
      } else if (!Array.isArray(value) && value !== undefined && value !== null) yield shown(document, null);
      else if (preserve) yield shown(Array.isArray(value) ? placed(document, parts, undefined) : document, null);
    }
  };
}

function read(argument: Value): Unwind {
  if (typeof argument !== 'string' && !isDocument(argument))
    throw new CommandError(15981, 'expected either a string or an object as specification for $unwind stage');
  const options: Document = isDocument(argument) ? argument : { path: argument };
  const { path, preserveNullAndEmptyArrays: preserve = false, includeArrayIndex: index, ...others } = options;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new CommandError(28811, `unrecognized option to $unwind stage: ${unknown}`);
  if (path === undefined) throw new CommandError(28812, 'no path specified to $unwind stage');
  if (typeof path !== 'string') throw new CommandError(28808, 'expected a string as the path for $unwind stage');
  if (!path.startsWith('$'))
    throw new CommandError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  if (typeof preserve !== 'boolean')
    throw new CommandError(28809, 'expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage');
  if (index !== undefined && (typeof index !== 'string' || index === ''))
    throw new CommandError(28810, 'expected a non-empty string for the includeArrayIndex option to $unwind stage');
  if (index?.startsWith('$'))
    throw new CommandError(28822, 'includeArrayIndex option to $unwind stage should not be prefixed with a $');
  return { parts: path.slice(1).split('.'), preserve, index: index?.split('.') };
}

/** Only documents are gone through on the way. */
function reached(document: Document, parts: readonly string[]): Value | undefined {
  let value: Value | undefined = document;
  for (const part of parts) value = isDocument(value) ? field(value, part) : undefined;
  return value;
}
