import { isUnspaced } from './words.ts';

/** A part of a text; `hit` where it is what was looked for. */
export type HitRun = { readonly text: string; readonly hit: boolean };

export type WordQuery = {
  readonly words: string;
  /** No letter stands right before or behind. */
  readonly whole: boolean;
  /** The language of the texts looked through: capital letters are its own. */
  readonly language: string;
};

export const longestQuery = 200;

const arabicSign = '[\\u064b-\\u065f\\u0670\\u0640]*';
/** Letters that Arabic writers use for one another. */
const alike: readonly string[] = ['اأإآٱ', 'يىی', 'كک', 'هة'];
const letter = '[\\p{L}\\p{M}\\p{N}]';

/**
 * The pattern that finds the words of a query in texts of a language, in any case, with any space between, in Arabic with or
 * without vowel signs; null for a query without a letter. Everything in it is looked for as it stands: nothing that a
 * person types is a pattern of its own, and it takes one way through a text.
 */
export function patternOf({ words, whole, language }: WordQuery): RegExp | null {
  const text = words.normalize('NFC').trim().slice(0, longestQuery);
  if (!/[\p{L}\p{N}]/u.test(text)) return null;
  const body = Array.from(text.replace(/\s+/gu, ' '), (each) => (each === ' ' ? '\\s+' : oneOf(each, language))).join(
    '',
  );
  const bounded = whole && !isUnspaced(text);
  return new RegExp(bounded ? `(?<!${letter})${body}(?!${letter})` : body, 'gu');
}

function oneOf(each: string, language: string): string {
  const forms = new Set([each, each.toLocaleLowerCase(language), each.toLocaleUpperCase(language)]);
  for (const group of alike) if (group.includes(each)) for (const other of group) forms.add(other);
  const single = [...forms].filter((form) => [...form].length === 1);
  const set = `[${single.map(escaped).join('')}]`;
  return /\p{Script=Arabic}/u.test(each) ? `${set}${arabicSign}` : set;
}

const escaped = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

/** The text cut at what was found. */
export function hitsIn(text: string, pattern: RegExp): readonly HitRun[] {
  const runs: HitRun[] = [];
  let end = 0;
  // A pattern remembers where it last stood.
  pattern.lastIndex = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) runs.push({ text: text.slice(end, match.index), hit: false });
    runs.push({ text: match[0], hit: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) runs.push({ text: text.slice(end), hit: false });
  return runs;
}

/** Whether the pattern stands in the text, wherever. */
export function stands(text: string, pattern: RegExp): boolean {
  pattern.lastIndex = 0;
  return pattern.test(text);
}
