import { splitPlaceholders } from '../package/placeholders.ts';
import { segmenterOf } from '../package/segmenters.ts';

/** The words of a text without its marks; a fact counts as one word, a link as its words. */
export function bareText(text: string): string {
  return splitPlaceholders(text)
    .map((part) => (part.kind === 'words' ? part.text : 'X'))
    .join('')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*+|\\/g, '');
}

/** The sentences of a text, by the rules of its language; a line break ends one, too. */
export function sentencesOf(text: string, language: string): readonly string[] {
  const segmenter = segmenterOf(language, 'sentence');
  return (
    bareText(text)
      .split(/\n+/)
      .flatMap((line) => Array.from(segmenter.segment(line), ({ segment }) => segment))
      // A colon before a quotation ends what the writer says; the quotation is a sentence of its own.
      .flatMap((sentence) => sentence.split(/(?<=[:؛])\s+(?=[“"«])/))
      // The rules of the languages do not end a sentence before a figure, as “No. 5” is none; ours have no such numbers.
      .flatMap((sentence) => sentence.split(/(?<=[.!?؟][”»]?)\s+(?=\p{Nd})/u))
      .map((sentence) => sentence.trim())
      .filter((sentence) => wordsOf(sentence, language).length > 0)
  );
}

/** The words of a sentence, in any script. */
export function wordsOf(text: string, language: string): readonly string[] {
  return Array.from(segmenterOf(language, 'word').segment(text))
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment);
}
