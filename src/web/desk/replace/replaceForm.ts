import { z } from 'zod';
import type { Replacing } from '../../../domain/edition/replaceText.ts';

const words = z.string().max(500).default('');
const tick = z
  .string()
  .max(10)
  .default('')
  .transform((value) => value === 'yes');

/** The words and how they are looked for, as the address of the preview and the form that applies it carry them. */
export const replacingFields = {
  find: words,
  replace: words,
  wholeWord: tick,
  matchCase: tick,
  bareLetters: tick,
  inFacts: tick,
};
const schema = z.object(replacingFields);

/** Reads them from an address or a form; what does not fit is taken as empty. */
export function readReplacing(values: Readonly<Record<string, unknown>>): Replacing {
  const read = schema.safeParse(values);
  const { bareLetters, ...rest } = read.success ? read.data : schema.parse({});
  return { ...rest, matchMarks: !bareLetters };
}

/** As fields of a form or an address. */
export function replacingValues(replacing: Replacing): Readonly<Record<string, string>> {
  const { find, replace, wholeWord, matchCase, matchMarks, inFacts } = replacing;
  const ticks = { wholeWord, matchCase, bareLetters: !matchMarks, inFacts };
  const set = Object.entries(ticks).filter(([, on]) => on);
  return { find, replace, ...Object.fromEntries(set.map(([name]) => [name, 'yes'])) };
}

/** `segment@revision`, as a ticked box sends it; null when it is something else. */
export function readTick(value: string): { readonly segment: string; readonly revision: number } | null {
  const [, segment, revision] = /^(.{1,200})@(\d{1,9})$/.exec(value) ?? [];
  return segment === undefined || revision === undefined ? null : { segment, revision: Number(revision) };
}
