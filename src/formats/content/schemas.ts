import { z } from 'zod';
import { type FactDefinition, factTypes } from '../../domain/facts/fact.ts';
import { adultKinds, bands, type Evidence, type LessonFields, topics } from '../../domain/package/lessonPackage.ts';
import { factKeyPattern } from '../../domain/package/placeholders.ts';
import { normalText } from '../../domain/package/text.ts';
import { idPattern } from './segmentMarker.ts';

export const idSchema = z.string().max(80).regex(idPattern);
export const factKeySchema = z.string().max(80).regex(factKeyPattern);
export const textSchema = z.string().transform(normalText);
export const daySchema = z.iso.date();
export const releaseNumberSchema = z.string().regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/);
export const languageSchema = z.string().regex(/^[a-z]{2,3}$/);
const count = z.int().min(0).max(9999);

/** Lists of ids: evidence and the like. */
export const idListSchema = z.array(idSchema).max(100);

const lessonFieldShape = {
  band: z.enum(bands),
  ages: z.tuple([count, count]).nullable().default(null),
  minutes: count,
  booster: count.exactOptional(),
  group: z.enum(['class', 'adults']),
  adults: z.enum(adultKinds).exactOptional(),
  groupSize: z.tuple([count, count]).exactOptional(),
  screens: z.enum(['none', 'optional']),
  sheets: count,
  topics: z.array(z.enum(topics)),
  sensitivity: z.enum(['low', 'medium', 'high']),
  notForAssembly: z.boolean(),
  evidence: idListSchema,
};

export const lessonFieldsSchema: z.ZodType<LessonFields> = z.strictObject(lessonFieldShape);
/** The front matter of a lesson file. */
export const lessonHeadSchema = z.strictObject({ lesson: idSchema, ...lessonFieldShape });
export const sharedHeadSchema = z.strictObject({ shared: idSchema });

export const factDefinitionSchema: z.ZodType<FactDefinition> = z.strictObject({
  key: factKeySchema,
  type: z.enum(factTypes),
  need: z.enum(['required', 'recommended']),
  label: textSchema,
  checkEvery: z.int().min(1).max(3660),
  fallback: z.strictObject({ url: z.url({ protocol: /^https?$/ }), name: textSchema }).exactOptional(),
  whenMissing: idSchema.exactOptional(),
});

export const evidenceSchema: z.ZodType<Evidence> = z.strictObject({
  id: idSchema,
  citation: textSchema,
  follows: textSchema,
  certainty: z.enum(['high', 'medium', 'low']),
});
