import { addDays, type Day } from '../time.ts';
import type {
  FactCheck,
  FactDefinition,
  FactProblem,
  FactType,
  FactValue,
  NeutralValue,
  ResolvedFact,
  Wording,
} from './fact.ts';

/** Whether there is something to print for a fact of this type. */
export function hasValue(type: FactType, neutral: NeutralValue, wording: Wording): boolean {
  switch (type) {
    case 'phone':
      return Boolean(neutral.phone);
    case 'url':
      return Boolean(neutral.url);
    case 'contact':
      return Boolean(neutral.phone || neutral.url);
    case 'age':
      return neutral.years !== undefined;
    case 'law':
    case 'text':
      return Boolean(wording.text);
    case 'list':
      return Boolean(wording.list?.length);
  }
}

/** The wording of a language; `de-CH` may use what is stored for `de`. Never another language's. */
function wordingOf(value: FactValue, language: string): Wording {
  return value.wordings[language] ?? value.wordings[language.split('-')[0] ?? language] ?? {};
}

/** Whether a check answers for this type. Who has checked a contact has checked its number and its page. */
export function checkedAs({ type }: FactCheck, wanted: FactType): boolean {
  if (type === undefined || type === wanted) return true;
  return type === 'contact' && (wanted === 'phone' || wanted === 'url');
}

/** A check from before its type was written down, with the type that the value had then. */
export function withCheckedType(value: FactValue, type: FactType): FactValue {
  return value.check === null || value.check.type !== undefined ? value : { ...value, check: { ...value.check, type } };
}

function problemOf(
  definition: FactDefinition,
  value: FactValue | undefined,
  wording: Wording,
  today: Day,
): FactProblem | undefined {
  if (!value || !hasValue(definition.type, value.neutral, wording)) return 'empty';
  if (value.suspended) return 'suspended';
  if (!value.check || !checkedAs(value.check, definition.type)) return 'unchecked';
  if (addDays(value.check.on, definition.checkEvery) < today) return 'overdue';
  return undefined;
}

/**
 * A jurisdiction's value as one edition prints it. What is not fit to show is not in the result: a suspended number
 * can then never reach a publication. Where nothing is left, `whenMissing` (a segment's id) or the emergency number
 * stands in. An overdue value without a sentence that stands in is kept: a required one stops the publication.
 */
export function resolveFact(
  definition: FactDefinition,
  value: FactValue | undefined,
  language: string,
  today: Day,
): ResolvedFact {
  const found = value ? wordingOf(value, language) : {};
  const problem = problemOf(definition, value, found, today);
  const base = {
    key: definition.key,
    type: definition.type,
    ...(problem ? { problem } : {}),
    ...(definition.whenMissing ? { whenMissing: definition.whenMissing } : {}),
  };
  const standsIn = definition.fallback !== undefined || definition.whenMissing !== undefined;
  const unfit = problem === 'empty' || problem === 'suspended' || (problem === 'overdue' && standsIn);
  if (!value || unfit) {
    const fallback = definition.fallback;
    return {
      ...base,
      neutral: fallback ? { url: fallback.url } : {},
      wording: fallback ? { name: fallback.name } : {},
      check: null,
    };
  }
  return { ...base, neutral: value.neutral, wording: found, check: problem === 'unchecked' ? null : value.check };
}

/** Every defined fact by its key; values of facts that the baseline does not define are left out. */
export function resolveFacts(
  definitions: Readonly<Record<string, FactDefinition>>,
  values: readonly FactValue[],
  language: string,
  today: Day,
): Readonly<Record<string, ResolvedFact>> {
  const byKey = new Map(values.map((value) => [value.key, value]));
  return Object.fromEntries(
    Object.values(definitions).map((definition) => [
      definition.key,
      resolveFact(definition, byKey.get(definition.key), language, today),
    ]),
  );
}

/** Whether a fact as it stands keeps the lessons that use it from being published. */
export function stopsPublication(fact: ResolvedFact, definition: FactDefinition, demonstration: boolean): boolean {
  if (definition.need !== 'required' || !fact.problem) return false;
  if (fact.problem === 'unchecked') return !demonstration;
  return definition.whenMissing === undefined && definition.fallback === undefined;
}
