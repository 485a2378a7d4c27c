import type { InterfaceLanguage } from '../../domain/access/access.ts';
import { addresses } from '../addresses.ts';
import { plainFrame } from '../frame.ts';
import { countryName, ownName } from '../languages.ts';
import type { IndexEdition, ReleaseNote, SiteIndex } from '../pointer.ts';

const step = 26;
const start = 12;
const middle = 11;

/** A knot of the line: a release, and whether the edition went past it without its safety change. */
type Knot = { readonly x: number; readonly missed: boolean; readonly safety: boolean };

/** One edition's line through the releases: solid as far as it stands, then what is still before it. */
export type CoverageLine = {
  readonly width: number;
  readonly taken: string;
  readonly open: string | null;
  readonly at: number;
  readonly knots: readonly Knot[];
};

function lineOf(releases: readonly ReleaseNote[], edition: IndexEdition): CoverageLine {
  const place = releases.findIndex(({ number }) => number === edition.release);
  const x = (index: number): number => start + index * step;
  const last = x(Math.max(0, releases.length - 1));
  const at = x(Math.max(0, place));
  const waits = new Set(edition.waiting.map(({ release }) => release));
  return {
    width: last + start,
    taken: `M${start} ${middle}H${at}`,
    open: at < last ? `M${at} ${middle}H${last}` : null,
    at,
    knots: releases.flatMap((release, index) =>
      index === place
        ? []
        : [{ x: x(index), missed: waits.has(release.number), safety: release.severity === 'safety' }],
    ),
  };
}

/** Those who need somebody come first: safety changes waiting, then releases behind, then the name. */
function byNeed(collator: Intl.Collator) {
  return (one: { edition: IndexEdition; name: string }, other: { edition: IndexEdition; name: string }): number =>
    other.edition.waiting.length - one.edition.waiting.length ||
    other.edition.behind - one.edition.behind ||
    collator.compare(one.name, other.name) ||
    one.edition.tag.localeCompare(other.edition.tag, 'en');
}

/** `/coverage`: a table first, then a picture, of how current every country's edition is. */
export function coverageView(index: SiteIndex, language: InterfaceLanguage) {
  const rows = index.editions
    .map((edition) => ({
      edition,
      name: countryName(language, edition.country),
      own: ownName(edition.language),
      href: addresses.edition(edition.tag),
      changesHref: addresses.changes(edition.tag),
      safety: edition.waiting.length,
      line: lineOf(index.releases, edition),
    }))
    .sort(byNeed(new Intl.Collator(language)));
  const data = {
    rows,
    newest: index.releases.at(-1) ?? null,
    oldest: index.releases[0] ?? null,
    total: rows.length,
    current: rows.filter(({ edition }) => edition.behind === 0).length,
    waiting: rows.filter(({ safety }) => safety > 0).length,
    baselineHref: addresses.baselineChanges,
  };
  return { frame: plainFrame(language, null), data };
}
