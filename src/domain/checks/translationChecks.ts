import type { ContentFinding, ContentFindingCode } from './finding.ts';
import { checkUnit } from './unit/checkUnit.ts';
import type { CheckedText, UnitCheck, UnitFinding } from './unit/unitFinding.ts';

/** How `content check` calls what the checks of a unit find; what it does not name is for the desk to show. */
const codes: Readonly<Partial<Record<UnitCheck, ContentFindingCode>>> = {
  factsMissing: 'factsDiffer',
  factsForeign: 'factsDiffer',
  numbersMissing: 'numbersDiffer',
  numbersExtra: 'numbersDiffer',
  marksDiffer: 'marksDiffer',
  marksBroken: 'marksDiffer',
  untouched: 'untouchedSource',
  avoidedTerm: 'avoidedTerm',
  redLine: 'redLine',
  freeFact: 'freeFact',
  coreShortened: 'coreShort',
};

/** One word that is the same in both languages is a name more often than not; an adapted text may differ. */
const aside = ({ adapted }: CheckedText, { check, level }: UnitFinding): boolean =>
  level === 'warning' && (adapted || check === 'untouched' || check === 'coreShortened');

/** What has to be mended in a text of an edition before the content may go out. */
export function translationFindings(text: CheckedText): readonly ContentFinding[] {
  return checkUnit(text)
    .filter((finding) => !aside(text, finding))
    .flatMap((finding): readonly ContentFinding[] => {
      const code = codes[finding.check];
      return code === undefined ? [] : [{ code, segment: text.segment, data: dataOf(finding) }];
    });
}

function dataOf({ check, data }: UnitFinding): ContentFinding['data'] {
  const list = (name: string): string => [data[name] ?? []].flat().join(', ');
  switch (check) {
    case 'factsMissing':
      return { missing: list('facts'), foreign: '' };
    case 'factsForeign':
      return { missing: '', foreign: list('facts') };
    case 'numbersMissing':
      return { missing: list('numbers'), foreign: '' };
    case 'numbersExtra':
      return { missing: '', foreign: list('numbers') };
    case 'marksBroken':
      return { mark: list('mark'), wanted: 0, found: 1 };
    default:
      return data as ContentFinding['data'];
  }
}
