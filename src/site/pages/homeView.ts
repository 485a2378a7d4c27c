import type { InterfaceLanguage } from '../../domain/access/access.ts';
import { interfaceLanguages } from '../../domain/access/access.ts';
import { severities } from '../../domain/release/release.ts';
import { addresses } from '../addresses.ts';
import { plainFrame } from '../frame.ts';
import { acceptedTags, countryName, ownName } from '../languages.ts';
import type { IndexEdition, SiteIndex } from '../pointer.ts';
import { springHeight, streamOf } from '../stream.ts';

function nameOf(language: InterfaceLanguage, edition: IndexEdition, all: readonly IndexEdition[]) {
  const country = countryName(language, edition.country);
  const alone = all.filter((each) => each.country === edition.country).length === 1;
  const own = ownName(edition.language);
  return { ...edition, countryName: country, own, href: addresses.edition(edition.tag), alone };
}

/** What the browser's languages point to; the reader chooses. */
export type Proposal = {
  /** One edition stands out: country and language, or the only one in the language. */
  readonly best: IndexEdition | null;
  /** Several speak the language and none of them is the reader's country: all are offered alike. */
  readonly alike: readonly IndexEdition[];
};

const mostAlike = 6;

/** The editions to propose, by the first of the browser's languages that any edition speaks. */
export function proposalFor(editions: readonly IndexEdition[], header: string | undefined): Proposal {
  for (const tag of acceptedTags(header).map((each) => each.toLowerCase())) {
    const exact = editions.find((edition) => edition.tag.toLowerCase() === tag);
    if (exact) return { best: exact, alike: [] };
    if (tag.includes('-')) continue;
    const speaking = editions.filter((edition) => edition.language.split('-')[0] === tag);
    if (speaking.length === 1) return { best: speaking[0] ?? null, alike: [] };
    if (speaking.length > 1) return { best: null, alike: speaking.slice(0, mostAlike) };
  }
  return { best: null, alike: [] };
}

/** Countries in the reader's language, each with its languages in their own. */
function countriesOf(language: InterfaceLanguage, editions: readonly IndexEdition[]) {
  const countries = [...new Set(editions.map(({ country }) => country))].map((country) => ({
    name: countryName(language, country),
    editions: editions
      .filter((edition) => edition.country === country)
      .map((edition) => nameOf(language, edition, editions)),
  }));
  const collator = new Intl.Collator(language);
  return countries.sort((one, other) => collator.compare(one.name, other.name));
}

/** `/`: choose a country; below, where every edition stands. */
export function homeView(index: SiteIndex, language: InterfaceLanguage, { best, alike }: Proposal) {
  const stream = streamOf(index);
  const named = (editions: readonly IndexEdition[]) =>
    editions.map((edition) => nameOf(language, edition, index.editions));
  const late = index.editions.filter(({ waiting }) => waiting.some(({ id }) => id === index.latestSafety?.id));
  const data = {
    languages: interfaceLanguages.map((each) => ({
      language: each,
      own: ownName(each),
      here: each === language,
      href: `/?language=${each}`,
    })),
    suggestion: best && nameOf(language, best, index.editions),
    alike: named(alike),
    countries: countriesOf(language, index.editions),
    count: index.editions.length,
    coverageHref: addresses.coverage,
    baselineChangesHref: addresses.baselineChanges,
    stream: {
      ...stream,
      springHeight,
      rows: stream.rows.map((row) => ({ ...row, late: named(row.late), here: named(row.here) })),
    },
    severities,
    hasStream: stream.rows.length > 0 && index.editions.length > 0,
    safety: index.latestSafety && {
      ...index.latestSafety,
      have: index.editions.length - late.length,
      late: named(late),
    },
  };
  return { frame: plainFrame(language, 'home'), data };
}
