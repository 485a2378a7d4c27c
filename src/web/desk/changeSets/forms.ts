import { z } from 'zod';
import { policies, segmentKinds } from '../../../domain/package/lessonPackage.ts';
import { normalText } from '../../../domain/package/text.ts';
import { severities } from '../../../domain/release/release.ts';
import { daySchema, idSchema } from '../../../formats/content/schemas.ts';
import type { Context, Translate } from '../../route.ts';
import type { Problem } from '../baseline/problems.ts';
import { revision } from '../workbench/acceptForm.ts';

const line = (most: number) =>
  z
    .string()
    .max(most)
    .transform((text) => normalText(text).replace(/\s+/g, ' '));
const prose = z.string().max(20_000).default('').transform(normalText);
const words = prose.refine((text) => text !== '');
const minutes = z
  .union([
    z.literal('').transform(() => null),
    z
      .string()
      .regex(/^\d{1,3}$/)
      .transform(Number),
  ])
  .default(null);
const id = z.string().trim().pipe(idSchema);

export const beginForm = z.object({
  title: line(120).refine((title) => title !== ''),
  severity: z.enum(severities),
  lesson: z.string().max(80).default(''),
});

export const detailsForm = z.object({
  revision,
  title: line(120).refine((title) => title !== ''),
  severity: z.enum(severities),
  reason: prose,
  summary: prose,
  due: z.union([z.literal(''), daySchema]).default(''),
});
export type Details = Omit<z.output<typeof detailsForm>, 'revision'> & {
  readonly evidence: readonly string[];
  readonly cleared: readonly string[];
};

/** The ids of ticked boxes: `evidence-E18=yes` names E18. */
export function ticked(form: Context['form'], name: string): readonly string[] {
  const ids = Object.keys(form).flatMap((key) => (key.startsWith(`${name}-`) ? [key.slice(name.length + 1)] : []));
  return ids.filter((each) => idSchema.safeParse(each).success);
}

export const submissionForm = z.object({ revision, verb: z.enum(['submit', 'reopen', 'discard']) });
export const revisionForm = z.object({ revision });

const at = { revision, lesson: z.string().max(80), section: z.string().max(80) };
const newSegment = { id, kind: z.enum(segmentKinds), policy: z.enum(policies), text: words, minutes };

/** What can be done with one segment where it stands. */
export const segmentForm = z.discriminatedUnion('verb', [
  z.object({ ...at, verb: z.literal('edit'), text: words, policy: z.enum(policies), note: prose, minutes }),
  z.object({ ...at, verb: z.literal('remove'), where: z.enum(['here', 'everywhere']).default('everywhere') }),
  z.object({ ...at, verb: z.literal('move'), to: z.string().regex(/^\S{1,80} \S{1,80}(?: \S{1,80})?$/) }),
  z.object({ ...at, verb: z.literal('split'), id1: id, text1: words, id2: id, text2: words }),
  z.object({ ...at, verb: z.literal('join'), next: id, id, text: words }),
  z.object({ ...at, verb: z.literal('add'), ...newSegment }),
]);
export type SegmentForm = z.output<typeof segmentForm>;

/** What can be done with the set as a whole: a first segment in a section, a change taken back. */
export const changesForm = z.discriminatedUnion('verb', [
  z.object({ ...at, verb: z.literal('add'), ...newSegment }),
  z.object({ revision, verb: z.literal('takeBack'), subject: z.string().max(200) }),
]);
export type ChangesForm = z.output<typeof changesForm>;

/** Fields that a page writes itself: where they do not fit, somebody has tampered with the form. */
const written: ReadonlySet<string> = new Set(['revision', 'verb', 'lesson', 'section', 'subject', 'next', 'where']);

export type Read<T> =
  | { readonly data: T }
  | { readonly problems: readonly Problem[]; readonly tampered: string | null };

/** A form as its schema wants it, or what is wrong with it, field by field. */
export function readForm<T>(t: Translate, schema: z.ZodType<T>, form: Context['form']): Read<T> {
  const read = schema.safeParse({ ...form });
  if (read.success) return { data: read.data };
  const fields = [...new Set(read.error.issues.map((issue) => String(issue.path[0] ?? '')))];
  const tampered = fields.find((field) => field === '' || written.has(field)) ?? null;
  const named = (field: string) => field.replace(/\d$/, '');
  return { problems: fields.map((field) => ({ field, message: t(`baseline:problems.${named(field)}`) })), tampered };
}
