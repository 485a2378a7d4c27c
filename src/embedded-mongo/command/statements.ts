import { toNumber } from '../bson/number.ts';
import { type Document, field, isDocument, isNumeric, typeName, type Value } from '../bson/value.ts';
import { CommandError, typeMismatch } from '../errors.ts';

type Kind = 'object' | 'array' | 'bool' | 'number' | 'any';

interface Shape {
  /** The field of the command that holds the statements. */
  readonly list: string;
  readonly fields: Readonly<Record<string, Kind>>;
  readonly required: readonly string[];
}

const shapes: Readonly<Record<string, Shape>> = {
  update: {
    list: 'updates',
    fields: {
      q: 'object',
      u: 'any',
      c: 'object',
      multi: 'bool',
      upsert: 'bool',
      collation: 'object',
      arrayFilters: 'array',
      hint: 'any',
      sort: 'object',
    },
    required: ['q', 'u'],
  },
  delete: {
    list: 'deletes',
    fields: { q: 'object', limit: 'number', collation: 'object', hint: 'any' },
    required: ['q', 'limit'],
  },
};

const isKind: Readonly<Record<Kind, (value: Value) => boolean>> = {
  object: isDocument,
  array: Array.isArray,
  bool: (value) => typeof value === 'boolean' || isNumeric(value),
  number: isNumeric,
  any: () => true,
};

/** Looks at the form of all statements of an update or delete: where one is malformed, none is run. */
export function checkStatements(command: string, body: Document): void {
  const shape = Object.hasOwn(shapes, command) ? shapes[command] : undefined;
  const statements = shape && field(body, shape.list);
  // That the list is one is for the command itself to say.
  if (!shape || !Array.isArray(statements)) return;
  for (const statement of statements) {
    if (isDocument(statement)) checkStatement(statement, `${command}.${shape.list}`, shape);
  }
}

function checkStatement(statement: Document, where: string, { fields, required }: Shape): void {
  for (const [name, value] of Object.entries(statement)) {
    const kind = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!kind) throw new CommandError(40415, `BSON field '${where}.${name}' is an unknown field.`);
    if (!isKind[kind](value as Value))
      throw typeMismatch(
        `BSON field '${where}.${name}' is the wrong type '${typeName(value)}', expected type '${kind}'`,
      );
  }
  for (const name of required) {
    if (!Object.hasOwn(statement, name))
      throw new CommandError(40414, `BSON field '${where}.${name}' is missing but a required field`);
  }
  const { limit } = statement;
  if (isNumeric(limit) && ![0, 1].includes(toNumber(limit)))
    throw new CommandError(9, `The limit field in delete objects must be 0 or 1. Got ${toNumber(limit)}`);
}
