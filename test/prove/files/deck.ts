import { plainText } from '../../../src/formats/page/plainText.ts';
import type { ExpectedLesson } from './judge.ts';
import { folded } from './reading.ts';

/**
 * The titles that the slides have to show, in their order: the lesson's own, then those of its slides. Where the first
 * slide has the lesson's own title it may be the opening one.
 */
export function deckTitles({ title, page }: ExpectedLesson): readonly string[] {
  const own = page.slides.map((slide) => plainText([slide.title]));
  return folded(own[0] ?? '') === folded(title) ? own : [title, ...own];
}

/** What the presenter says and does, in the order of the slides. */
export const presenterNotes = ({ page }: ExpectedLesson): readonly string[] =>
  page.slides.flatMap(({ notes }) => notes.flatMap(({ paragraphs }) => paragraphs.map((line) => plainText([line]))));
