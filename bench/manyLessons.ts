import { indexOfLessons, type LessonIndex, type SearchLesson } from '../src/formats/search/lessonIndex.ts';
import { wordsIn } from '../src/formats/search/searchWords.ts';
import type { LessonRow } from '../src/site/pointer.ts';

/** A text cut into words and what stands between them; every second part is a word. */
type Parts = readonly string[];

/** Of a hundred words: replaced by another word of the edition, and by one that is in few lessons. */
const replaced = 25;
const rare = 3;

function partsOf(text: string, language: string): Parts {
  const parts: string[] = [];
  let done = 0;
  for (const word of wordsIn(text, language)) {
    parts.push(text.slice(done, word.at), word.text);
    done = word.at + word.text.length;
  }
  return [...parts, text.slice(done)];
}

export type ManyLessons = {
  readonly rows: readonly LessonRow[];
  readonly index: LessonIndex;
  /** Texts of the lessons, to ask for. */
  readonly texts: readonly string[];
};

/**
 * Many lessons out of the few of an edition: each has the form of a real one and its words, a quarter of them exchanged
 * for others of the same edition and some for words that few lessons have, as names of people and games are. So the words
 * grow in number with the lessons, as they do in books.
 */
export async function manyLessons(
  given: { readonly rows: readonly LessonRow[]; readonly index: LessonIndex },
  count: number,
  random: () => number,
): Promise<ManyLessons> {
  const { language } = given.index;
  const vocabulary: string[] = [];
  const cut = (text: string): Parts => {
    const parts = partsOf(text, language);
    for (let place = 1; place < parts.length; place += 2) vocabulary.push(parts[place] ?? '');
    return parts;
  };
  const real = given.index.lessons.flatMap(({ lesson, passages }) => {
    const row = given.rows.find((each) => each.lesson === lesson);
    if (row === undefined) return [];
    return [
      {
        row,
        title: cut(row.title),
        sentence: cut(row.sentence),
        passages: passages.map(({ where, text }) => ({ where, parts: cut(text) })),
      },
    ];
  });
  const any = (): string => vocabulary[Math.floor(random() * vocabulary.length)] ?? '';
  const rareWord = (): string => {
    const [one, other] = [any(), any()];
    return one.slice(0, Math.ceil(one.length / 2)) + other.slice(Math.floor(other.length / 2));
  };
  const varied = (parts: Parts): string =>
    parts
      .map((part, place) => {
        if (place % 2 === 0) return part;
        const drawn = random() * 100;
        return drawn < rare ? rareWord() : drawn < rare + replaced ? any() : part;
      })
      .join('');

  const rows: LessonRow[] = [];
  const lessons: SearchLesson[] = [];
  for (let number = 0; number < count; number++) {
    const of = real[number % real.length];
    if (of === undefined) throw new Error('an edition without lessons');
    const lesson = `${of.row.lesson}-${number}`;
    const title = varied(of.title);
    const sentence = varied(of.sentence);
    const passages = of.passages.map(({ where, parts }) => ({ where, text: varied(parts) }));
    const headings = [...new Set(passages.map(({ where }) => where).filter((where) => where !== ''))];
    rows.push({ ...of.row, lesson, title, sentence, minutes: of.row.minutes + (number % 3) * 5 });
    lessons.push({ lesson, title, sentence, headings, passages });
  }
  const texts = lessons.flatMap(({ title, passages }) => [title, ...passages.map(({ text }) => text)]);
  return { rows, index: await indexOfLessons(language, lessons), texts };
}
