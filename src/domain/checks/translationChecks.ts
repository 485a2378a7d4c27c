import { placeholdersOf } from '../package/placeholders.ts';
import type { ContentFinding } from './finding.ts';
import { bareText } from './sentences.ts';

/** What a translation has to have in common with its source: facts, numbers, strong words; and that it is one. */
export function translationFindings(
  segment: string,
  source: string,
  target: string,
  sameLanguage = false,
): readonly ContentFinding[] {
  const findings: ContentFinding[] = [];
  const facts = difference(
    placeholdersOf(source).map(({ key }) => key),
    placeholdersOf(target).map(({ key }) => key),
  );
  if (facts !== null) findings.push({ code: 'factsDiffer', segment, data: facts });
  const numbers = difference(numbersOf(source), numbersOf(target));
  if (numbers !== null) findings.push({ code: 'numbersDiffer', segment, data: numbers });
  const [wanted, found] = [strongOf(source), strongOf(target)];
  if (wanted !== found) findings.push({ code: 'marksDiffer', segment, data: { wanted, found } });
  if (!sameLanguage && source === target && /\p{L}{3,}.*\s\p{L}{3,}/u.test(bareText(source))) {
    findings.push({ code: 'untouchedSource', segment, data: {} });
  }
  return findings;
}

const digits = /\p{Nd}+(?:[.,]\p{Nd}+)*/gu;

/** The numbers of a text in figures, whatever figures its script uses. */
function numbersOf(text: string): readonly string[] {
  return Array.from(bareText(text).matchAll(digits), ([number]) => western(number)).sort();
}

const western = (number: string): string =>
  number
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0));

const strongOf = (text: string): number => text.match(/\*\*[^*]+\*\*/g)?.length ?? 0;

/** What one side has more of than the other; null when both have the same. A fact may be repeated where grammar asks. */
function difference(source: readonly string[], target: readonly string[]): Record<string, string> | null {
  const missing = [...new Set(source)].filter((one) => !target.includes(one));
  const foreign = [...new Set(target)].filter((one) => !source.includes(one));
  if (missing.length === 0 && foreign.length === 0) return null;
  return { missing: missing.join(', '), foreign: foreign.join(', ') };
}
