import type { Segment, SegmentKind } from '../package/lessonPackage.ts';
import type { Audience } from './audience.ts';
import type { ContentFinding } from './finding.ts';

/** The wording rules of one language: what is not said, and how long a sentence may be. */
export type WordingRules = {
  readonly language: string;
  /** Words in a sentence, by who reads it. */
  readonly sentenceWords: Readonly<Record<Audience, number>>;
  /** The hardest that the words for learners of a band may be, on the scale of the language. */
  readonly readingLimit: Readonly<Partial<Record<Audience, number>>>;
  readonly avoid: readonly AvoidedTerm[];
  readonly redLines: readonly RedLine[];
};
/** A term that is not used; a star at its end stands for any ending. */
export type AvoidedTerm = { readonly term: string; readonly instead: string; readonly why: string };
/** Words that cross a red line, except in kinds of segments that show what is wrong (a wrong answer). */
export type RedLine = { readonly phrase: string; readonly why: string; readonly except: readonly SegmentKind[] };

/** Segments whose task is to name the words that are avoided. */
const glossary = /^GLO\./;

const letters = '[\\p{L}\\p{M}\\p{N}]';
const patterns = new Map<string, RegExp>();

/** A phrase as whole words in any case; `*` stands for any ending, `…` for up to four words between. */
function patternOf(phrase: string): RegExp {
  const known = patterns.get(phrase);
  if (known !== undefined) return known;
  const body = phrase
    .split(/\s*…\s*/)
    .map((part) =>
      part
        .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', `${letters}*`)
        .replace(/\s+/g, '\\s+'),
    )
    .join('(?:\\s+\\S+){0,4}?\\s+');
  const pattern = new RegExp(`(?<!${letters})${body}(?!${letters})`, 'iu');
  patterns.set(phrase, pattern);
  return pattern;
}

/** Terms and phrases of a text that its language's rules do not have. */
export function wordingFindings(
  { id, kind }: Pick<Segment, 'id' | 'kind'>,
  text: string,
  rules: WordingRules,
): readonly ContentFinding[] {
  if (glossary.test(id)) return [];
  const words = text.normalize('NFC').replace(/\*+/g, '');
  const terms = rules.avoid
    .filter(({ term }) => patternOf(term).test(words))
    .map((found): ContentFinding => ({ code: 'avoidedTerm', segment: id, data: { ...found } }));
  const lines = rules.redLines
    .filter(({ phrase, except }) => !except.includes(kind) && patternOf(phrase).test(words))
    .map(({ phrase, why }): ContentFinding => ({ code: 'redLine', segment: id, data: { phrase, why } }));
  return [...terms, ...lines, ...freeFacts(id, words)];
}

// A year and a number of minutes or metres are no number to call; ages and counts have fewer digits.
const longNumber = /(?<![\d.,])\d{3,}(?:[ -]\d{2,})*(?![\d.,]?\d)/g;
const address = /\bhttps?:\/\/\S+|\bwww\.\S+|\b[a-z0-9-]+\.(?:com|org|net|gov|info)\b/gi;

/** A number to call or an address that stands in a text instead of the country's fact. */
function freeFacts(segment: string, text: string): readonly ContentFinding[] {
  const numbers = [...text.matchAll(longNumber)].map(([value]) => value).filter((value) => !isPlain(value));
  const addresses = [...text.matchAll(address)].map(([value]) => value);
  return [...numbers, ...addresses].map((value) => ({ code: 'freeFact', segment, data: { value } }));
}

const isPlain = (value: string): boolean => /^(?:19|20)\d\d$/.test(value) || /^[1-9]\d0$/.test(value);
