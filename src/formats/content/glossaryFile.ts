import { z } from 'zod';
import type { LanguageCode } from '../../domain/facts/fact.ts';
import type { Term, TermWords } from '../../domain/memory/term.ts';
import type { ContentFiles } from './readBaseline.ts';
import { idSchema, languageSchema, textSchema } from './schemas.ts';
import { readYaml, writeYaml } from './yamlFile.ts';

/** What a file says of a term; who changed it last, and when, is not part of it. */
export type TermRecord = Omit<Term, 'language' | 'revision' | 'by' | 'at'>;
/** The agreed words of one language. */
export type GlossaryFile = { readonly language: LanguageCode; readonly terms: readonly TermRecord[] };

const words = textSchema.pipe(z.string().min(1).max(200));
const long = textSchema.pipe(z.string().max(1000));
const wordsSchema = z.strictObject({ text: words, forms: z.array(words).max(30).default([]) });
const termSchema = z.strictObject({
  source: wordsSchema,
  targets: z.array(wordsSchema).min(1).max(20),
  forbidden: z
    .array(z.strictObject({ text: words, instead: words, why: words }))
    .max(20)
    .default([]),
  definition: long.default(''),
  note: long.default(''),
});
const fileSchema = z.strictObject({ language: languageSchema, terms: z.record(idSchema, termSchema) });

/** Reads `glossary/tr.yaml`. */
export function readGlossary(text: string, file = 'glossary.yaml'): GlossaryFile {
  const { language, terms } = readYaml(text, file, fileSchema);
  return { language, terms: Object.entries(terms).map(([id, term]) => ({ id, ...term })) };
}

/** All glossaries of a content folder, by file. */
export function readGlossaries(files: ContentFiles): readonly GlossaryFile[] {
  return [...files].map(([file, text]) => readGlossary(text, `glossary/${file}`));
}

export function writeGlossary({ language, terms }: GlossaryFile): string {
  const entries = terms.map(({ id, source, targets, forbidden, definition, note }) => [
    id,
    {
      source: wordsOut(source),
      targets: targets.map(wordsOut),
      ...(forbidden.length === 0 ? {} : { forbidden }),
      ...(definition === '' ? {} : { definition }),
      ...(note === '' ? {} : { note }),
    },
  ]);
  return writeYaml({ language, terms: Object.fromEntries(entries) });
}

const wordsOut = ({ text, forms }: TermWords) => (forms.length === 0 ? { text } : { text, forms });
