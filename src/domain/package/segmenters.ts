/** Made once a language: making one takes longer than a sentence takes to be cut. */
const segmenters = { sentence: new Map<string, Intl.Segmenter>(), word: new Map<string, Intl.Segmenter>() };

/** Cuts texts of a language (BCP 47) into its sentences or words. */
export function segmenterOf(language: string, granularity: keyof typeof segmenters): Intl.Segmenter {
  const known = segmenters[granularity].get(language);
  if (known !== undefined) return known;
  const made = new Intl.Segmenter(language, { granularity });
  segmenters[granularity].set(language, made);
  return made;
}
