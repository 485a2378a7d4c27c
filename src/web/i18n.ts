import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import i18next from 'i18next';
import { type InterfaceLanguage, interfaceLanguages } from '../domain/access/access.ts';

export { directionOf } from '../domain/language.ts';

export type TextValues = Readonly<Record<string, unknown>>;

/** Looks up interface texts. */
export type Translator = {
  /** The text of `namespace:key` in the language, with its values filled in; the key itself when there is none. */
  readonly t: (language: InterfaceLanguage, key: string, values?: TextValues) => string;
  readonly has: (language: InterfaceLanguage, key: string) => boolean;
  readonly languages: readonly InterfaceLanguage[];
};

/** BCP 47 with the digits that readers of the language expect. */
export function numberingTag(language: string): string {
  return language === 'ar' ? 'ar-u-nu-arab' : language;
}

const numberFormats = new Map<string, Intl.NumberFormat>();

/** A number in the digits of the language. */
export function formatNumber(language: string, value: number): string {
  const format = numberFormats.get(language) ?? new Intl.NumberFormat(numberingTag(language));
  numberFormats.set(language, format);
  return format.format(value);
}

/** First strong isolate and its end: keep a Latin name or a number in one piece inside Arabic text. */
const isolate = (text: string) => `\u2068${text}\u2069`;

/** Prints every value: numbers in the language's digits; text isolated where the line runs right to left. */
function formatValue(value: unknown, _format: unknown, language: string | undefined): string {
  if (typeof value === 'number') return formatNumber(language ?? 'en', value);
  if (Array.isArray(value)) {
    return new Intl.ListFormat(language ?? 'en').format(value.map((each) => formatValue(each, null, language)));
  }
  const text = value === undefined || value === null ? '' : String(value);
  return language === 'ar' && text !== '' ? isolate(text) : text;
}

/**
 * Reads every `locales/<language>/*.json` once; a file's name is its namespace. Nothing from a request ever becomes part
 * of a file path.
 */
export function createTranslator(directory: string = join(import.meta.dirname, '../../locales')): Translator {
  const resources: Record<string, Record<string, object>> = {};
  for (const language of interfaceLanguages) {
    const folder = join(directory, language);
    const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
    resources[language] = Object.fromEntries(
      files.map((name) => [basename(name, '.json'), JSON.parse(readFileSync(join(folder, name), 'utf8'))]),
    );
  }
  const namespaces = [...new Set(Object.values(resources).flatMap((of) => Object.keys(of)))];
  const instance = i18next.createInstance();
  instance.use({ type: 'formatter', init: () => {}, format: formatValue, add: () => {}, addCached: () => {} });
  instance.init({
    resources: resources as never,
    lng: 'en',
    fallbackLng: 'en',
    supportedLngs: [...interfaceLanguages],
    ns: namespaces.length === 0 ? ['desk'] : namespaces,
    defaultNS: namespaces.includes('desk') ? 'desk' : (namespaces[0] ?? 'desk'),
    initAsync: false,
    interpolation: { escapeValue: false, alwaysFormat: true },
  });
  // A page of a lesson says the same few words hundreds of times: what has nothing to fill in is looked up once.
  const plain = new Map<string, string>();
  const plainText = (language: InterfaceLanguage, key: string): string => {
    const known = plain.get(`${language} ${key}`);
    if (known !== undefined) return known;
    const found = instance.t(key, { lng: language });
    if (instance.exists(key, { lng: language })) plain.set(`${language} ${key}`, found);
    return found;
  };
  return {
    t: (language, key, values) => {
      for (const _ in values) return instance.t(key, { ...values, lng: language });
      return plainText(language, key);
    },
    has: (language, key) => instance.exists(key, { lng: language, fallbackLng: [], count: 1 }),
    languages: interfaceLanguages,
  };
}
