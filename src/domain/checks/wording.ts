import type { Segment, SegmentKind } from '../package/lessonPackage.ts';
import type { Audience } from './audience.ts';
import type { ContentFinding } from './finding.ts';
import { freeFactsIn, isRound } from './freeFacts.ts';

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

/** A phrase as a pattern; `*` stands for any ending, `…` for up to four words between. */
function bodyOf(phrase: string): string {
  return phrase
    .split(/\s*…\s*/)
    .map((part) =>
      part
        .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', `${letters}*`)
        .replace(/\s+/g, '\\s+'),
    )
    .join('(?:\\s+\\S+){0,4}?\\s+');
}

/** Small letters as the language has them: a sentence that begins with “İ” holds the word with “i”. */
const small = (text: string, language: string): string => text.normalize('NFC').toLocaleLowerCase(language);

/** Whole words in any case. */
const wholeWords = (body: string): RegExp => new RegExp(`(?<!${letters})(?:${body})(?!${letters})`, 'iu');

function patternOf(phrase: string, language: string): RegExp {
  const key = `${language} ${phrase}`;
  const known = patterns.get(key);
  if (known !== undefined) return known;
  const pattern = wholeWords(bodyOf(small(phrase, language)));
  patterns.set(key, pattern);
  return pattern;
}

/** Terms and phrases that the rules do not have, and words that cross a red line. */
export type Wrong =
  | ({ readonly code: 'avoidedTerm' } & AvoidedTerm)
  | { readonly code: 'redLine'; readonly phrase: string; readonly why: string };

/** What a text says that its language's rules do not have. */
export function wrongWords(
  { id, kind }: Pick<Segment, 'id' | 'kind'>,
  text: string,
  rules: WordingRules,
): readonly Wrong[] {
  if (glossary.test(id)) return [];
  const words = small(text, rules.language).replace(/\*+/g, '');
  if (!anyOf(rules).test(words)) return [];
  const terms = rules.avoid
    .filter(({ term }) => patternOf(term, rules.language).test(words))
    .map((found): Wrong => ({ code: 'avoidedTerm', ...found }));
  const lines = rules.redLines
    .filter(({ phrase, except }) => !except.includes(kind) && patternOf(phrase, rules.language).test(words))
    .map(({ phrase, why }): Wrong => ({ code: 'redLine', phrase, why }));
  return [...terms, ...lines];
}

const together = new WeakMap<WordingRules, RegExp>();

/** Every term and phrase in one pattern: nearly all texts hold none, and are done after one look. */
function anyOf(rules: WordingRules): RegExp {
  const known = together.get(rules);
  if (known !== undefined) return known;
  const all = [...rules.avoid.map(({ term }) => term), ...rules.redLines.map(({ phrase }) => phrase)];
  const pattern =
    all.length === 0 ? /(?!)/u : wholeWords(all.map((phrase) => bodyOf(small(phrase, rules.language))).join('|'));
  together.set(rules, pattern);
  return pattern;
}

/** Terms, red lines and numbers to call in a text of the baseline. */
export function wordingFindings(
  segment: Pick<Segment, 'id' | 'kind'>,
  text: string,
  rules: WordingRules,
): readonly ContentFinding[] {
  if (glossary.test(segment.id)) return [];
  const { id } = segment;
  return [
    ...wrongWords(segment, text, rules).map(
      ({ code, ...data }): ContentFinding => ({ code, segment: id, data: { ...data } }),
    ),
    ...freeFactsIn(text)
      .filter(({ value }) => !isRound(value))
      .map(({ value }): ContentFinding => ({ code: 'freeFact', segment: id, data: { value } })),
  ];
}
