import { bareText } from '../sentences.ts';
import type { LooksAt } from './unitFinding.ts';

/** A word that could be translated: three letters or more. */
const word = /\p{L}[\p{L}\p{M}'’-]{2,}/gu;

/**
 * A text that is still the source's, word for word. One word (`Album`, `Chat`) and names (every word begins with a
 * capital, and none of the language's own is small) may be the same in both languages: those are to look at.
 */
export const untouchedCheck: LooksAt = ({ source, target, language }) => {
  if (language === 'en' || same(source) !== same(target)) return [];
  const words = bareText(source.replace(/\{[^}]*\}/g, ' ')).match(word) ?? [];
  if (words.length === 0) return [];
  const maybeName = words.length === 1 || words.every((one) => /^\p{Lu}/u.test(one));
  return [{ check: 'untouched', level: maybeName ? 'warning' : 'error', data: {} }];
};

const same = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();
