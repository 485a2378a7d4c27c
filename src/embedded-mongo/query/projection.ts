import type { StringOrder } from '../bson/compare.ts';
import { namesOf } from '../bson/names.ts';
import { toNumber } from '../bson/number.ts';
import { type Document, field, isNumeric, type Value } from '../bson/value.ts';
import type { Variables } from '../expression/evaluate.ts';
import type { MatchDetails } from './match.ts';
import type { Fields } from './projection/action.ts';
import { apply } from './projection/apply.ts';
import { Modes, place } from './projection/place.ts';

export { addField } from './projection/addField.ts';

export type Projection = (document: Document, details?: MatchDetails) => Document;

export interface ProjectionOptions {
  /** `find` has `$slice`, `$elemMatch` and `$` in projections; `$project` has not. */
  readonly ofFind: boolean;
  readonly variables?: Variables | undefined;
  /** The order of strings under the collation of the command. */
  readonly strings?: StringOrder | undefined;
}

/** Compiles a projection of `find` or `$project`. Undefined where it changes nothing. */
export function compileProjection(spec: Document, options: ProjectionOptions): Projection | undefined {
  if (Object.keys(spec).length === 0) return undefined;
  const fields: Fields = new Map();
  const modes = new Modes();
  let id: boolean | undefined;
  for (const path of namesOf(spec)) {
    const value = spec[path] as Value;
    if (path === '_id' && (typeof value === 'boolean' || isNumeric(value))) {
      id = value === true || (isNumeric(value) && toNumber(value) !== 0);
      continue;
    }
    place(fields, path, value, options, modes);
  }
  modes.check();
  const slices = [...fields.values()].every((action) => action.kind === 'slice');
  const including =
    modes.mode === 'keep' || (modes.mode === undefined && (id === true || (!slices && fields.size > 0)));
  if (including) {
    if (id !== false && !fields.has('_id')) fields.set('_id', { kind: 'keep' });
  } else if (id === false) fields.set('_id', { kind: 'drop' });
  const { variables, strings } = options;
  return (document, details) => apply(document, fields, including, { root: document, variables, strings }, details);
}

/** The fields of a projection that only keeps some whole: their values need not be read. Undefined for any other. */
export function keptFields(spec: Document): readonly string[] | undefined {
  const isOne = (value: Value | undefined) => value === true || (isNumeric(value) && toNumber(value) !== 0);
  const names = Object.keys(spec).filter((name) => name !== '_id');
  const plain = names.every((name) => isOne(spec[name]) && !/^\$|\./.test(name) && name !== '');
  if (names.length === 0 || !plain) return undefined;
  const id = field(spec, '_id');
  if (id === undefined || isOne(id)) return ['_id', ...names];
  return id === false || isNumeric(id) ? names : undefined;
}
