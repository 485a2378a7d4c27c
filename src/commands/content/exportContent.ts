import type { Edition, LedgerEntry, TranslationUnit } from '../../domain/edition/edition.ts';
import { baselineLanguage } from '../../domain/edition/workingText.ts';
import type { FactValue } from '../../domain/facts/fact.ts';
import type { SegmentId } from '../../domain/package/lessonPackage.ts';
import { compareNumbers } from '../../domain/release/changeSet.ts';
import type { Release, ReleaseNumber, SegmentRevision } from '../../domain/release/release.ts';
import { type LedgerRecord, type UnitRecord, writeEdition } from '../../formats/content/editionFiles.ts';
import { writeGlossary } from '../../formats/content/glossaryFile.ts';
import type { ContentFiles, Homes } from '../../formats/content/readBaseline.ts';
import { writeChanges } from '../../formats/content/readReleases.ts';
import { writeBaseline } from '../../formats/content/writeBaseline.ts';
import { writeJurisdiction } from '../../formats/content/writeJurisdiction.ts';
import type { Store } from '../ports.ts';
import { ownPartsOf } from './ownParts.ts';
import { unitSource } from './unitSource.ts';

/**
 * What a store holds as the files of a content folder: the newest baseline, all releases, the editions' words, ledgers and own
 * parts, national facts, glossaries. `homes` keeps segments in the files that people know. People, notices, publications, checks of
 * facts and what `leftBehind` names stay behind: a backup has those.
 */
export async function exportContent(store: Store, homes: Homes = new Map()): Promise<ContentFiles> {
  const files = new Map<string, string>();
  const put = (folder: string, more: ContentFiles): void => {
    for (const [file, text] of more) files.set(`${folder}/${file}`, text);
  };
  const releases = (await store.releases.all()).toSorted((a, b) => compareNumbers(a.number, b.number));
  const newest = releases.at(-1);
  if (newest === undefined) return files;
  put('baseline', writeBaseline(await store.releases.lessonPackage(newest.number), homes));
  for (const release of releases) files.set(`releases/${release.number}/changes.yaml`, writeChanges(release));
  const history = await store.releases.fullHistory();
  for (const edition of await store.editions.all()) {
    put(`editions/${edition.tag}`, await editionFiles(store, edition, releases, history, homes));
  }
  put('jurisdictions', await jurisdictionFiles(store));
  put('glossary', await glossaryFiles(store));
  return files;
}

async function glossaryFiles(store: Store): Promise<ContentFiles> {
  const terms = await store.glossary.all();
  const languages = [...new Set(terms.map((term) => term.language))];
  return new Map(
    languages.map((language) => [
      `${language}.yaml`,
      writeGlossary({ language, terms: terms.filter((term) => term.language === language) }),
    ]),
  );
}

async function editionFiles(
  store: Store,
  edition: Edition,
  releases: readonly Release[],
  history: Readonly<Record<SegmentId, readonly SegmentRevision[]>>,
  homes: Homes,
): Promise<ContentFiles> {
  const partner = await store.partners.byId(edition.partner);
  const publication =
    edition.publication === null ? null : await store.publications.byNumber(edition.tag, edition.publication);
  const ledger = await store.ledger.ofEdition(edition.tag);
  const units = (await store.units.ofEdition(edition.tag)).flatMap((unit) => {
    const release = unitSource(unit, history[unit.segment] ?? [], edition.upstream.release, releases);
    return release === null ? [] : [unitRecord(unit, release)];
  });
  const record = {
    edition: edition.tag,
    partner: { id: edition.partner, name: partner?.name ?? edition.partner },
    language: edition.language,
    country: edition.country,
    demonstration: edition.demonstration,
    release: edition.upstream.release,
    exitUrl: edition.exitUrl,
    lessons: edition.lessons,
    publishedOn: publication?.on ?? null,
    ledger: ledger.map(ledgerRecord),
    ...(await ownPartsOf(store, edition)),
  };
  return writeEdition({ edition: record, units }, homes);
}

function ledgerRecord({ segment, kind, reason, omits, on, against, declined }: LedgerEntry): LedgerRecord {
  return {
    ...{ segment, kind, reason, omits, on },
    ...(against === undefined ? {} : { against }),
    ...(declined === undefined ? {} : { declined }),
  };
}

function unitRecord(unit: TranslationUnit, release: ReleaseNumber): UnitRecord {
  const back = unit.backTranslation?.text;
  return { segment: unit.segment, target: unit.target, release, ...(back === undefined ? {} : { back }) };
}

async function jurisdictionFiles(store: Store): Promise<ContentFiles> {
  const files = new Map<string, string>();
  for (const partner of await store.partners.all()) {
    for (const jurisdiction of partner.jurisdictions) {
      const facts = await store.facts.ofJurisdictions([jurisdiction]);
      if (facts.length === 0) continue;
      const languages = languagesOf(facts);
      files.set(`${jurisdiction}.yaml`, writeJurisdiction({ jurisdiction, owner: partner.id, languages, facts }));
    }
  }
  return files;
}

const languagesOf = (facts: readonly FactValue[]): readonly string[] => {
  const found = [...new Set(facts.flatMap(({ wordings }) => Object.keys(wordings)))].sort();
  return found.length > 0 ? found : [baselineLanguage];
};
