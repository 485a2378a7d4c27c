import { normalText } from '../package/text.ts';
import type { Term, TermWords } from './term.ts';

export type TermDraft = Pick<Term, 'source' | 'targets' | 'forbidden' | 'definition' | 'note'>;

/** A term as people type it, tidied: one form of each text, no empty words, each form once. */
export function tidyTerm({ source, targets, forbidden, definition, note }: TermDraft): TermDraft {
  return {
    source: tidyWords(source),
    targets: targets.map(tidyWords).filter(({ text }) => text !== ''),
    forbidden: forbidden
      .map(({ text, instead, why }) => ({ text: normalText(text), instead: normalText(instead), why: normalText(why) }))
      .filter(({ text }) => text !== ''),
    definition: normalText(definition),
    note: normalText(note),
  };
}

function tidyWords({ text, forms }: TermWords): TermWords {
  const name = normalText(text);
  const others = new Set(forms.map(normalText).filter((form) => form !== '' && form !== name));
  return { text: name, forms: [...others] };
}

/** A new id from a source phrase: lower-case words with hyphens, with a number where it is taken. */
export function termId(source: string, taken: ReadonlySet<string>): string {
  const letters = source
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  const name = letters === '' ? 'term' : letters.replace(/-+$/, '');
  let id = name;
  for (let number = 2; taken.has(id); number++) id = `${name}-${number}`;
  return id;
}
