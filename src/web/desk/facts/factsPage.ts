import { can } from '../../../domain/access/can.ts';
import type { FactType } from '../../../domain/facts/fact.ts';
import { factIn } from '../../../domain/package/lessonPackage.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import type { Desk } from '../today/loadDesk.ts';
import { certainties, type Field, type FieldValues, fieldsShown, methods } from './factFields.ts';
import { type FactReaders, type FactRow, factRow, fieldsFor } from './factRow.ts';

type Choice = { readonly value: string; readonly text: string; readonly chosen: boolean };

/** The form of the opened fact. */
export type FactForm = {
  readonly fields: readonly Field[];
  readonly source: string;
  readonly reason: string;
  readonly certainties: readonly Choice[];
  readonly methods: readonly Choice[];
  readonly mayPropose: boolean;
  readonly maySuspend: boolean;
  readonly hrefs: { readonly propose: string; readonly suspend: string };
  readonly problem: string | null;
};

export type FactsPage = {
  readonly headline: string;
  readonly groups: readonly { readonly kind: string; readonly note: string; readonly rows: readonly FactRow[] }[];
  readonly form: FactForm | null;
};

const kinds = ['services', 'law', 'words'] as const;
const kindOf: Readonly<Record<FactType, (typeof kinds)[number]>> = {
  phone: 'services',
  url: 'services',
  contact: 'services',
  law: 'law',
  age: 'words',
  text: 'words',
  list: 'words',
};

export type Typed = { readonly key: string; readonly values: FieldValues; readonly message: string };

/** All facts of the country by kind; what is overdue, empty or waits comes first. */
export function factsPage(
  readers: FactReaders,
  desk: Desk,
  opened: string | undefined,
  typed: Typed | null,
): FactsPage {
  const { t } = readers;
  const definitions = Object.values(desk.working.lessonPackage.facts);
  const rows = definitions.map((definition) => ({
    kind: kindOf[definition.type],
    every: definition.checkEvery,
    row: factRow(readers, desk, definition, opened),
  }));
  const groups = kinds.map((kind) => {
    const mine = rows.filter((each) => each.kind === kind);
    return {
      kind: t(`edition:facts.kinds.${kind}`),
      note: t('edition:facts.every', { count: Math.min(...mine.map((each) => each.every)) }),
      rows: mine.map((each) => each.row).sort((one, other) => rank(one) - rank(other)),
    };
  });
  return {
    headline: headline(
      t,
      rows.map((each) => each.row),
    ),
    groups: groups.filter((group) => group.rows.length > 0),
    form: opened === undefined ? null : formOf(readers, desk, opened, typed),
  };
}

function rank(row: FactRow): number {
  if (row.state.stops) return 0;
  if (row.proposal !== null) return 1;
  return row.state.tone === 'river' ? 3 : 2;
}

/** The news: what stops lessons, what is past its date, what waits; all well only when it is. */
function headline(t: Translate, rows: readonly FactRow[]): string {
  const late = rows.filter((row) => row.late).length;
  const empty = rows.filter((row) => row.state.sign === 'initial' && !row.fallback).length;
  const unchecked = rows.filter((row) => row.state.sign === 'look').length;
  const waiting = rows.filter((row) => row.proposal !== null).length;
  const parts = [
    late > 0 ? t('edition:facts.late', { count: late }) : null,
    empty > 0 ? t('edition:facts.empty', { count: empty }) : null,
    unchecked > 0 ? t('edition:facts.unchecked', { count: unchecked }) : null,
    waiting > 0 ? t('edition:facts.waiting', { count: waiting }) : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? t('edition:facts.allChecked') : parts.slice(0, 2).join(t('edition:comma'));
}

function formOf({ t, actor }: FactReaders, desk: Desk, key: string, typed: Typed | null): FactForm | null {
  const definition = factIn(desk.working.lessonPackage, key);
  if (definition === undefined) return null;
  const { edition } = desk.working;
  const subject = { partner: edition.partner };
  const values = typed?.key === key ? typed.values : fieldsFor(desk, key);
  const stored = desk.values.find((value) => value.key === key);
  const choices = (offered: readonly string[], kind: string, chosen: string | null): readonly Choice[] =>
    offered.map((value) => ({ value, text: t(`edition:facts.${kind}.${value}`), chosen: value === chosen }));
  return {
    fields: fieldsShown(t, definition.type, values),
    source: values.source,
    reason: values.reason,
    certainties: choices(certainties, 'certainties', values.certainty),
    methods: [
      ...choices(methods, 'methods', values.method),
      { value: '', text: t('edition:facts.problems.unchecked'), chosen: values.method === null },
    ],
    mayPropose: can(actor, 'facts:propose', subject),
    maySuspend: can(actor, 'facts:suspend', subject) && stored !== undefined && stored.suspended === null,
    hrefs: { propose: paths.fact.to(edition.tag, key), suspend: paths.factSuspension.to(edition.tag, key) },
    problem: typed?.key === key ? typed.message : null,
  };
}
