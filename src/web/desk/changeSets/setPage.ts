import { proposals, proposeSetSeverity } from '../../../domain/diff/severity.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { LessonPackage } from '../../../domain/package/lessonPackage.ts';
import { validatePackage } from '../../../domain/package/validate.ts';
import { canonicalJson } from '../../../domain/release/canonical.ts';
import { dependsOn, validateChangeSet } from '../../../domain/release/changeSet.ts';
import { type ChangeSet, severities } from '../../../domain/release/release.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import { refusalText } from '../baseline/problems.ts';
import { changeLines, linesShown } from './changeLines.ts';
import type { Details } from './forms.ts';
import { untouchedVariants } from './variants.ts';

/** The package without and with a set's changes; `after` is null when they do not fit the newest release any more. */
export type SetPackages = { readonly before: LessonPackage; readonly after: LessonPackage | null };

/** Something that has to happen before the set can be submitted. */
export type Waits = { readonly text: string; readonly href: string };

/** What a set changes, in lines; the lessons it can be worked on in. */
export function setLines(t: Translate, set: ChangeSet, { before, after }: SetPackages) {
  const editable = set.state === 'draft' && after !== null;
  const decided = set.state === 'released' || set.state === 'discarded' ? set.severity : null;
  const lines = changeLines(t, before, set.changes, editable ? { id: set.id, after } : null, decided);
  return {
    lines: lines.slice(0, linesShown),
    more: Math.max(0, lines.length - linesShown),
    lessons: editable
      ? after.lessons.map((lesson) => ({ id: lesson.id, href: paths.changeSetLesson.to(set.id, lesson.id) }))
      : [],
    takeBacks: editable ? [...new Set(lines.map((line) => line.subject))] : [],
  };
}

/** The details form: what is stored, or what somebody typed that could not be stored. */
export function detailsForm(t: Translate, set: ChangeSet, { before, after }: SetPackages, typed: Details | null) {
  const details = typed ?? {
    ...set,
    evidence: [...set.evidence],
    cleared: [...set.clearedVariants],
    due: set.due ?? '',
  };
  const proposed = set.changes.length === 0 ? null : proposeSetSeverity(before, set.changes);
  const why = proposed === null ? [] : reasonsFor(t, before, set, proposed);
  const siblings = after === null ? [] : untouchedVariants(before, after, set.changes);
  return {
    title: details.title,
    reason: details.reason,
    summary: details.summary,
    due: details.due,
    severities: severities.map((severity) => ({
      severity,
      chosen: details.severity === severity,
      proposed: severity === proposed,
    })),
    proposed,
    why,
    evidence: Object.values(before.evidence).map((entry) => ({
      ...entry,
      chosen: details.evidence.includes(entry.id),
    })),
    chosenEvidence: details.evidence,
    siblings: siblings.map(({ id, text, variantOf }) => ({
      id,
      text,
      of: variantOf ?? null,
      cleared: details.cleared.includes(id),
    })),
  };
}

/** Why the machine proposes this severity: each reason once, with what it was found at. */
function reasonsFor(t: Translate, before: LessonPackage, set: ChangeSet, severity: string): readonly string[] {
  const found = proposals(before, set.changes).filter((proposal) => proposal.severity === severity);
  const counts = Map.groupBy(found, (proposal) => proposal.why);
  return [...counts].map(([why, list]) =>
    t('baseline:whyCount', { why: t(`baseline:why.${why}`), count: list.length }),
  );
}

/** What stands between a draft and its submission, in the words of whoever can mend it. */
export function waitsFor(
  t: Translate,
  set: ChangeSet,
  { before, after }: SetPackages,
  open: readonly ChangeSet[],
): readonly Waits[] {
  const waits: Waits[] = [];
  if (set.changes.length === 0) waits.push({ text: t('baseline:set.waits.changes'), href: '#changes' });
  if (set.reason.trim() === '') waits.push({ text: t('baseline:set.waits.reason'), href: '#reason' });
  if (set.summary.trim() === '') waits.push({ text: t('baseline:set.waits.summary'), href: '#summary' });
  if (set.severity === 'safety' && set.due === null) waits.push({ text: t('baseline:set.waits.due'), href: '#due' });
  if (after === null) waits.push({ text: t('baseline:set.waits.misfit'), href: '#changes' });
  const needs = dependsOn(set, open, before);
  if (needs.length > 0) waits.push({ text: t('baseline:set.waits.needs', { needs }), href: '#changes' });
  if (waits.length > 0 || after === null) return waits;
  try {
    validateChangeSet(before, set);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const href =
      error.code === 'severityTooLow' ? '#severity' : error.code === 'variantUntouched' ? '#cleared' : '#changes';
    waits.push({ text: refusalText(t, error), href });
  }
  return waits;
}

/** What is not right with the package after the set and was right before: for a person to look at. */
export function newFindings(t: Translate, { before, after }: SetPackages): readonly string[] {
  if (after === null) return [];
  const known = new Set(validatePackage(before).map((finding) => canonicalJson(finding)));
  return validatePackage(after)
    .filter((finding) => !known.has(canonicalJson(finding)))
    .map(({ code, lesson, data }) => t(`baseline:findings.${code}`, { lesson: lesson ?? '', ...data }));
}
