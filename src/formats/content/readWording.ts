import { z } from 'zod';
import type { WordingRules } from '../../domain/checks/wording.ts';
import { segmentKinds } from '../../domain/package/lessonPackage.ts';
import type { ContentFiles } from './readBaseline.ts';
import { languageSchema, textSchema } from './schemas.ts';
import { readYaml } from './yamlFile.ts';

const limit = z.number().min(1).max(200);
const schema: z.ZodType<WordingRules> = z.strictObject({
  language: languageSchema,
  sentenceWords: z.strictObject({ A: limit, B: limit, C: limit, D: limit, adult: limit, teacher: limit }),
  readingLimit: z.strictObject({ A: limit, B: limit, C: limit, D: limit, adult: limit }).partial() as z.ZodType<
    WordingRules['readingLimit']
  >,
  avoid: z.array(z.strictObject({ term: textSchema, instead: textSchema, why: textSchema })),
  redLines: z.array(
    z.strictObject({ phrase: textSchema, why: textSchema, except: z.array(z.enum(segmentKinds)).default([]) }),
  ),
});

/** The wording rules of `wording/{language}.yaml`, by language. */
export function readWording(files: ContentFiles): ReadonlyMap<string, WordingRules> {
  return new Map(
    [...files].map(([file, text]) => {
      const rules = readYaml(text, file, schema);
      return [rules.language, rules] as const;
    }),
  );
}
