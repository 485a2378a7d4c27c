import type { Actor, Person } from '../../../domain/access/access.ts';
import { can } from '../../../domain/access/can.ts';
import type { FactDefinition, FactValue, ResolvedFact } from '../../../domain/facts/fact.ts';
import { addDays, type Day, daysBetween } from '../../../domain/time.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import type { Desk } from '../today/loadDesk.ts';
import { anchorOf, factHref } from '../workbench/hrefs.ts';
import { type FieldValues, fieldsOf } from './factFields.ts';
import { lessonsUsing } from './factUse.ts';
import { factWords, type ValuePiece } from './factWords.ts';

export type FactRow = {
  readonly key: string;
  readonly anchor: string;
  readonly href: string;
  readonly label: string;
  readonly type: string;
  readonly required: boolean;
  readonly pieces: readonly ValuePiece[];
  readonly hours: string;
  /** The value is the baseline's global default, not this country's. */
  readonly fallback: boolean;
  readonly source: string;
  readonly check: { readonly on: Day; readonly how: string; readonly by: string } | null;
  readonly state: { readonly text: string; readonly tone: string; readonly sign: string; readonly stops: boolean };
  readonly due: Day | null;
  /** Where the next check lies on a line from a month ago to a year ahead, in hundredths; null without one. */
  readonly dot: number | null;
  readonly late: boolean;
  readonly lessons: readonly string[];
  readonly proposal: ProposalView | null;
  readonly open: boolean;
  readonly suspended: { readonly on: Day; readonly by: string; readonly reason: string } | null;
};

export type ProposalView = {
  readonly pieces: readonly ValuePiece[];
  readonly source: string;
  readonly check: string;
  readonly by: string;
  readonly at: string;
  readonly reason: string;
  readonly mayConfirm: boolean;
  readonly mine: boolean;
  readonly who: string;
  readonly href: string;
};

export type FactReaders = {
  readonly t: Translate;
  readonly actor: Actor;
  readonly names: ReadonlyMap<string, string>;
  readonly colleagues: readonly Person[];
};

const dayBefore = 30;
const daysAhead = 365;

/** One fact of the country as the list shows it. */
export function factRow(
  readers: FactReaders,
  desk: Desk,
  definition: FactDefinition,
  opened: string | undefined,
): FactRow {
  const { t, names } = readers;
  const { edition, lessonPackage } = desk.working;
  const fact = desk.facts.facts[definition.key];
  const value = desk.values.find((each) => each.key === definition.key);
  const check = value?.check ?? null;
  const due = check === null ? null : addDays(check.on, definition.checkEvery);
  const days = due === null ? null : daysBetween(desk.today, due);
  return {
    key: definition.key,
    anchor: anchorOf('fact', definition.key),
    href: factHref(edition.tag, definition.key),
    label: definition.label,
    type: t(`desk:factTypes.${definition.type}`),
    required: definition.need === 'required',
    pieces: factWords(shown(fact, value), undefined, edition.language),
    hours: wordingOf(value, edition.language).hours ?? '',
    fallback: fact?.problem === 'empty' && definition.fallback !== undefined,
    source: value?.source ?? '',
    check:
      check === null
        ? null
        : { on: check.on, how: t(`edition:facts.methods.${check.method}`), by: names.get(check.by) ?? '' },
    state: stateOf(t, desk, fact, days),
    due,
    dot:
      days === null
        ? null
        : Math.round((100 * (Math.min(daysAhead, Math.max(-dayBefore, days)) + dayBefore)) / (daysAhead + dayBefore)),
    late: days !== null && days < 0,
    lessons: lessonsUsing(lessonPackage, [definition]),
    proposal: proposalOf(readers, desk, definition),
    open: opened === definition.key,
    suspended: value?.suspended == null ? null : { ...value.suspended, by: names.get(value.suspended.by) ?? '' },
  };
}

/** People of the desk see the value itself, also where readers do not. */
function shown(fact: ResolvedFact | undefined, value: FactValue | undefined): ResolvedFact | undefined {
  if (fact === undefined || value === undefined || fact.problem === 'empty') return fact;
  return { ...fact, neutral: value.neutral };
}

const wordingOf = (value: FactValue | undefined, language: string) => value?.wordings[language] ?? {};

function stateOf(t: Translate, desk: Desk, fact: ResolvedFact | undefined, days: number | null): FactRow['state'] {
  const problem = fact?.problem;
  const stops = fact !== undefined && problem !== undefined && desk.facts.stops(fact);
  const standsIn = problem === 'empty' && desk.working.lessonPackage.facts[fact?.key ?? '']?.fallback !== undefined;
  if (problem === undefined || standsIn)
    return { text: t('edition:facts.checked'), tone: 'river', sign: 'done', stops };
  const text =
    problem === 'overdue' && days !== null
      ? t('edition:facts.wasDue', { count: -days })
      : t(`edition:facts.problems.${problem}`);
  const sign = { empty: 'initial', suspended: 'stops', unchecked: 'look', overdue: 'clock' }[problem];
  return { text, tone: problem === 'suspended' ? '' : 'late', sign, stops };
}

function proposalOf(readers: FactReaders, desk: Desk, definition: FactDefinition): ProposalView | null {
  const { t, actor, names, colleagues } = readers;
  const { edition } = desk.working;
  const proposal = desk.proposals.find((each) => each.key === definition.key);
  if (proposal === undefined) return null;
  const { value } = proposal;
  const subject = { partner: edition.partner };
  const mine = actor.kind === 'person' && actor.person.id === proposal.by;
  const able = colleagues
    .filter((person) => person.id !== proposal.by && can({ kind: 'person', person }, 'facts:confirm', subject))
    .map((person) => person.name);
  return {
    pieces: factWords(
      {
        key: definition.key,
        type: definition.type,
        neutral: value.neutral,
        wording: wordingOf(value, edition.language),
        check: null,
      },
      undefined,
      edition.language,
    ),
    source: value.source,
    check:
      value.check === null ? t('edition:facts.problems.unchecked') : t(`edition:facts.methods.${value.check.method}`),
    by: names.get(proposal.by) ?? '',
    at: proposal.at,
    reason: proposal.reason,
    mayConfirm: !mine && can(actor, 'facts:confirm', subject),
    mine,
    who: able.length === 0 ? t('edition:facts.authorityConfirms') : t('edition:facts.canConfirm', { names: able }),
    href: paths.factConfirmation.to(edition.tag, definition.key),
  };
}

/** The fields of the form, filled with the proposal that waits, else with the value. */
export function fieldsFor(desk: Desk, key: string): FieldValues {
  const { edition } = desk.working;
  const value = desk.proposals.find((each) => each.key === key)?.value ?? desk.values.find((each) => each.key === key);
  return fieldsOf(value, edition.language);
}
