import { interfaceLanguages } from '../../domain/access/access.ts';

/** The interface languages, each by its own name. */
export const languages = interfaceLanguages.map((language) => ({
  language,
  name: new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language,
}));
