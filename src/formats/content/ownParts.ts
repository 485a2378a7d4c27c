import { z } from 'zod';
import type { Kept, OwnSummary, Raised } from '../../domain/edition/edition.ts';
import type { LocalLesson, LocalSegment } from '../../domain/edition/material.ts';
import type { MinutesOverride, OrderOverride } from '../../domain/edition/override.ts';
import { longestSummary } from '../../domain/edition/summarize.ts';
import { type Placement, type Section, sectionKinds, segmentKinds } from '../../domain/package/lessonPackage.ts';
import { type ChangeSetId, severities } from '../../domain/release/release.ts';
import { placementSchema, sectionIdSchema } from './changeSchema.ts';
import { daySchema, idListSchema, idSchema, lessonFieldsSchema, releaseNumberSchema, textSchema } from './schemas.ts';

type People = 'edition' | 'owner' | 'revision';
export type OverrideRecord = Omit<MinutesOverride, People> | Omit<OrderOverride, People>;
export type RaisedRecord = Omit<Raised, 'by'>;
export type SummaryRecord = Omit<OwnSummary, 'by'>;
export type SegmentRecord = Pick<
  LocalSegment,
  'id' | 'lesson' | 'section' | 'after' | 'earlier' | 'later' | 'since' | 'kind' | 'text'
>;
export type LessonRecord = Pick<LocalLesson, 'id' | 'fields' | 'sections' | 'reason'>;

/** What makes an edition another one than its release and its words say; each is absent where there is none of it. */
export type OwnParts = {
  /** Change sets taken ahead of the release. */
  readonly ahead?: readonly ChangeSetId[];
  /** Sets that were ahead once. */
  readonly passed?: readonly ChangeSetId[];
  readonly raised?: Readonly<Record<ChangeSetId, RaisedRecord>>;
  /** What readers are told of change sets, in the edition's words. */
  readonly summaries?: Readonly<Record<ChangeSetId, SummaryRecord>>;
  /** What the baseline removed and the edition keeps. */
  readonly kept?: readonly Kept[];
  /** Minutes and orders of its own. */
  readonly overrides?: readonly OverrideRecord[];
  /** Segments that it added. */
  readonly segments?: readonly SegmentRecord[];
  /** Lessons that it added. */
  readonly ownLessons?: readonly LessonRecord[];
  readonly wordsPerHour?: number;
};

/** A segment of the baseline, or one that an edition added: those end in anything. */
const anySegment = z.union([idSchema, z.string().regex(/^local-[A-Za-z0-9_-]{1,60}$/)]);
const segments = z.array(anySegment).max(10_000);

const kept: z.ZodType<Kept> = z.discriminatedUnion('kind', [
  z.strictObject({
    ...{ kind: z.literal('lesson'), lesson: idSchema, release: releaseNumberSchema },
    undecided: z.literal(true).exactOptional(),
  }),
  z.strictObject({
    ...{ kind: z.literal('segment'), segment: idSchema, release: releaseNumberSchema },
    atEnd: z.literal(true).exactOptional(),
  }),
]);

const minutes = z.int().min(0).max(9999);
const place = {
  lesson: idSchema,
  section: sectionIdSchema,
  reason: textSchema,
  on: daySchema,
  against: releaseNumberSchema,
};
const override: z.ZodType<OverrideRecord> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('minutes'), ...place, segment: anySegment, minutes, base: minutes }),
  z.strictObject({ kind: z.literal('order'), ...place, order: segments, base: segments }),
]);

const raised: z.ZodType<RaisedRecord> = z.strictObject({
  severity: z.enum(severities),
  due: daySchema.nullable(),
  reason: textSchema,
  on: daySchema,
});

const summary: z.ZodType<SummaryRecord> = z.strictObject({
  text: textSchema.refine((text) => text.length <= longestSummary),
  on: daySchema,
});

const added: z.ZodType<SegmentRecord> = z.strictObject({
  id: anySegment,
  lesson: idSchema,
  section: sectionIdSchema,
  after: anySegment.nullable(),
  earlier: segments,
  later: segments,
  since: z.iso.datetime(),
  kind: z.enum(segmentKinds),
  text: textSchema,
});

const placement: z.ZodType<Placement> = placementSchema.extend({ segment: anySegment });
const section: z.ZodType<Section> = z.strictObject({
  id: sectionIdSchema,
  kind: z.enum(sectionKinds),
  placements: z.array(placement),
});
const lesson: z.ZodType<LessonRecord> = z.strictObject({
  ...{ id: idSchema, fields: lessonFieldsSchema, sections: z.array(section), reason: textSchema },
});

export const ownPartsShape = {
  ahead: idListSchema.exactOptional(),
  passed: idListSchema.exactOptional(),
  raised: z.record(idSchema, raised).exactOptional(),
  summaries: z.record(idSchema, summary).exactOptional(),
  kept: z.array(kept).exactOptional(),
  overrides: z.array(override).exactOptional(),
  segments: z.array(added).exactOptional(),
  ownLessons: z.array(lesson).exactOptional(),
  wordsPerHour: z.int().min(1).max(100_000).exactOptional(),
};
