import { standsOn } from '../../../domain/edition/standsOn.ts';
import { paths } from '../../paths.ts';
import { editionName } from '../frame.ts';
import type { EditionWork } from './impact.ts';

/** The numbers of one row, or of all rows together. */
export type ImpactCounts = {
  readonly stale: number;
  readonly already: number;
  readonly words: number;
  readonly conflicts: number;
  readonly overrides: number;
  readonly added: number;
  readonly facts: number;
  readonly safety: number;
  readonly hours: number;
  readonly units: number;
};

/** Lengths of the bar, of 100: stale already, going stale without a conflict, in conflict. */
export type Bar = { readonly already: Piece; readonly going: Piece; readonly conflicts: Piece };
type Piece = { readonly from: number; readonly length: number };

/** Where each number of a row leads; null where this person has no page for it. */
export type ImpactHrefs = Readonly<Record<'going' | 'already' | 'conflicts' | 'overrides' | 'added' | 'facts', string>>;

export type ImpactRow = ImpactCounts & {
  readonly tag: string;
  readonly name: string;
  readonly href: string;
  readonly stands: string;
  readonly bar: Bar;
  readonly hoursText: string;
  readonly pace: number;
  readonly hrefs: ImpactHrefs | null;
};

export type Impact = {
  readonly rows: readonly ImpactRow[];
  readonly sum: ImpactCounts & { readonly hoursText: string; readonly hrefs: ImpactHrefs | null };
  /** Editions that get stale units. */
  readonly touched: number;
  /** Of the longest bar: how many units of how many it stands for. */
  readonly longest: { readonly tag: string; readonly stale: number; readonly units: number } | null;
  /** Something asks for more than words: those columns are shown. */
  readonly has: { readonly overrides: boolean; readonly facts: boolean };
};

/** Where the units of an edition (or of `all`) are listed, with the sets or the release that they are counted for. */
export type ListHref = (edition: string, part: string) => string;

export const listHref =
  (query: Readonly<Record<string, string>>): ListHref =>
  (edition, part) =>
    `${paths.impact.to(edition)}?${new URLSearchParams(query)}#${part}`;

/** The table of a dry run: most work first, each row with its bar; the sum stands above. */
export function impactTable(
  works: readonly EditionWork[],
  { language, list }: { readonly language: string; readonly list: ListHref | null },
): Impact {
  const hours = (value: number) => hoursText(value, language);
  const share = ({ already, going, units }: EditionWork) => (already.length + going.length) / Math.max(1, units);
  const widest = [...works].sort((one, other) => share(other) - share(one))[0];
  const scale = widest === undefined ? 1 : share(widest) || 1;
  const rows = works
    .map((work): ImpactRow => {
      const { edition } = work;
      const counts = countsOf(work);
      return {
        ...counts,
        tag: edition.tag,
        name: editionName(edition, language),
        href: paths.deskEdition.to(edition.tag),
        stands: standsOn(edition.upstream),
        bar: barOf(counts, scale),
        hoursText: hours(work.hours),
        pace: work.pace,
        hrefs: hrefsOf(list, edition.tag),
      };
    })
    .sort(byWork);
  const sum = sumOf(rows);
  return {
    rows,
    sum: { ...sum, hoursText: hours(sum.hours), hrefs: hrefsOf(list, 'all') },
    touched: rows.filter((row) => row.stale > 0).length,
    longest:
      widest === undefined || share(widest) === 0
        ? null
        : { tag: widest.edition.tag, stale: widest.already.length + widest.going.length, units: widest.units },
    has: { overrides: sum.overrides > 0, facts: sum.facts > 0 },
  };
}

function countsOf(work: EditionWork): ImpactCounts {
  return {
    stale: work.going.length,
    already: work.already.length,
    words: work.words,
    conflicts: work.conflicts.length,
    overrides: work.overrides.length,
    added: work.added.length,
    facts: work.facts.length,
    safety: work.going.filter((item) => item.severity === 'safety').length,
    hours: work.hours,
    units: work.units,
  };
}

function hrefsOf(list: ListHref | null, edition: string): ImpactHrefs | null {
  if (list === null) return null;
  const at = (part: string) => list(edition, part);
  return {
    ...{ going: at('going'), already: at('already'), conflicts: at('conflicts') },
    ...{ overrides: at('overrides'), added: at('added'), facts: at('facts') },
  };
}

/** Most hours first; then what needs a person's mind rather than their time; then by tag, so that rows never jump. */
function byWork(one: ImpactRow, other: ImpactRow): number {
  const mind = (row: ImpactRow) => row.conflicts + row.overrides + row.facts;
  return (
    other.hours - one.hours ||
    other.words - one.words ||
    mind(other) - mind(one) ||
    other.already - one.already ||
    one.tag.localeCompare(other.tag)
  );
}

/** Shares of all units of the edition, on one scale for all rows. */
function barOf({ already, stale, conflicts, overrides, units }: ImpactCounts, scale: number): Bar {
  const length = (value: number) => Math.round((value / Math.max(1, units) / scale) * 1000) / 10;
  const clash = Math.min(stale, conflicts + overrides);
  const [first, second, third] = [length(already), length(stale - clash), length(clash)];
  return {
    already: { from: 0, length: first },
    going: { from: first, length: second },
    conflicts: { from: Math.round((first + second) * 10) / 10, length: third },
  };
}

function sumOf(rows: readonly ImpactCounts[]): ImpactCounts {
  const sum = (key: keyof ImpactCounts) => rows.reduce((total, row) => total + row[key], 0);
  return {
    ...{ stale: sum('stale'), already: sum('already'), words: sum('words'), conflicts: sum('conflicts') },
    ...{ overrides: sum('overrides'), added: sum('added'), facts: sum('facts'), safety: sum('safety') },
    ...{ hours: sum('hours'), units: sum('units') },
  };
}

/** Tenths under ten hours, whole hours above: an estimate is no more exact than that. */
export function hoursText(hours: number, language: string): string {
  const rounded = hours === 0 ? 0 : Math.max(0.1, Number(hours.toFixed(hours < 10 ? 1 : 0)));
  const tag = language === 'ar' ? 'ar-u-nu-arab' : language;
  return new Intl.NumberFormat(tag, { maximumFractionDigits: 1 }).format(rounded);
}
