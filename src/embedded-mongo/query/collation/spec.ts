import { toNumber } from '../../bson/number.ts';
import { type Document, field, isDocument, isNumeric, typeName, type Value } from '../../bson/value.ts';
import { badValue, CommandError, notOffered, typeMismatch } from '../../errors.ts';

/** A collation that has been checked, and that the engine can keep to. */
export interface CollationSpec {
  readonly locale: string;
  readonly strength: 1 | 2 | 3;
  readonly caseLevel: boolean;
  readonly caseFirst: 'upper' | 'lower' | 'off';
  readonly numericOrdering: boolean;
  /** Undefined leaves it to the language. */
  readonly alternate: 'non-ignorable' | 'shifted' | undefined;
}

const options = [
  ...['locale', 'caseLevel', 'caseFirst', 'strength', 'numericOrdering', 'alternate', 'maxVariable'],
  ...['normalization', 'backwards', 'version'],
];

/** Reads a `collation`; undefined where strings are to be compared by their bytes. */
export function readCollation(collation: Value | undefined): CollationSpec | undefined {
  if (collation === undefined || collation === null) return undefined;
  if (!isDocument(collation))
    throw typeMismatch(`BSON field 'collation' is the wrong type '${typeName(collation)}', expected type 'object'`);
  if (Object.keys(collation).length === 0) return undefined;
  for (const name of Object.keys(collation)) {
    if (!options.includes(name)) throw new CommandError(40415, `BSON field 'collation.${name}' is an unknown field.`);
  }
  const locale = field(collation, 'locale');
  if (locale === undefined)
    throw new CommandError(40414, "BSON field 'collation.locale' is missing but a required field");
  if (typeof locale !== 'string') throw wrong('locale', locale, 'string');
  const spec = {
    locale,
    strength: strengthOf(collation),
    caseLevel: flag(collation, 'caseLevel'),
    caseFirst: choice(collation, 'caseFirst', ['upper', 'lower', 'off']) ?? 'off',
    numericOrdering: flag(collation, 'numericOrdering'),
    alternate: choice(collation, 'alternate', ['non-ignorable', 'shifted']),
  };
  const maxVariable = choice(collation, 'maxVariable', ['punct', 'space']) ?? 'punct';
  flag(collation, 'normalization');
  const backwards = flag(collation, 'backwards');
  if (locale === 'simple') {
    if (Object.keys(collation).length > 1)
      throw badValue("If 'locale' is 'simple', then no other collation options may be given");
    return undefined;
  }
  if (spec.caseFirst !== 'off' && spec.strength < 3 && !spec.caseLevel)
    throw badValue("'caseFirst' is invalid unless 'caseLevel' is on or 'strength' is greater than 2");
  if (backwards && spec.strength === 1) throw badValue("'backwards' is invalid with 'strength' of 1");
  if (backwards) throw notOffered('a collation that compares accents backwards');
  if (spec.caseLevel && spec.strength > 1) throw notOffered(`caseLevel in a collation of strength ${spec.strength}`);
  if (maxVariable === 'space' && spec.alternate === 'shifted') throw notOffered("a collation with maxVariable 'space'");
  return spec;
}

function strengthOf(collation: Document): 1 | 2 | 3 {
  const given = field(collation, 'strength');
  if (given === undefined) return 3;
  if (!isNumeric(given)) throw wrong('strength', given, 'number');
  const strength = toNumber(given);
  if (strength === 1 || strength === 2 || strength === 3) return strength;
  if (strength === 4 || strength === 5) throw notOffered(`collation strength ${strength}`);
  throw badValue(`Enumeration value '${strength}' for field 'collation.strength' is not a valid value.`);
}

function flag(collation: Document, name: string): boolean {
  const given = field(collation, name);
  if (given === undefined || typeof given === 'boolean') return given === true;
  throw wrong(name, given, 'bool');
}

function choice<T extends string>(collation: Document, name: string, known: readonly T[]): T | undefined {
  const given = field(collation, name);
  if (given === undefined) return undefined;
  if (typeof given !== 'string') throw wrong(name, given, 'string');
  const found = known.find((one) => one === given);
  if (found === undefined)
    throw badValue(`Enumeration value '${given}' for field 'collation.${name}' is not a valid value.`);
  return found;
}

function wrong(name: string, value: Value, expected: string): CommandError {
  return typeMismatch(
    `BSON field 'collation.${name}' is the wrong type '${typeName(value)}', expected type '${expected}'`,
  );
}
