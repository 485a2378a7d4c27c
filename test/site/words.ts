import type { Words } from '../../src/site/languages.ts';
import { createTranslator } from '../../src/web/i18n.ts';

const translator = createTranslator();

/** The interface texts as the product reads them. */
export const words: Words = (language, key, values) => translator.t(language, key, values);
