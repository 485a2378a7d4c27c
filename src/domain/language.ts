/** The direction that a language is written in, from CLDR. Takes a language or a whole tag: `ar`, `ar-EG`. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return new Intl.Locale(language).getTextInfo().direction === 'rtl' ? 'rtl' : 'ltr';
}
