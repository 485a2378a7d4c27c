import { type InterfaceLanguage, interfaceLanguages } from '../domain/access/access.ts';
import type { Day } from '../domain/time.ts';

export { directionOf } from '../domain/language.ts';

/** Looks up an interface text: `public:lesson.before`. Numbers are printed in the language's digits. */
export type Words = (language: InterfaceLanguage, key: string, values?: Readonly<Record<string, unknown>>) => string;

/** The language of the words around a lesson: the edition's own where we have it, else English. */
export function frameLanguage(language: string): InterfaceLanguage {
  return interfaceLanguages.find((known) => known === language.split('-')[0]) ?? 'en';
}

/** With the digits that readers of the language expect, and in English the day before the month. */
const numbering = (language: string): string => ({ ar: 'ar-u-nu-arab', en: 'en-GB' })[language] ?? language;

const formats = new Map<string, Intl.DateTimeFormat>();

/** `2026-03-02` in words. */
export function dateInWords(language: string, day: Day): string {
  let format = formats.get(language);
  if (!format) {
    format = new Intl.DateTimeFormat(numbering(language), {
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      timeZone: 'UTC',
    });
    formats.set(language, format);
  }
  return format.format(new Date(`${day.slice(0, 10)}T00:00:00Z`));
}

const numberFormats = new Map<string, Intl.NumberFormat>();

export function numberInWords(language: string, value: number): string {
  const format = numberFormats.get(language) ?? new Intl.NumberFormat(numbering(language));
  numberFormats.set(language, format);
  return format.format(value);
}

/** `214 KB`, `7.9 MB`; kilobytes of 1000, never zero. */
export function sizeInWords(language: string, bytes: number): string {
  const mega = bytes >= 1_000_000;
  const value = mega ? Math.round(bytes / 100_000) / 10 : Math.max(1, Math.round(bytes / 1000));
  const unit = language === 'ar' ? (mega ? 'م.ب' : 'ك.ب') : mega ? 'MB' : 'KB';
  return `${numberInWords(language, value)} ${unit}`;
}

export function countryName(language: string, country: string): string {
  try {
    return new Intl.DisplayNames([language], { type: 'region' }).of(country) ?? country;
  } catch {
    return country;
  }
}

/** English countries that take an article inside a sentence. */
const withArticle = new Set(['GB', 'US', 'NL', 'PH', 'AE', 'BS', 'CZ', 'DO', 'GM', 'MV', 'CF', 'CG', 'CD', 'MH', 'SB']);

/** The country as it stands in `Lessons for …`. */
export function countryInSentence(language: string, country: string): string {
  const name = countryName(language, country);
  return language === 'en' && withArticle.has(country) ? `the ${name}` : name;
}

/** A language in its own words: `Türkçe`, `العربية`. */
export function ownName(language: string): string {
  try {
    const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
    return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
  } catch {
    return language;
  }
}

/** Tags of an `Accept-Language` header, best first. */
export function acceptedTags(header: string | undefined): readonly string[] {
  return (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((entry, place) => {
      const [tag = '', ...parameters] = entry.trim().split(';');
      const quality = parameters.map((each) => /^\s*q=([\d.]+)$/.exec(each)?.[1]).find((value) => value !== undefined);
      return { tag: tag.trim(), quality: quality === undefined ? 1 : Number(quality), place };
    })
    .filter(({ tag, quality }) => /^[a-zA-Z-]{2,35}$/.test(tag) && quality > 0)
    .sort((one, other) => other.quality - one.quality || one.place - other.place)
    .map(({ tag }) => tag);
}

/** The reader's language: what was asked for, else the first of the browser's that we have. */
export function readerLanguage(asked: string | undefined, header: string | undefined): InterfaceLanguage {
  for (const tag of [asked ?? '', ...acceptedTags(header)]) {
    const known = interfaceLanguages.find((language) => language === tag.split('-')[0]?.toLowerCase());
    if (known) return known;
  }
  return 'en';
}
