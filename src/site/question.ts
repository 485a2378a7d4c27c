import type { Found } from '../formats/search/lessonIndex.ts';

/** The longest question, in letters: a sentence, not a page. */
export const longestQuestion = 200;

/** What a reader typed into the search of an edition. */
export type Question =
  | { readonly kind: 'none' }
  | { readonly kind: 'tooLong' }
  | { readonly kind: 'asked'; readonly text: string };

/** Line breaks, signs that cannot be seen, and those that turn the words after them around count as spaces. */
export function readQuestion(query: URLSearchParams): Question {
  const text = (query.get('q') ?? '')
    .replace(/[\p{Cc}\p{Co}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\s]+/gu, ' ')
    .trim();
  if (text === '') return { kind: 'none' };
  return text.length > longestQuestion ? { kind: 'tooLong' } : { kind: 'asked', text };
}

/** A question and what it found; `found` is null when there is no word in it. */
export type Answered =
  | { readonly kind: 'none' }
  | { readonly kind: 'tooLong' }
  | { readonly kind: 'asked'; readonly text: string; readonly found: Found | null; readonly language: string };
