import { z } from 'zod';
import type { FactValue, JurisdictionCode, LanguageCode, NeutralValue, Wording } from '../../domain/facts/fact.ts';
import { daySchema, factKeySchema, idSchema, languageSchema, textSchema } from './schemas.ts';
import { readYaml } from './yamlFile.ts';

/** The facts of a country or region as its file gives them: looked up, and checked by nobody yet. */
export type JurisdictionFile = {
  readonly jurisdiction: JurisdictionCode;
  /** The partner that owns these facts. */
  readonly owner: string;
  readonly languages: readonly LanguageCode[];
  readonly facts: readonly FactValue[];
};

const line = textSchema.pipe(z.string().min(1).max(300));
const long = textSchema.pipe(z.string().min(1).max(4000));

const neutralShape = {
  phone: z
    .string()
    .max(40)
    .regex(/^[+*#0-9][-+*#0-9 ()/]*$/)
    .exactOptional(),
  display: line.exactOptional(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .exactOptional(),
  years: z.int().min(0).max(120).exactOptional(),
};
export const neutralValueSchema: z.ZodType<NeutralValue> = z.strictObject(neutralShape);

export const wordingSchema: z.ZodType<Wording> = z.strictObject({
  name: line.exactOptional(),
  hours: line.exactOptional(),
  text: long.exactOptional(),
  list: z.array(line).max(50).exactOptional(),
  forms: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), line).exactOptional(),
});

const factSchema = z.strictObject({
  ...neutralShape,
  source: line,
  lookedUpOn: daySchema,
  certainty: z.enum(['high', 'medium', 'low']),
  wordings: z.record(languageSchema, wordingSchema).default({}),
});

const fileSchema = z.strictObject({
  jurisdiction: z.string().regex(/^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/),
  owner: idSchema,
  languages: z.array(languageSchema).min(1),
  facts: z.record(factKeySchema, factSchema),
});

/** Reads `jurisdictions/TR.yaml`. */
export function readJurisdiction(text: string, file = 'jurisdiction.yaml'): JurisdictionFile {
  const { jurisdiction, owner, languages, facts } = readYaml(text, file, fileSchema);
  const values = Object.entries(facts).map(([key, fact]): FactValue => {
    const { source, lookedUpOn, certainty, wordings, ...neutral } = fact;
    return { key, jurisdiction, neutral, wordings, source, lookedUpOn, certainty, check: null, suspended: null };
  });
  return { jurisdiction, owner, languages, facts: values };
}
