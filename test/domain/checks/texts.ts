import { checkUnit } from '../../../src/domain/checks/unit/checkUnit.ts';
import type { CheckedText, UnitFinding } from '../../../src/domain/checks/unit/unitFinding.ts';

/** A paragraph in Turkish beside its source; everything else as an edition mostly has it. */
export const textOf = (source: string, target: string, change: Partial<CheckedText> = {}): CheckedText => ({
  segment: 'L1.par.1',
  source,
  target,
  language: 'tr',
  kind: 'paragraph',
  policy: 'adaptable',
  adapted: false,
  room: null,
  rules: null,
  glossary: null,
  ...change,
});

export const found = (source: string, target: string, change: Partial<CheckedText> = {}): readonly UnitFinding[] =>
  checkUnit(textOf(source, target, change));

/** What was found, as `error numbersMissing`. */
export const heard = (source: string, target: string, change: Partial<CheckedText> = {}): readonly string[] =>
  found(source, target, change).map(({ level, check }) => `${level} ${check}`);
