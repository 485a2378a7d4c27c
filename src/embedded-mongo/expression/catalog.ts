/** What an expression operator takes, so that a wrong one is refused before the first document is read. */
export type Shape =
  /** So many operands, in an array or, for one, without it. */
  | { readonly kind: 'operands'; readonly least: number; readonly most: number }
  /** An object of named options, with the codes of what may be wrong with them. */
  | { readonly kind: 'options'; readonly options: Options }
  /** Operands, or the options of an object. */
  | {
      readonly kind: 'either';
      readonly operands: readonly [number, number];
      readonly options: Options;
      readonly by: string;
    }
  | { readonly kind: 'own' };

export interface Options {
  /** What must be there, with the code that MongoDB gives where it is not. */
  readonly required: Readonly<Record<string, number>>;
  readonly optional: readonly string[];
  /** The codes for what is no object, and for an option that is not known. */
  readonly notObject: number;
  readonly unknown: number;
  /** Options that are no expressions. */
  readonly plain?: readonly string[];
  /** Options that see further variables: those named here, and the one that the option `as` names. */
  readonly binds?: { readonly inside: string; readonly names: readonly string[] };
}

const operands = (least: number, most = least): Shape => ({ kind: 'operands', least, most });
const any: Shape = operands(0, Number.POSITIVE_INFINITY);
const one: Shape = operands(1);
const two: Shape = operands(2);
const own: Shape = { kind: 'own' };

function options(
  required: Readonly<Record<string, number>>,
  optional: readonly string[],
  notObject: number,
  unknown: number,
  more: Pick<Options, 'plain' | 'binds'> = {},
): Shape {
  return { kind: 'options', options: { required, optional, notObject, unknown, ...more } };
}

const datePart: Shape = {
  kind: 'either',
  operands: [1, 1],
  by: 'date',
  options: { required: { date: 40539 }, optional: ['timezone'], notObject: 40535, unknown: 40535 },
};

const dateMove = options({ startDate: 5166402, unit: 5166402, amount: 5166402 }, ['timezone'], 5166400, 5166401);
const trim = options({ input: 50695 }, ['chars'], 50696, 50694);
const regex = options({ input: 31022, regex: 31023 }, ['options'], 51103, 31024);
const replace = options({ input: 51749, find: 51748, replacement: 51747 }, [], 51751, 51750);
const several = options({ input: 5787907, n: 5787906 }, [], 5787900, 5787901);

/** The same shape for several names. */
function each(shape: Shape, names: string): Readonly<Record<string, Shape>> {
  return Object.fromEntries(names.split(' ').map((name) => [name, shape]));
}

/** The expressions of MongoDB 7 that the engine offers. */
export const offeredExpressions: Readonly<Record<string, Shape>> = {
  ...each(
    one,
    '$abs $acos $acosh $allElementsTrue $anyElementTrue $arrayToObject $asin $asinh $atan $atanh $binarySize $bitNot $bsonSize $ceil $cos $cosh $degreesToRadians $exp $first $floor $isArray $isNumber $last $ln $log10 $not $objectToArray $radiansToDegrees $reverseArray $sin $sinh $size $sqrt $strLenBytes $strLenCP $tan $tanh $toBool $toDate $toDecimal $toDouble $toInt $toLong $toLower $toObjectId $toString $toUpper $tsIncrement $tsSecond $type',
  ),
  ...each(
    any,
    '$add $and $avg $bitAnd $bitOr $bitXor $concat $concatArrays $max $mergeObjects $min $multiply $or $setIntersection $setUnion $stdDevPop $stdDevSamp $sum',
  ),
  ...each(
    two,
    '$arrayElemAt $atan2 $cmp $divide $eq $gt $gte $in $log $lt $lte $mod $ne $pow $setDifference $setIsSubset $split $strcasecmp $subtract',
  ),
  ...each(own, '$const $getField $let $literal $rand $switch'),
  ...each(dateMove, '$dateAdd $dateSubtract'),
  ...each(
    datePart,
    '$dayOfMonth $dayOfWeek $dayOfYear $hour $isoDayOfWeek $isoWeek $isoWeekYear $millisecond $minute $month $second $week $year',
  ),
  ...each(several, '$firstN $lastN $maxN $minN'),
  ...each(operands(2, Number.POSITIVE_INFINITY), '$ifNull $setEquals'),
  ...each(operands(2, 4), '$indexOfArray $indexOfBytes $indexOfCP'),
  ...each(trim, '$ltrim $rtrim $trim'),
  ...each(operands(2, 3), '$range $slice'),
  ...each(regex, '$regexFind $regexFindAll $regexMatch'),
  ...each(replace, '$replaceAll $replaceOne'),
  ...each(operands(1, 2), '$round $trunc'),
  ...each(operands(3), '$substr $substrBytes $substrCP'),
  $cond: {
    kind: 'either',
    operands: [3, 3],
    by: '',
    // biome-ignore lint/suspicious/noThenProperty: the language of MongoDB says so
    options: { required: { if: 17080, then: 17081, else: 17082 }, optional: [], notObject: 16020, unknown: 17083 },
  },
  $convert: options({ input: 9, to: 9 }, ['onError', 'onNull'], 9, 9),
  $dateDiff: options(
    { startDate: 5166303, endDate: 5166303, unit: 5166303 },
    ['timezone', 'startOfWeek'],
    5166301,
    5166302,
  ),
  $dateFromParts: options(
    {},
    [
      ...['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond', 'timezone'],
      ...['isoWeekYear', 'isoWeek', 'isoDayOfWeek'],
    ],
    40519,
    40518,
  ),
  $dateToParts: options({ date: 40522 }, ['timezone', 'iso8601'], 40524, 40520),
  $dateToString: options({ date: 18628 }, ['format', 'timezone', 'onNull'], 18629, 18534),
  $dateTrunc: options({ date: 5439009, unit: 5439010 }, ['binSize', 'timezone', 'startOfWeek'], 5439007, 5439008),
  $filter: options({ input: 28648, cond: 28650 }, ['as', 'limit'], 28646, 28647, {
    plain: ['as'],
    binds: { inside: 'cond', names: ['this'] },
  }),
  $map: options({ input: 16880, in: 16882 }, ['as'], 16878, 16879, {
    plain: ['as'],
    binds: { inside: 'in', names: ['this'] },
  }),
  $reduce: options({ input: 40077, initialValue: 40078, in: 40079 }, [], 40075, 40076, {
    binds: { inside: 'in', names: ['this', 'value'] },
  }),
  $setField: options({ field: 4161102, input: 4161109, value: 4161103 }, [], 4161100, 4161101),
  $sortArray: options({ input: 2942502, sortBy: 2942503 }, [], 2942500, 2942501, { plain: ['sortBy'] }),
  $unsetField: options({ field: 4161102, input: 4161109 }, [], 4161100, 4161101),
  $zip: options({ inputs: 34465 }, ['useLongestLength', 'defaults'], 34460, 34464, { plain: ['useLongestLength'] }),
};

/** Those that MongoDB 7 has and the engine has not: refused as NotImplemented, where an unknown one is refused as such. */
export const absentExpressions: ReadonlySet<string> = new Set([
  '$accumulator',
  '$dateFromString',
  '$function',
  '$median',
  '$meta',
  '$percentile',
  '$toHashedIndexKey',
]);
