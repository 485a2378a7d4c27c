import type { Partner } from '../../../domain/access/access.ts';
import type { Edition } from '../../../domain/edition/edition.ts';
import { standsOn } from '../../../domain/edition/standsOn.ts';
import type { Release } from '../../../domain/release/release.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import { editionName } from '../frame.ts';
import { releasesAfter } from './loadDesk.ts';
import { pendingSafety } from './safetyStory.ts';

export type EditionRow = {
  readonly tag: string;
  readonly name: string;
  readonly href: string;
  readonly partner: string;
  readonly release: string;
  readonly behind: number;
  readonly safety: number;
  readonly publication: number | null;
  readonly demonstration: boolean;
};

export type EditionsPage = {
  readonly headline: string;
  readonly rows: readonly EditionRow[];
  /** For a coordinator: the countries of the partner, and an example of a tag. */
  readonly fork: { readonly countries: string; readonly example: string } | null;
  readonly showsPartner: boolean;
};

type Known = {
  readonly editions: readonly Edition[];
  readonly partners: ReadonlyMap<string, Partner>;
  /** Oldest first. */
  readonly releases: readonly Release[];
  readonly language: string;
  /** The partner that may fork; null for everybody else. */
  readonly forks: Partner | null;
};

/** The editions that a person may see, those with a safety change waiting first. */
export function editionsPage(t: Translate, { editions, partners, releases, language, forks }: Known): EditionsPage {
  const rows = editions
    .map(
      (edition): EditionRow => ({
        tag: edition.tag,
        name: editionName(edition, language),
        href: paths.deskEdition.to(edition.tag),
        partner: partners.get(edition.partner)?.name ?? '',
        release: standsOn(edition.upstream),
        behind: releasesAfter(releases, edition.upstream.release).length,
        safety: pendingSafety(edition, releases).length,
        publication: edition.publication,
        demonstration: edition.demonstration,
      }),
    )
    .sort((one, other) => other.safety - one.safety || one.tag.localeCompare(other.tag));
  const behind = rows.filter((row) => row.behind > 0).length;
  return {
    headline: t(`edition:editions.${newsOf(rows.length, behind)}`, { count: behind, all: rows.length }),
    rows,
    fork: forks === null ? null : forkOf(forks, language),
    showsPartner: new Set(editions.map((edition) => edition.partner)).size > 1,
  };
}

function newsOf(all: number, behind: number): string {
  if (all === 0) return 'none';
  if (all === 1) return behind === 0 ? 'onlyCurrent' : 'onlyBehind';
  return behind === 0 ? 'current' : 'behind';
}

function forkOf(partner: Partner, language: string): EditionsPage['fork'] {
  const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'code' });
  const country = partner.jurisdictions[0] ?? 'TR';
  const spoken = new Intl.Locale('und', { region: country }).maximize().language;
  return {
    countries: new Intl.ListFormat(language).format(partner.jurisdictions.map((code) => names.of(code) ?? code)),
    example: `${spoken}-${country}`,
  };
}
