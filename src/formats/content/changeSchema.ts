import { z } from 'zod';
import {
  type Lesson,
  type Placement,
  policies,
  type Segment,
  sectionKinds,
  segmentKinds,
} from '../../domain/package/lessonPackage.ts';
import type { Change, Place } from '../../domain/release/release.ts';
import {
  evidenceSchema,
  factDefinitionSchema,
  idListSchema,
  idSchema,
  lessonFieldsSchema,
  textSchema,
} from './schemas.ts';

/** `steps`, or `handout:five-steps` where a lesson has several of a kind. */
export const sectionIdSchema = z.string().regex(/^[a-z]+(?::[A-Za-z0-9][A-Za-z0-9._-]*)?$/);

export const segmentSchema: z.ZodType<Segment> = z.strictObject({
  id: idSchema,
  kind: z.enum(segmentKinds),
  policy: z.enum(policies),
  text: textSchema,
  variantOf: idSchema.exactOptional(),
  from: z.array(idSchema).min(1).exactOptional(),
  drawing: idSchema.exactOptional(),
  note: textSchema.exactOptional(),
});

const placementFieldsShape = {
  minutes: z.int().min(0).max(9999).exactOptional(),
  practice: z.literal(true).exactOptional(),
  right: z.literal(true).exactOptional(),
  evidence: idListSchema.exactOptional(),
};
export const placementSchema = z.strictObject({ segment: idSchema, ...placementFieldsShape });
const placement: z.ZodType<Placement> = placementSchema;
const placementFields = z.strictObject(placementFieldsShape);
const place: z.ZodType<Place> = z.strictObject({
  lesson: idSchema,
  section: sectionIdSchema,
  after: idSchema.nullable(),
});

const bareSection = z.strictObject({
  id: sectionIdSchema,
  kind: z.enum(sectionKinds),
  placements: z.array(placement).max(0).default([]),
});
const bareLesson: z.ZodType<Lesson> = z.strictObject({
  id: idSchema,
  fields: lessonFieldsSchema,
  sections: z.array(bareSection),
});

const sectionChange = {
  lesson: idSchema,
  section: sectionIdSchema,
  sectionKind: z.enum(sectionKinds),
  after: sectionIdSchema.nullable(),
};
const note = textSchema.nullable();

/** One change, as it stands in `changes.yaml` and as it may be sent by a form. */
export const changeSchema: z.ZodType<Change> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal(['segmentAdded', 'segmentRemoved']), segment: segmentSchema }),
  z.strictObject({ kind: z.literal('segmentEdited'), segment: idSchema, before: textSchema, after: textSchema }),
  z.strictObject({
    kind: z.literal('policyChanged'),
    segment: idSchema,
    before: z.enum(policies),
    after: z.enum(policies),
  }),
  z.strictObject({ kind: z.literal('noteChanged'), segment: idSchema, before: note, after: note }),
  z.strictObject({ kind: z.literal(['placed', 'unplaced']), at: place, placement }),
  z.strictObject({ kind: z.literal('moved'), placement, from: place, to: place }),
  z.strictObject({
    kind: z.literal('placementChanged'),
    lesson: idSchema,
    section: sectionIdSchema,
    segment: idSchema,
    before: placementFields,
    after: placementFields,
  }),
  z.strictObject({ kind: z.literal(['sectionAdded', 'sectionRemoved']), ...sectionChange }),
  z.strictObject({ kind: z.literal(['lessonAdded', 'lessonRemoved']), lesson: bareLesson, after: idSchema.nullable() }),
  z.strictObject({
    kind: z.literal('lessonFieldsChanged'),
    lesson: idSchema,
    before: lessonFieldsSchema,
    after: lessonFieldsSchema,
  }),
  z.strictObject({ kind: z.literal(['factAdded', 'factRemoved']), fact: factDefinitionSchema }),
  z.strictObject({ kind: z.literal('factChanged'), before: factDefinitionSchema, after: factDefinitionSchema }),
  z.strictObject({ kind: z.literal(['evidenceAdded', 'evidenceRemoved']), evidence: evidenceSchema }),
]) as z.ZodType<Change>;
