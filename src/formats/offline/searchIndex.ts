import { foldWord, wordsOf } from '../../domain/memory/words.ts';
import type { Bundle } from '../bundle/bundle.ts';
import { lessonPath } from '../bundle/places.ts';
import { blocksOf } from '../page/blocksOf.ts';
import type { LessonPage } from '../page/lessonPage.ts';
import { plainText } from '../page/plainText.ts';

/** What a copy on a stick searches: every word of every lesson, as folded by `foldWord`, and where it stands. */
export type SearchIndex = {
  readonly language: string;
  readonly lessons: readonly { readonly lesson: string; readonly href: string }[];
  /** By word: the place of a lesson in `lessons` and the word's weight there, again and again. */
  readonly words: Readonly<Record<string, readonly number[]>>;
};

const weights = { title: 12, aim: 4, text: 1 } as const;

/** The most that a word that is said over and over weighs. */
const mostForText = 6;

function textsOf(page: LessonPage): readonly (readonly [text: string, weight: number])[] {
  const aims = [...page.lead, ...page.objectives, ...page.messages];
  const questions = [...page.questions, ...page.later];
  return [
    [page.title, weights.title],
    ...page.steps.map(({ title }) => [plainText([title]), weights.aim] as const),
    ...page.sheetsToPrint.map(({ title }) => [title, weights.aim] as const),
    ...aims.map(({ paragraphs }) => [plainText(paragraphs), weights.aim] as const),
    ...questions.flatMap(({ stem, answers }) => [
      [plainText(stem), weights.text] as const,
      ...answers.map(({ text }) => [plainText([text]), weights.text] as const),
    ]),
    ...blocksOf(page).map(({ paragraphs }) => [plainText(paragraphs), weights.text] as const),
  ];
}

/** Words as readers of the language cut them, also where it writes none of them apart; an Arabic one with and without its particles. */
export function searchWords(text: string, language: string): readonly string[] {
  const cut = new Intl.Segmenter(language, { granularity: 'word' });
  return [...cut.segment(text)].flatMap(({ segment, isWordLike }) => {
    if (!isWordLike) return [];
    return wordsOf(segment, language)[0]?.forms ?? [foldWord(segment, language)];
  });
}

export function searchIndexOf({ edition, lessons }: Bundle): SearchIndex {
  const words = new Map<string, Map<number, number>>();
  for (const [place, { page }] of lessons.entries()) {
    for (const [text, weight] of textsOf(page)) {
      for (const word of new Set(searchWords(text, edition.language))) {
        const found = words.get(word) ?? new Map<number, number>();
        const before = found.get(place) ?? 0;
        const after =
          weight === weights.text ? Math.max(before, Math.min(mostForText, before + weight)) : before + weight;
        found.set(place, after);
        words.set(word, found);
      }
    }
  }
  const sorted = [...words].sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    language: edition.language,
    lessons: lessons.map((lesson) => ({
      lesson: lesson.page.lesson,
      href: lessonPath(lesson),
    })),
    words: Object.fromEntries(sorted.map(([word, found]) => [word, [...found].flat()])),
  };
}

/** The index as a plain script, because a page opened from a stick may load a script beside it but may not read a file. */
export const searchIndexScript = (index: SearchIndex): string =>
  `globalThis.headwaterSearch = JSON.parse(${JSON.stringify(JSON.stringify(index))});\n`;
