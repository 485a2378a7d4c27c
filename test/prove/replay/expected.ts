import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { UpdateItem, UpdatePlan } from '../../../src/domain/update/update.ts';

const severity = z.enum(['content', 'safety']);
const expectedSchema = z.strictObject({
  pairs: z.array(
    z.strictObject({
      base: z.string(),
      target: z.string(),
      stale: z.array(z.strictObject({ under: z.string(), severity, why: z.string() })),
      added: z.array(z.strictObject({ under: z.string(), why: z.string() })),
      removed: z.array(z.strictObject({ under: z.string(), why: z.string() })),
      lessonsAdded: z.array(z.string()),
      facts: z.array(z.string()),
    }),
  ),
});
const verdictsSchema = z.strictObject({
  verdicts: z.array(
    z.strictObject({
      base: z.string(),
      target: z.string(),
      /** The disagreements whose text begins so … */
      about: z.string(),
      /** … and which this change set brought. */
      by: z.string().optional(),
      right: z.enum(['planner', 'list', 'content']),
      verdict: z.string(),
    }),
  ),
});

export type ExpectedPair = z.infer<typeof expectedSchema>['pairs'][number];
export type Verdict = z.infer<typeof verdictsSchema>['verdicts'][number];

const read = (name: string): unknown => parse(readFileSync(join(import.meta.dirname, name), 'utf8'));
export const expectedPairs = (): readonly ExpectedPair[] => expectedSchema.parse(read('expected.yaml')).pairs;
export const verdicts = (): readonly Verdict[] => verdictsSchema.parse(read('verdicts.yaml')).verdicts;

const asksForWords = new Set<UpdateItem['kind']>(['stale', 'conflict', 'coreOverridden']);
const isUnder = (id: string, under: string): boolean => id === under || id.startsWith(`${under}.`);

/** Where the plan and the list differ, in both directions, each as one line. */
export function disagreements(expected: ExpectedPair, plan: UpdatePlan): readonly string[] {
  const stale = plan.items.filter((item) => asksForWords.has(item.kind) && item.severity !== 'editorial');
  const added = plan.items.filter((item) => item.kind === 'added');
  const removed = plan.items.filter((item) => item.kind === 'removed');
  const facts = plan.items.filter((item) => item.kind === 'factNeeded').map((item) => item.key);
  const lessons = plan.items.filter((item) => item.kind === 'lessonAdded').map((item) => item.key);
  return [
    ...expected.stale.flatMap(({ under, severity: wanted }) => {
      const found = stale.filter((item) => isUnder(item.key, under));
      if (found.length === 0) return [`${under} expected stale, and nothing under it is`];
      return found.some((item) => item.severity === wanted) ? [] : [`${under} expected ${wanted}`];
    }),
    ...expected.added.flatMap(({ under }) =>
      added.some((item) => isUnder(item.key, under)) ? [] : [`${under} expected new, and nothing under it is`],
    ),
    ...expected.removed.flatMap(({ under }) =>
      removed.some((item) => isUnder(item.key, under)) ? [] : [`${under} expected to go, and stays`],
    ),
    ...unforeseen('stale', stale, expected.stale),
    ...unforeseen('new', added, expected.added),
    ...unforeseen('gone', removed, expected.removed),
    ...expected.facts.filter((key) => !facts.includes(key)).map((key) => `${key} expected as a fact to fill`),
    ...facts.filter((key) => !expected.facts.includes(key)).map((key) => `${key} is asked for, and was not expected`),
    ...expected.lessonsAdded.filter((id) => !lessons.includes(id)).map((id) => `${id} expected as a new lesson`),
    ...lessons.filter((id) => !expected.lessonsAdded.includes(id)).map((id) => `${id} is a new lesson, unexpected`),
  ];
}

const setsOf = (item: UpdateItem): string => (item.sets.length === 0 ? 'no set named' : item.sets.join(' + '));

function unforeseen(
  word: string,
  items: readonly UpdateItem[],
  places: readonly { readonly under: string }[],
): readonly string[] {
  return items
    .filter((item) => !places.some(({ under }) => isUnder(item.key, under)))
    .map((item) => `${item.key} is ${word} (${item.severity}, ${setsOf(item)}), and was not expected`);
}

/** What somebody has found about a disagreement; undefined while nobody has looked. */
export function verdictOn(pair: ExpectedPair, disagreement: string, given: readonly Verdict[]): Verdict | undefined {
  return given.find(
    (each) =>
      each.base === pair.base &&
      each.target === pair.target &&
      disagreement.startsWith(each.about) &&
      (each.by === undefined || disagreement.includes(each.by)),
  );
}
