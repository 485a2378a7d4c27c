import { baselineLanguage } from '../../../domain/edition/workingText.ts';
import { placeholdersOf } from '../../../domain/package/placeholders.ts';
import type { Translate } from '../../route.ts';

/** One thing looked at in a text of ours. `wrong` cannot be saved so; `look` is for a person to judge. */
export type Check = { readonly outcome: 'wrong' | 'look' | 'passed'; readonly sign: string; readonly text: string };

const signs = { wrong: 'stops', look: 'look', passed: 'done' } as const;
const check = (outcome: Check['outcome'], text: string): Check => ({ outcome, sign: signs[outcome], text });

/** Looks at a text beside its source: what is wrong first, then what passed. */
export function checksOf(t: Translate, source: string, target: string, language: string): readonly Check[] {
  if (target.trim() === '') return [];
  const found = [
    ...factChecks(t, source, target),
    numberCheck(t, source, target),
    ...untouched(t, source, target, language),
    endingCheck(t, source, target),
  ];
  const rank = { wrong: 0, look: 1, passed: 2 };
  return found.sort((one, other) => rank[one.outcome] - rank[other.outcome]);
}

function factChecks(t: Translate, source: string, target: string): readonly Check[] {
  const wanted = keysOf(source);
  const has = keysOf(target);
  const missing = [...wanted].filter((key) => !has.has(key));
  const foreign = [...has].filter((key) => !wanted.has(key));
  const braces = (keys: readonly string[]) => keys.map((key) => `{${key}}`);
  return [
    ...(missing.length > 0 ? [check('wrong', t('edition:checks.factsMissing', { facts: braces(missing) }))] : []),
    ...(foreign.length > 0 ? [check('wrong', t('edition:checks.factsForeign', { facts: braces(foreign) }))] : []),
    ...(missing.length + foreign.length === 0
      ? [
          check(
            'passed',
            wanted.size === 0 ? t('edition:checks.noFacts') : t('edition:checks.facts', { count: wanted.size }),
          ),
        ]
      : []),
  ];
}

const keysOf = (text: string): ReadonlySet<string> => new Set(placeholdersOf(text).map(({ key }) => key));

function numberCheck(t: Translate, source: string, target: string): Check {
  const wanted = numbersIn(source);
  const has = numbersIn(target);
  const lacking = wanted.filter((number) => !has.includes(number));
  const extra = has.filter((number) => !wanted.includes(number));
  if (lacking.length > 0) return check('look', t('edition:checks.numbersMissing', { numbers: lacking }));
  if (extra.length > 0) return check('look', t('edition:checks.numbersExtra', { numbers: extra }));
  return check('passed', t('edition:checks.numbers'));
}

/** Numbers in western digits, whichever digits they were written with; those inside facts do not count. */
export function numbersIn(text: string): readonly string[] {
  const words = text
    .replace(/\{[^}]*\}/g, ' ')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15));
  return [...new Set(words.match(/\d+(?:[.,:٫]\d+)*/g) ?? [])];
}

function untouched(t: Translate, source: string, target: string, language: string): readonly Check[] {
  if (language === baselineLanguage) return [];
  const same = source.trim() === target.trim() && /\p{L}{3}/u.test(source.replace(/\{[^}]*\}/g, ''));
  return [same ? check('look', t('edition:checks.untouched')) : check('passed', t('edition:checks.translated'))];
}

function endingCheck(t: Translate, source: string, target: string): Check {
  const ends = (text: string) => /[.!?:…؟。]["'”’»)*_]*$/u.test(text.trim());
  if (ends(source) && !ends(target)) return check('look', t('edition:checks.ending'));
  return check('passed', t('edition:checks.marks'));
}
