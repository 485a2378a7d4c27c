import type { UnitCheck } from '../../../domain/checks/unit/unitFinding.ts';
import { baselineLanguage } from '../../../domain/edition/workingText.ts';
import { placeholdersOf } from '../../../domain/package/placeholders.ts';
import type { Translate } from '../../route.ts';

/** What a text was looked at for besides what every text is. */
export type LookedAtFor = {
  readonly source: string;
  readonly language: string;
  readonly core: boolean;
  readonly tight: boolean;
  readonly hasList: boolean;
};

/** Checks that are told in one line when none of them found anything. */
const lines: readonly (readonly [string, readonly UnitCheck[]])[] = [
  ['facts', ['factsMissing', 'factsForeign']],
  ['freeFact', ['freeFact']],
  ['wording', ['avoidedTerm', 'redLine']],
  ['untouched', ['untouched']],
  ['numbers', ['numbersMissing', 'numbersExtra']],
  ['marks', ['marksBroken', 'marksDiffer']],
  ['core', ['coreShortened']],
  ['tooLong', ['tooLong']],
  ['ending', ['ending']],
];

/** What passed, in words. A check that was not made is not said to have passed. */
export function passedChecks(t: Translate, found: ReadonlySet<UnitCheck>, about: LookedAtFor): readonly string[] {
  const made: Readonly<Record<string, boolean>> = {
    wording: about.hasList,
    untouched: about.language !== baselineLanguage,
    core: about.core,
    tooLong: about.tight,
  };
  const facts = new Set(placeholdersOf(about.source).map(({ key }) => key)).size;
  return lines
    .filter(([name, checks]) => (made[name] ?? true) && !checks.some((check) => found.has(check)))
    .map(([name]) => {
      if (name !== 'facts') return t(`checks:passed.${name}`);
      return facts === 0 ? t('checks:passed.noFacts') : t('checks:passed.facts', { count: facts });
    });
}
