import { type WorkingEdition, workingUnit } from '../edition/workingText.ts';
import type { SegmentId } from '../package/lessonPackage.ts';
import type { Term } from './term.ts';
import { type TermFinding, termFindings } from './terms.ts';

export type UnitFindings = {
  readonly segment: SegmentId;
  readonly source: string;
  readonly target: string;
  readonly findings: readonly TermFinding[];
};

/**
 * The units of an edition whose words do not follow the glossary, beside the source as it stands now. What was adapted on
 * purpose is left out, and what has no text of ours.
 */
export function termReview(working: WorkingEdition, terms: readonly Term[]): readonly UnitFindings[] {
  const { edition } = working;
  return [...working.units.keys()].flatMap((segment): readonly UnitFindings[] => {
    const unit = workingUnit(working, segment);
    if (unit === null || unit.origin !== 'unit' || unit.omitted || working.ledger.has(segment)) return [];
    const findings = termFindings(terms, unit.source, unit.text, edition.language);
    return findings.length === 0 ? [] : [{ segment, source: unit.source, target: unit.text, findings }];
  });
}
