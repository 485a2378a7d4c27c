import type { ResolvedFact } from '../../domain/facts/fact.ts';
import { dialOf } from '../../domain/facts/factValue.ts';
import type { Band } from '../../domain/package/lessonPackage.ts';
import type { Help, HelpLine } from './lessonPage.ts';

/** Which facts stand on every page and sheet, in this order. */
const helpFacts = [
  { key: 'helpline.child', use: 'child' },
  { key: 'helpline.crisis', use: 'crisis' },
  { key: 'emergency.number', use: 'danger' },
  { key: 'report.authority', use: 'report' },
  { key: 'removal.service', use: 'removal' },
] as const satisfies readonly { key: string; use: HelpLine['use'] }[];

/** The facts that readers can call or write to. */
export const helplineKeys: readonly string[] = helpFacts.map(({ key }) => key);

/** The crisis line is for 13 and older; a younger child is sent to the child line. */
const crisisBands: readonly Band[] = ['C', 'D', 'adult'];

function helpLine(fact: ResolvedFact, use: HelpLine['use']): HelpLine {
  const { neutral, wording } = fact;
  return {
    key: fact.key,
    use,
    name: wording.name ?? '',
    display: neutral.phone ? (neutral.display ?? neutral.phone) : '',
    dial: neutral.phone ? dialOf(neutral.phone) : '',
    url: neutral.url ?? '',
    hours: wording.hours ?? '',
  };
}

/** The help that a lesson of this band prints. The baseline's own fallback is no national value and needs no check. */
export function helpOf(facts: Readonly<Record<string, ResolvedFact>>, band: Band): Help {
  const wanted = helpFacts.filter(({ use }) => use !== 'crisis' || crisisBands.includes(band));
  const found = wanted.flatMap(({ key, use }) => {
    const fact = facts[key];
    return fact && (fact.neutral.phone || fact.neutral.url) ? [{ fact, line: helpLine(fact, use) }] : [];
  });
  const national = found.filter(({ fact }) => fact.problem !== 'empty' && fact.problem !== 'suspended');
  const days = national.map(({ fact }) => fact.check?.on ?? null);
  const checked = days.filter((day) => day !== null).sort();
  const suspended = wanted.filter(({ key }) => facts[key]?.problem === 'suspended').map(({ use }) => use);
  return {
    lines: found.map(({ line }) => line),
    checkedOn: days.includes(null) ? null : (checked[0] ?? null),
    ...(suspended.length > 0 ? { suspended } : {}),
  };
}
