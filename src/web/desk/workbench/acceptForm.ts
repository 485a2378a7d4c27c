import { z } from 'zod';
import { DomainError } from '../../../domain/errors.ts';
import type { Context } from '../../route.ts';

/** A revision that a page was made from. */
export const revision = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);
/** A text of a person: anything, but not without end. */
export const text = z.string().max(20_000).default('');
/** A word chosen from a list; an empty field chooses nothing. */
export const choice = <const T extends readonly string[]>(offered: T) =>
  z.union([z.enum(offered), z.literal('').transform(() => null)]).default(null);

/** The form as the schema wants it. Throws `formMalformed` with the first field that does not fit. */
export function acceptForm<T>(schema: z.ZodType<T>, form: Context['form']): T {
  const flat = Object.fromEntries(
    Object.entries(form).map(([name, value]) => [name, typeof value === 'string' ? value : (value.at(-1) ?? '')]),
  );
  const read = schema.safeParse(flat);
  if (read.success) return read.data;
  throw new DomainError('formMalformed', { field: String(read.error.issues[0]?.path[0] ?? '') });
}
