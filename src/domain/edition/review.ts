import type { Segment } from '../package/lessonPackage.ts';
import { textHash } from '../release/canonical.ts';
import type { TranslationUnit } from './edition.ts';
import { baselineLanguage } from './workingText.ts';

/** Why a text cannot be agreed to as it was seen. */
export const reviewHindrances = ['gone', 'changed', 'done', 'own', 'backTranslation'] as const;
export type ReviewHindrance = (typeof reviewHindrances)[number];

/** In the baseline's own language there is nothing to translate back. */
export function hasBackTranslation(unit: TranslationUnit, language: string): boolean {
  return (
    language === baselineLanguage ||
    (unit.backTranslation !== null && unit.backTranslation.of === textHash(unit.target))
  );
}

/**
 * What stands between a person and their agreement with a text that they saw at a revision: it is gone, somebody wrote
 * since, it waits for nobody, they wrote it themselves, or it is core text without a back-translation. Null: nothing.
 */
export function reviewHindrance(
  seen: { readonly revision: number; readonly person: string; readonly language: string },
  source: Segment | undefined,
  unit: TranslationUnit | null,
): ReviewHindrance | null {
  if (source === undefined || unit === null) return 'gone';
  if (unit.revision !== seen.revision) return 'changed';
  const core = source.policy === 'core';
  if (unit.state !== 'translated' && !(core && unit.state === 'reviewed')) return 'done';
  if (unit.by === seen.person) return 'own';
  return core && !hasBackTranslation(unit, seen.language) ? 'backTranslation' : null;
}

/** The unit as a second person has agreed to it: core text is final then. */
export function agreedUnit(source: Segment, unit: TranslationUnit, by: string, at: string): TranslationUnit {
  const state = source.policy === 'core' ? 'final' : 'reviewed';
  return { ...unit, state, reviewedBy: by, at, revision: unit.revision + 1 };
}
