import { proposals } from '../../../domain/diff/severity.ts';
import { baselineLanguage } from '../../../domain/edition/workingText.ts';
import type { LessonPackage, SegmentId } from '../../../domain/package/lessonPackage.ts';
import { sameValue } from '../../../domain/release/canonical.ts';
import { lessonsOf, segmentOf, subjectOf } from '../../../domain/release/changeSubject.ts';
import type { Change, Place, Severity } from '../../../domain/release/release.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import { addedRuns, markedRuns, plainRuns, type TextRun } from '../workbench/textRuns.ts';

/** One change in words: what happened to what, with the words marked where words changed. */
export type ChangeLine = {
  readonly subject: string;
  readonly words: string;
  readonly runs: readonly TextRun[];
  readonly severity: Severity;
  readonly why: string;
  /** Where the change is made; null where no lesson shows it. */
  readonly href: string | null;
};

/** Longer lists are counted: nobody reads a thousand lines. */
export const linesShown = 120;

/**
 * The changes of a set on the package it was drafted on. A new segment and its one place are one line. `draft` is the
 * set whose lessons the lines lead to; null where nothing can be changed any more. While a set is open a line shows what
 * the machine proposes for it, and why; `decided` is the severity that people gave the whole set.
 */
export function changeLines(
  t: Translate,
  before: LessonPackage,
  changes: readonly Change[],
  draft: { readonly id: string; readonly after: LessonPackage } | null,
  decided: Severity | null = null,
): readonly ChangeLine[] {
  const places = Map.groupBy(
    changes.filter((change) => change.kind === 'placed'),
    (change) => change.placement.segment,
  );
  const added = new Set(changes.flatMap((change) => (change.kind === 'segmentAdded' ? [change.segment.id] : [])));
  return proposals(before, changes).flatMap(({ change, severity, why }) => {
    if (change.kind === 'placed' && added.has(change.placement.segment)) return [];
    const at = change.kind === 'segmentAdded' ? (places.get(change.segment.id) ?? []).map((each) => each.at) : [];
    const where = at.map((place) => placeWords(t, place)).join('; ');
    return [
      {
        subject: subjectOf(change),
        words: [changeWords(t, change), where].filter(Boolean).join(t('baseline:comma')),
        runs: runsOf(change),
        severity: decided ?? severity,
        why: decided === null ? t(`baseline:why.${why}`) : '',
        href: draft === null ? null : hrefOf(draft, change, at[0]),
      },
    ];
  });
}

/** A place in words: in which lesson and section, behind what. */
export function placeWords(t: Translate, { lesson, section, after }: Place): string {
  const values = { lesson, section: sectionName(t, section), after: after ?? '' };
  return t(after === null ? 'baseline:place.first' : 'baseline:place.after', values);
}

/** `handout:five-steps` is a handout called five-steps. */
export function sectionName(t: Translate, section: string): string {
  const [kind = '', part] = section.split(':');
  const name = t(`baseline:sections.${kind}`);
  return part === undefined ? name : `${name} ${part}`;
}

function changeWords(t: Translate, change: Change): string {
  const say = (values: Readonly<Record<string, unknown>> = {}) => t(`baseline:changes.${change.kind}`, values);
  switch (change.kind) {
    case 'segmentAdded':
    case 'segmentRemoved': {
      const { kind, policy } = change.segment;
      return say({ kind: t(`desk:segmentKinds.${kind}`), policy: t(`desk:policies.${policy}`) });
    }
    case 'policyChanged':
      return say({ before: t(`desk:policies.${change.before}`), after: t(`desk:policies.${change.after}`) });
    case 'placed':
    case 'unplaced':
      return say({ place: placeWords(t, change.at) });
    case 'moved':
      return say({ from: placeWords(t, change.from), to: placeWords(t, change.to) });
    case 'placementChanged':
    case 'lessonFieldsChanged':
      return say({ fields: fieldWords(t, change.before, change.after) });
    case 'factChanged':
      return say({ fields: fieldWords(t, change.before, change.after) });
    case 'factAdded':
    case 'factRemoved':
      return say({ label: change.fact.label, type: t(`desk:factTypes.${change.fact.type}`) });
    case 'evidenceAdded':
    case 'evidenceRemoved':
      return say({ citation: change.evidence.citation });
    case 'sectionAdded':
    case 'sectionRemoved':
      return say({ section: sectionName(t, change.section) });
    default:
      return say();
  }
}

/** `minutes: 5 → 7`, one after the other. */
function fieldWords(t: Translate, before: object, after: object): string {
  const [old, now] = [before, after] as Readonly<Record<string, unknown>>[];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => !sameValue(old?.[name], now?.[name]))
    .map((name) =>
      t('baseline:fieldChange', {
        field: t(`baseline:fields.${name}`),
        before: value(t, old?.[name]),
        after: value(t, now?.[name]),
      }),
    )
    .join('; ');
}

function value(t: Translate, given: unknown): string | number {
  if (given === undefined || given === null || given === false) return t('baseline:fields.none');
  if (given === true) return t('baseline:fields.yes');
  if (typeof given === 'number') return given;
  if (Array.isArray(given)) return given.length === 0 ? t('baseline:fields.none') : given.join(', ');
  return typeof given === 'object' ? Object.values(given).join(', ') : String(given);
}

function runsOf(change: Change): readonly TextRun[] {
  switch (change.kind) {
    case 'segmentEdited':
    case 'noteChanged':
      return markedRuns(change.before ?? '', change.after ?? '', baselineLanguage);
    case 'segmentAdded':
      return addedRuns(change.segment.text);
    case 'segmentRemoved':
      return plainRuns(change.segment.text).map((run) => ({ ...run, kind: 'removed' }));
    default:
      return [];
  }
}

function hrefOf(
  draft: { readonly id: string; readonly after: LessonPackage },
  change: Change,
  at?: Place,
): string | null {
  const segment = segmentOf(change);
  const lesson = at?.lesson ?? lessonsOf(change).at(-1) ?? lessonOf(draft.after, segment);
  if (lesson === null) return null;
  const query = segment === null ? '' : `?${new URLSearchParams({ segment })}#open`;
  return `${paths.changeSetLesson.to(draft.id, lesson)}${query}`;
}

function lessonOf(lessonPackage: LessonPackage, segment: SegmentId | null): string | null {
  const stands = lessonPackage.lessons.find((lesson) =>
    lesson.sections.some((section) => section.placements.some((placement) => placement.segment === segment)),
  );
  return stands?.id ?? null;
}
