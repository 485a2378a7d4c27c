import type { LanguageCode } from '../../facts/fact.ts';
import type { LooksAt } from './unitFinding.ts';

/** How a text ends. `stop` and `call` (exclamation) are one to us: what is said loudly differs between languages. */
export type Ending = 'stop' | 'question' | 'colon' | 'semicolon' | 'comma' | 'trailing' | 'none';

/** The marks that end a text, by script. */
const marks: readonly (readonly [Ending, string])[] = [
  // Latin and Cyrillic; Chinese and Japanese; half-width; Devanagari, Bengali (danda); Arabic-script Urdu; Armenian; Ethiopic;
  // Khmer, Burmese, Tibetan; Ol Chiki and Santali; exclamation in each.
  ['stop', '.!。！．｡।॥۔։՜።។၊။།᱾᱿‼⁉꘎꛳'],
  ['question', '?？؟՞፧⁇⁈꘏꛷'],
  ['colon', ':：፦፥'],
  ['semicolon', ';；؛፤'],
  ['comma', ',，、،､՝፣'],
  ['trailing', '…⋯‥'],
];
const endings = new Map(marks.flatMap(([ending, all]) => Array.from(all, (mark) => [mark, ending] as const)));

/** Quotation marks, brackets, the stars and underscores of Markdown, and signs of direction may follow the mark. */
const after = /[\s"'’”»«“„‘‚)\]}）】〉》」』*_\u200e\u200f\u061c\u2066-\u2069]+$/u;

/** Languages that end a sentence with a space or nothing. */
const without = new Set(['th', 'lo', 'shn', 'km', 'my', 'bo']);
/** Languages in which a question is known by its words, and need not have a mark. */
const questionInWords = new Set(['th', 'lo', 'km', 'my', 'ja', 'ko', 'hy', 'am', 'ti']);

/** How a text of a language ends. A text that ends with a fact ends as the fact does, which nobody knows here. */
export function endingOf(text: string, language: LanguageCode): Ending {
  const bare = text.trimEnd().replace(after, '');
  const last = [...bare].at(-1) ?? '';
  if (bare.endsWith('...')) return 'trailing';
  // In Greek the question mark looks like a semicolon and the semicolon is a raised dot.
  if (language === 'el' && (last === ';' || last === '\u037e')) return 'question';
  if (language === 'el' && (last === '·' || last === '\u0387')) return 'semicolon';
  // In Armenian the mark stands over the word that is asked or called, so it is looked for in the last sentence.
  if (language === 'hy' && /[՞][^։:]*[։:.]?$/u.test(bare)) return 'question';
  if (language === 'hy' && last === ':') return 'stop';
  return endings.get(last) ?? 'none';
}

/** Whether the texts end with a mark of the same kind, as their scripts write it. */
export const endingCheck: LooksAt = ({ source, target, language, policy, adapted }) => {
  if (adapted || policy === 'local') return [];
  const [wanted, found] = [endingOf(source, 'en'), endingOf(target, language)];
  const [one, other] = [sort(wanted), sort(found)];
  // "What it is" as a title: many languages can only ask.
  if (one === other || (one === 'none' && other === 'question')) return [];
  if (without.has(language) && (one === 'stop' || other === 'stop')) return [];
  if (questionInWords.has(language) && one === 'question') return [];
  return [{ check: 'ending', level: 'warning', data: { wanted, found } }];
};

/** A text that trails off is a sentence, and a colon, a comma and a semicolon all say that something follows. */
const sort = (ending: Ending): 'stop' | 'question' | 'goes on' | 'none' => {
  if (ending === 'stop' || ending === 'trailing') return 'stop';
  return ending === 'question' || ending === 'none' ? ending : 'goes on';
};
