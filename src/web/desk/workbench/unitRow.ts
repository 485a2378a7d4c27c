import type { UnitState } from '../../../domain/edition/edition.ts';
import { baselineLanguage, type WorkingUnit } from '../../../domain/edition/workingText.ts';
import { directionOf } from '../../../domain/language.ts';
import type { Placement, Policy } from '../../../domain/package/lessonPackage.ts';
import type { Severity } from '../../../domain/release/release.ts';
import type { Day } from '../../../domain/time.ts';
import type { Translate } from '../../route.ts';
import { isStale } from '../today/loadDesk.ts';
import { anchorOf, type Filter, unitHref } from './hrefs.ts';
import type { LessonTexts } from './lessonDesk.ts';
import { markedRuns, plainRuns, snippetOf, type TextRun } from './textRuns.ts';

/** A segment in the bilingual list. */
export type UnitRow = {
  readonly id: string;
  readonly anchor: string;
  readonly href: string;
  /** Kind, minutes, policy: what stands above the source. */
  readonly about: string;
  readonly policy: Policy;
  /** The policy's word stands at the first of its neighbours. */
  readonly policyText: string;
  readonly state: UnitState;
  readonly stateText: string;
  readonly stale: { readonly severity: Severity; readonly text: string; readonly due: Day | null } | null;
  readonly source: readonly TextRun[];
  readonly ours: readonly TextRun[];
  readonly origin: WorkingUnit['origin'];
  /** First words, for the list at the side. */
  readonly snippet: string;
  readonly snippetLang: string;
  /** A segment of the edition's own: there is no source beside it. */
  readonly added: boolean;
  /** Why the edition leaves this segment out. */
  readonly omitted: string | null;
};

export type Languages = {
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  readonly name: string;
  readonly sourceName: string;
};

/** The language of ours, with its direction and its name in the reader's language. */
export function languagesOf(language: string, reader: string): Languages {
  const names = new Intl.DisplayNames(reader, { type: 'language', fallback: 'code' });
  const nameOf = (code: string) => names.of(code) ?? code;
  return { lang: language, dir: directionOf(language), name: nameOf(language), sourceName: nameOf(baselineLanguage) };
}

/** One row; `before` is the policy of the row above it. */
export function unitRow(
  t: Translate,
  desk: Pick<LessonTexts, 'working'>,
  at: { readonly lesson: string; readonly show: Filter; readonly placement: Placement },
  unit: WorkingUnit,
  old: string | undefined,
): UnitRow {
  const { edition, lessonPackage, ledger, overrides = [] } = desk.working;
  const segment = lessonPackage.segments[unit.segment];
  const policy = segment?.policy ?? 'core';
  const state = unit.origin === 'inherited' ? 'final' : (unit.unit?.state ?? 'initial');
  const { practice, right } = at.placement;
  const own = overrides.find(
    (each) => each.kind === 'minutes' && each.lesson === at.lesson && each.segment === unit.segment,
  );
  const minutes = own?.kind === 'minutes' ? own.minutes : at.placement.minutes;
  const about = [
    t(practice ? 'edition:workbench.practiceStep' : `desk:segmentKinds.${segment?.kind ?? 'paragraph'}`),
    minutes === undefined ? null : t('edition:minutes', { count: minutes }),
    right ? t('edition:workbench.rightAnswer') : null,
  ];
  const entry = ledger.get(unit.segment);
  const words = unit.text === '' ? unit.source : unit.text;
  return {
    id: unit.segment,
    anchor: anchorOf('unit', unit.segment),
    href: unitHref(edition.tag, at.lesson, unit.segment, at.show),
    about: about.filter((part) => part !== null).join(t('edition:comma')),
    policy,
    policyText: t(`desk:policies.${policy}`),
    state,
    stateText: unit.origin === 'inherited' ? t('edition:workbench.inherited') : t(`desk:unitStates.${state}`),
    stale: staleOf(t, unit),
    added: desk.working.material?.segments.has(unit.segment) ?? false,
    source: old === undefined ? plainRuns(unit.source) : markedRuns(old, unit.source, baselineLanguage),
    ours: plainRuns(unit.text),
    origin: unit.origin,
    snippet: snippetOf(words),
    snippetLang: unit.text === '' || unit.origin === 'inherited' ? baselineLanguage : edition.language,
    omitted: entry?.omits ? entry.reason : null,
  };
}

function staleOf(t: Translate, unit: WorkingUnit): UnitRow['stale'] {
  if (unit.staleness === null || !isStale(unit)) return null;
  const { severity, due } = unit.staleness;
  return { severity, text: t(`desk:stale.${severity}`), due };
}
