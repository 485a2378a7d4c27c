import MiniSearch, { type AsPlainObject, type Options, type Query, type SearchResult } from 'minisearch';
import { fold, formsOf, wordsIn } from './searchWords.ts';

/** Some words of a lesson, and the step or sheet where they stand; `where` is empty for the rest. */
export type Passage = { readonly where: string; readonly text: string };

/** What can be searched of one lesson. Numbers in it are isolated left to right, ready to be shown. */
export type SearchLesson = {
  readonly lesson: string;
  readonly title: string;
  readonly sentence: string;
  readonly headings: readonly string[];
  readonly passages: readonly Passage[];
};

/** An index as it is kept in a file: JSON, the same for the same lessons. */
export type LessonIndex = {
  readonly format: 1;
  readonly language: string;
  readonly lessons: readonly { readonly lesson: string; readonly passages: readonly Passage[] }[];
  readonly words: AsPlainObject;
};

/**
 * How closely the lessons found fit: every word as it was typed, every word allowing for slips, or only some of the
 * words.
 */
export type Closeness = 'exact' | 'near' | 'some';

export type Hit = {
  readonly lesson: string;
  /** The words of the lesson that were looked for, folded. */
  readonly terms: readonly string[];
  /** How many words the question has: a word and its longer forms count as one. */
  readonly asked: number;
  readonly passages: readonly Passage[];
  /** The text of a passage as it is compared; folded when it is first asked for. */
  readonly foldedAt: (place: number) => string;
};
export type Found = { readonly closeness: Closeness; readonly hits: readonly Hit[] };

type Row = { id: number; title: string; sentence: string; headings: string; text: string };

/** More words than these make a search slower, not better. */
const mostWords = 5;
/** With so many lessons that have the words themselves, those that have longer ones are not looked for. */
const plenty = 100;
/** In a question of more words than these, nobody has left one unfinished. */
const mostBeginnings = 3;

const optionsFor = (language: string): Options<Row> => ({
  fields: ['title', 'sentence', 'headings', 'text'],
  storeFields: [],
  tokenize: (text) => wordsIn(text, language).map(({ folded }) => folded),
  processTerm: (folded) => [...formsOf(folded)],
});

/** An index that grows by one lesson at a time, in teaching order; the order decides between lessons that fit equally well. */
export function growIndex(language: string) {
  const words = new MiniSearch<Row>(optionsFor(language));
  const grown: LessonIndex['lessons'][number][] = [];
  return {
    add({ lesson, title, sentence, headings, passages }: SearchLesson): void {
      const text = passages.map((passage) => passage.text).join('\n');
      words.add({ id: grown.length, title: `${lesson} ${title}`, sentence, headings: headings.join('\n'), text });
      grown.push({ lesson, passages });
    },
    index: (): LessonIndex => ({ format: 1, language, lessons: grown, words: words.toJSON() }),
  };
}

/** Of all lessons at once. */
export function indexOfLessons(language: string, lessons: readonly SearchLesson[]): LessonIndex {
  const growing = growIndex(language);
  for (const lesson of lessons) growing.add(lesson);
  return growing.index();
}

/** Scripts that write without spaces: one sign may be a word. */
const withoutSpaces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Of a long question the longest words, in their order: the short ones are in every lesson. */
function weightiest(words: readonly string[]): readonly string[] {
  if (words.length <= mostWords) return words;
  const kept = new Set([...words].sort((one, other) => other.length - one.length).slice(0, mostWords));
  return words.filter((word) => kept.has(word));
}

const mayGoOn = (term: string): boolean => term.length >= 3 || withoutSpaces.test(term);

/** Slips allowed in a word: none in a short one, where every slip is another word. */
const slipsIn = (term: string): number => (term.length < 4 ? 0 : term.length < 8 ? 1 : 2);

function queryOf(words: readonly string[], combineWith: 'AND' | 'OR'): Query {
  return { combineWith, queries: words.map((word) => ({ combineWith: 'OR', queries: [...formsOf(word)] })) };
}

/** The passages of a lesson, each folded once. */
function foldsOf(passages: readonly Passage[]): Hit['foldedAt'] {
  const folds: string[] = [];
  return (place) => {
    const known = folds[place] ?? fold(passages[place]?.text ?? '');
    folds[place] = known;
    return known;
  };
}

/** A search over the lessons of one edition, ready for many questions. */
export type LessonSearch = {
  readonly language: string;
  /** Among the lessons that may be found; null when the text has no word in it. */
  find(text: string, among: ReadonlySet<string>): Found | null;
};

/** Loads what `indexOfLessons` made. */
export function createLessonSearch(kept: LessonIndex): LessonSearch {
  const { language } = kept;
  const lessons = kept.lessons.map((each) => ({ ...each, foldedAt: foldsOf(each.passages) }));
  const words = MiniSearch.loadJS<Row>(kept.words, optionsFor(language));
  const base = {
    boost: { title: 6, sentence: 3, headings: 2 },
    weights: { prefix: 0.6, fuzzy: 0.35 },
    // What is looked for is folded already.
    tokenize: (text: string) => [text],
    processTerm: (term: string) => term,
  };

  function hitsOf(results: readonly SearchResult[], asked: number): readonly Hit[] {
    const sorted = [...results].sort((one, other) => other.score - one.score || Number(one.id) - Number(other.id));
    const hits: Hit[] = [];
    for (const { id, terms } of sorted) {
      const found = lessons[Number(id)];
      if (!found) continue;
      const { lesson, passages, foldedAt } = found;
      hits.push({ lesson, terms, asked, passages, foldedAt });
    }
    return hits;
  }

  return {
    language,
    find(text, among) {
      const asked = weightiest([...new Set(wordsIn(text, language).map(({ folded }) => folded))]);
      if (asked.length === 0) return null;
      const prefix = asked.length <= mostBeginnings && mayGoOn;
      const options = {
        ...base,
        prefix,
        filter: ({ id }: SearchResult) => among.has(lessons[Number(id)]?.lesson ?? ''),
      };
      const every = queryOf(asked, 'AND');
      const itself = words.search(every, { ...options, prefix: false });
      if (itself.length >= plenty) return { closeness: 'exact', hits: hitsOf(itself, asked.length) };
      const exact = prefix === false ? itself : words.search(every, options);
      if (exact.length > 0) return { closeness: 'exact', hits: hitsOf(exact, asked.length) };
      const forgiving = { ...options, fuzzy: slipsIn };
      const near = words.search(every, forgiving);
      if (near.length > 0 || asked.length === 1) return { closeness: 'near', hits: hitsOf(near, asked.length) };
      return { closeness: 'some', hits: hitsOf(words.search(queryOf(asked, 'OR'), forgiving), asked.length) };
    },
  };
}
