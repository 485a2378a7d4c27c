import type { PublishedLesson } from '../../../domain/edition/publication.ts';
import type { Imprint, Paragraph } from '../../../formats/page/lessonPage.ts';

/** How a lesson would look to readers: the public page and its files, by the builders that make the real ones. */
export interface Previews {
  /** The whole page with its style inside. */
  page(published: PublishedLesson, imprint: Imprint): Promise<string>;
  /** `guide.pdf` or a sheet's; null when the lesson has no such file. */
  file(published: PublishedLesson, name: string, imprint: Imprint): Promise<Uint8Array | null>;
  /** The words of a paragraph as readers' pages print them: HTML in which every leaf is escaped. */
  words(paragraph: Paragraph): string;
}
