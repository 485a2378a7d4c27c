import { baselineLanguage } from '../edition/workingText.ts';
import { type Phrase, phraseOf, placesOf } from './phrase.ts';
import type { ForbiddenWord, Term } from './term.ts';
import { type Word, wordsOf } from './words.ts';

/** A term in a source text, from letter to letter (UTF-16, as `slice` counts). */
export type TermPlace = { readonly term: Term; readonly start: number; readonly end: number };

export type TermUse = {
  /** The source names the idea. */
  readonly occurs: boolean;
  /** The target has one of the agreed words. */
  readonly used: boolean;
  readonly forbiddenFound: readonly ForbiddenFound[];
};
/** `found`: the word as it stands in the text. */
export type ForbiddenFound = ForbiddenWord & { readonly found: string };

/** What a target does not do that the glossary asks. `word`: the source's word, or the forbidden one of the target. */
export type TermFinding =
  | { readonly kind: 'termMissing'; readonly term: Term; readonly word: string }
  | {
      readonly kind: 'termForbidden';
      readonly term: Term;
      readonly word: string;
      readonly instead: string;
      readonly why: string;
    };

type Compiled = {
  readonly source: readonly Phrase[];
  readonly targets: readonly Phrase[];
  readonly forbidden: readonly (readonly [ForbiddenWord, Phrase])[];
};
const compiled = new WeakMap<Term, Compiled>();

function compile(term: Term): Compiled {
  const known = compiled.get(term);
  if (known !== undefined) return known;
  const made: Compiled = {
    source: [term.source.text, ...term.source.forms].map((form) => phraseOf(form, baselineLanguage, 'words')),
    targets: term.targets.flatMap(({ text, forms }) =>
      [text, ...forms].map((form) => phraseOf(form, term.language, 'stems')),
    ),
    forbidden: term.forbidden.map((word) => [word, phraseOf(word.text, term.language, 'words')] as const),
  };
  compiled.set(term, made);
  return made;
}

/** The source phrases of many terms by their first word; those whose first word may go on stand apart. */
type Lookup = {
  readonly byWord: ReadonlyMap<string, readonly (readonly [Term, Phrase])[]>;
  readonly open: readonly (readonly [Term, Phrase])[];
};
const lookups = new WeakMap<readonly Term[], Lookup>();

function lookupOf(terms: readonly Term[]): Lookup {
  const known = lookups.get(terms);
  if (known !== undefined) return known;
  const byWord = new Map<string, (readonly [Term, Phrase])[]>();
  const open: (readonly [Term, Phrase])[] = [];
  for (const term of terms) {
    for (const phrase of compile(term).source) {
      const [first] = phrase.words;
      if (first === undefined) continue;
      if (first.open) open.push([term, phrase]);
      else byWord.set(first.text, [...(byWord.get(first.text) ?? []), [term, phrase]]);
    }
  }
  const made = { byWord, open };
  lookups.set(terms, made);
  return made;
}

/**
 * The terms of a source text in reading order. Where terms overlap the longest stands: `sexual extortion of a child` is not
 * `extortion`, too.
 */
export function termsIn(source: string, terms: readonly Term[]): readonly TermPlace[] {
  const words = wordsOf(source, baselineLanguage);
  const { byWord, open } = lookupOf(terms);
  const asked = new Set(words.flatMap((word) => byWord.get(word.text) ?? []));
  const found = [...asked, ...open].flatMap(([term, phrase]) =>
    placesOf(words, phrase).map((place) => ({ term, place })),
  );
  found.sort((one, other) => lengthOf(other.place) - lengthOf(one.place) || one.place[0] - other.place[0]);
  const taken = new Set<number>();
  const places: TermPlace[] = [];
  for (const { term, place } of found) {
    const own = Array.from({ length: lengthOf(place) }, (_, step) => place[0] + step);
    if (own.some((index) => taken.has(index))) continue;
    for (const index of own) taken.add(index);
    places.push({ term, start: words[place[0]]?.start ?? 0, end: words[place[1]]?.end ?? 0 });
  }
  return places.sort((one, other) => one.start - other.start);
}

const lengthOf = ([first, last]: readonly [number, number]): number => last - first + 1;

/** How one term fares between a source and its target. */
export function termUse(term: Term, source: string, target: string): TermUse {
  const words = wordsOf(source, baselineLanguage);
  const occurs = compile(term).source.some((phrase) => placesOf(words, phrase).length > 0);
  return { occurs, ...inTarget(term, target, wordsOf(target, term.language)) };
}

function inTarget(term: Term, target: string, words: readonly Word[]): Omit<TermUse, 'occurs'> {
  const { targets, forbidden } = compile(term);
  return {
    used: targets.some((phrase) => placesOf(words, phrase).length > 0),
    forbiddenFound: forbidden.flatMap(([word, phrase]) => {
      const place = placesOf(words, phrase).find(([first, last]) => !isNamed(target, words, first, last));
      if (place === undefined) return [];
      return [{ ...word, found: target.slice(words[place[0]]?.start, words[place[1]]?.end) }];
    }),
  };
}

const longestName = 6;

/** Whether a word is only named: it stands in quotation marks with little else, as where a text says what not to say. */
function isNamed(text: string, words: readonly Word[], first: number, last: number): boolean {
  const opening = Math.max(...['“', '«', '„', '"'].map((mark) => text.lastIndexOf(mark, words[first]?.start ?? 0)));
  if (opening < 0) return false;
  const closing = /[”»"“]/u.exec(text.slice(opening + 1));
  if (closing === null) return false;
  const end = opening + 1 + closing.index;
  if ((words[last]?.end ?? 0) > end) return false;
  return words.filter((word) => word.start > opening && word.end <= end).length <= longestName;
}

/**
 * What a target does otherwise than the glossary: an idea of the source without one of its agreed words, and words that
 * are not used for it. An empty target has no findings. Only terms of the target's language are asked.
 */
export function termFindings(
  terms: readonly Term[],
  source: string,
  target: string,
  language: string,
): readonly TermFinding[] {
  if (target.trim() === '') return [];
  const own = terms.every((term) => term.language === language)
    ? terms
    : terms.filter((term) => term.language === language);
  const places = termsIn(source, own);
  const words = wordsOf(target, language);
  return [...new Set(places.map((place) => place.term))].flatMap((term): readonly TermFinding[] => {
    const { used, forbiddenFound } = inTarget(term, target, words);
    const place = places.find((each) => each.term === term);
    const word = source.slice(place?.start, place?.end);
    return [
      ...(used ? [] : [{ kind: 'termMissing' as const, term, word }]),
      ...forbiddenFound.map(({ found, instead, why }) => ({
        kind: 'termForbidden' as const,
        term,
        word: found,
        instead,
        why,
      })),
    ];
  });
}
