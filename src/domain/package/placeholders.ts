import type { FactKey } from '../facts/fact.ts';

/** A fact named in a text: `{helpline.child}`, or with a grammatical form `{safeguarding.lead_title|dative}`. */
export type Placeholder = { readonly key: FactKey; readonly form?: string };
/** A text cut at its placeholders; the parts joined give the text again. */
export type TextPart =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'fact'; readonly text: string; readonly placeholder: Placeholder; readonly index: number };

/** What a fact's key may look like. */
export const factKeyPattern = /^[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*$/;

// A backslash before the brace makes it an ordinary brace, as in Markdown.
const pattern = /(?<!\\)\{([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)(?:\|([a-z][a-z0-9_]*))?\}/g;

/** The facts that a text names, in order, with repetitions. */
export function placeholdersOf(text: string): readonly Placeholder[] {
  return Array.from(text.matchAll(pattern), placeholderOf);
}

/** The text cut into words and facts, for those who print it. */
export function splitPlaceholders(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) parts.push({ kind: 'words', text: text.slice(end, match.index) });
    parts.push({ kind: 'fact', text: match[0], placeholder: placeholderOf(match), index: match.index });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ kind: 'words', text: text.slice(end) });
  return parts;
}

function placeholderOf(match: RegExpMatchArray): Placeholder {
  const key = match[1] ?? '';
  return match[2] === undefined ? { key } : { key, form: match[2] };
}
