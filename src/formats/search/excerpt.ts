import type { Hit, Passage } from './lessonIndex.ts';
import { formsOf, wordsIn } from './searchWords.ts';

/** A run of text; `marked` where it is a word that was looked for. */
export type Run = { readonly text: string; readonly marked: boolean };
/** Why a lesson was found: words of it, and the step or sheet where they stand. */
export type Excerpt = { readonly where: string; readonly runs: readonly Run[] };

/** Letters before the first marked word, and in all. */
const before = 60;
const most = 200;

const isAsked = (folded: string, terms: ReadonlySet<string>): boolean =>
  formsOf(folded).some((form) => terms.has(form));

/** The text with the words that were found marked; null when none stands in it. */
export function markedRuns(text: string, terms: readonly string[], language: string): readonly Run[] | null {
  const asked = new Set(terms);
  const runs: Run[] = [];
  let done = 0;
  for (const word of wordsIn(text, language)) {
    if (!isAsked(word.folded, asked)) continue;
    if (word.at > done) runs.push({ text: text.slice(done, word.at), marked: false });
    runs.push({ text: word.text, marked: true });
    done = word.at + word.text.length;
  }
  if (done === 0 && runs.length === 0) return null;
  if (done < text.length) runs.push({ text: text.slice(done), marked: false });
  return runs;
}

/** Left-to-right isolates around numbers: a cut never goes through one. */
const opening = '\u2066';
const closing = '\u2069';

const inIsolate = (text: string, at: number): boolean =>
  text.lastIndexOf(opening, at - 1) > text.lastIndexOf(closing, at - 1);

/** About `most` letters around a place, cut between words and never inside a number. */
function cut(text: string, at: number): string {
  let from = at <= before ? 0 : at - before;
  while (from > 0 && (!/\s/.test(text[from - 1] ?? '') || inIsolate(text, from))) from--;
  let to = Math.min(text.length, from + most);
  while (to < text.length && (!/\s/.test(text[to] ?? '') || inIsolate(text, to))) to++;
  return `${from > 0 ? '… ' : ''}${text.slice(from, to).trim()}${to < text.length ? ' …' : ''}`;
}

/** A passage with so many of the words, or as many as were asked for, is good enough: it is not looked for a better one. */
const enough = 3;
/** Of a beginning that many words share, so many are looked for. */
const mostTerms = 8;

/** The passages with the most of the words that were found, best first, the first of equals first. */
function passagesWith(hit: Hit): readonly Passage[] {
  const terms = hit.terms.slice(0, mostTerms);
  const wanted = Math.min(enough, hit.asked, terms.length);
  const found: { readonly passage: Passage; readonly count: number }[] = [];
  for (const [place, passage] of hit.passages.entries()) {
    const text = hit.foldedAt(place);
    const count = terms.filter((term) => text.includes(term)).length;
    if (count > 0) found.push({ passage, count });
    if (count >= wanted) break;
  }
  return found.sort((one, other) => other.count - one.count).map(({ passage }) => passage);
}

/** Words of the lesson with those that were found marked; null when they stand in its title and sentence only. */
export function excerptOf(hit: Hit, language: string): Excerpt | null {
  const terms = new Set(hit.terms);
  // A term may be part of a longer word there: then the next passage is asked.
  for (const passage of passagesWith(hit).slice(0, 6)) {
    const first = wordsIn(passage.text, language).find(({ folded }) => isAsked(folded, terms));
    if (!first) continue;
    const runs = markedRuns(cut(passage.text, first.at), hit.terms, language);
    if (runs) return { where: passage.where, runs };
  }
  return null;
}
