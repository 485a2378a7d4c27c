import { DomainError } from '../../domain/errors.ts';
import type { Context } from '../route.ts';

/** The text of one field; empty when it is absent. Of a repeated field, the last. */
export function textField(form: Context['form'], name: string): string {
  const value = form[name];
  return (typeof value === 'string' ? value : value?.at(-1)) ?? '';
}

/** All values of a field that may be repeated: ticked boxes. */
export function listField(form: Context['form'], name: string): readonly string[] {
  const value = form[name];
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}

/** The value when it is one of those offered; else null. */
export function choiceField<T extends string>(form: Context['form'], name: string, offered: readonly T[]): T | null {
  const value = textField(form, name);
  return offered.find((each) => each === value) ?? null;
}

/** A whole number, as a revision is; anything else is a form that was tampered with: `formMalformed`. */
export function revisionField(form: Context['form'], name = 'revision'): number {
  const value = textField(form, name);
  if (!/^\d{1,9}$/.test(value)) throw new DomainError('formMalformed', { field: name });
  return Number(value);
}
