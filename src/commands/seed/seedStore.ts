import type { Edition, TranslationUnit } from '../../domain/edition/edition.ts';
import { textHash } from '../../domain/release/canonical.ts';
import { planUpdate } from '../../domain/update/planUpdate.ts';
import type { EditionFiles } from '../../formats/content/editionFiles.ts';
import type { GlossaryFile } from '../../formats/content/glossaryFile.ts';
import type { JurisdictionFile } from '../../formats/content/readJurisdiction.ts';
import type { Store, World } from '../ports.ts';
import { publishSeeded } from '../publication/publishEdition.ts';
import { loadDelta, loadOurSide } from '../update/loadUpdate.ts';
import type { Seed } from './readSeed.ts';
import { seedPeople } from './seedPeople.ts';

export type SeedProgress = { readonly done: number; readonly of: number; readonly step: string };

/** The hand that imported sample data; no person is invented for it. */
const importer = 'seed';

const stepOf = {
  people: 'people',
  release: (number: string) => `release ${number}`,
  facts: (jurisdiction: string) => `facts ${jurisdiction}`,
  glossary: (language: string) => `glossary ${language}`,
  edition: (tag: string) => `edition ${tag}`,
  publication: (tag: string) => `publication ${tag}`,
};

/** The names of all steps, as they are marked when they are done. */
export function seedSteps(seed: Seed): readonly string[] {
  return [
    stepOf.people,
    ...seed.releases.map(({ release }) => stepOf.release(release.number)),
    ...seed.jurisdictions.map(({ jurisdiction }) => stepOf.facts(jurisdiction)),
    ...seed.glossaries.map(({ language }) => stepOf.glossary(language)),
    ...seed.editions.map(({ edition }) => stepOf.edition(edition.edition)),
    ...seed.editions
      .filter(({ edition }) => edition.publishedOn !== null)
      .map(({ edition }) => stepOf.publication(edition.edition)),
  ];
}

/**
 * Brings an empty store to the seed, step by step. Each step and the mark that it is done are one transaction, so a
 * start that was killed anywhere goes on where it stood: nothing is lost, nothing is there twice. Readers get the first
 * edition before the second is begun.
 */
export async function seedStore(world: World, seed: Seed, onStep: (progress: SeedProgress) => void): Promise<void> {
  const steps: (readonly [string, (store: Store) => Promise<void>])[] = [
    [stepOf.people, (store) => seedPeople(store, seed)],
    ...seed.releases.map(
      ({ release, lessonPackage, revisions }) =>
        [
          stepOf.release(release.number),
          (store: Store) => store.releases.add(release, lessonPackage, revisions),
        ] as const,
    ),
    ...seed.jurisdictions.map(
      (file) => [stepOf.facts(file.jurisdiction), (store: Store) => seedFacts(store, file)] as const,
    ),
    ...seed.glossaries.map(
      (file) => [stepOf.glossary(file.language), (store: Store) => seedGlossary(store, file)] as const,
    ),
    ...seed.editions.map(
      (files) => [stepOf.edition(files.edition.edition), (store: Store) => seedEdition(store, seed, files)] as const,
    ),
  ];
  const done = await world.store.seeding.done();
  const of = steps.length + seed.editions.length;
  for (const [index, [step, work]] of steps.entries()) {
    onStep({ done: index, of, step });
    if (done.has(step)) continue;
    await world.store.transaction(async (store) => {
      await work(store);
      await store.seeding.markDone(step);
    });
  }
  for (const [index, { edition }] of seed.editions.entries()) {
    const step = stepOf.publication(edition.edition);
    onStep({ done: steps.length + index, of, step });
    if (edition.publishedOn === null) continue;
    const lessons = Object.keys(edition.lessons).filter((lesson) => edition.lessons[lesson]?.state === 'offered');
    const at = `${edition.publishedOn}T09:00:00.000Z`;
    if (done.has(step)) continue;
    await publishSeeded({ ...world, now: () => at }, edition.edition, lessons, importer);
    await world.store.seeding.markDone(step);
  }
  onStep({ done: of, of, step: 'done' });
}

async function seedFacts(store: Store, file: JurisdictionFile): Promise<void> {
  for (const value of file.facts) await store.facts.save(value);
}

/** The agreed words of a language. A term that somebody has added already stays as it is. */
async function seedGlossary(store: Store, { language, terms }: GlossaryFile): Promise<void> {
  const there = new Set((await store.glossary.ofLanguage(language)).map((term) => term.id));
  for (const term of terms) {
    if (there.has(term.id)) continue;
    await store.glossary.save({ ...term, language, revision: 1, by: importer, at: '2026-01-01T08:00:00.000Z' });
  }
}

async function seedEdition(store: Store, seed: Seed, { edition, units }: EditionFiles): Promise<void> {
  const sources = new Map(seed.releases.map(({ release, lessonPackage }) => [release.number, lessonPackage]));
  const record: Edition = {
    tag: edition.edition,
    partner: edition.partner.id,
    language: edition.language,
    country: edition.country,
    demonstration: edition.demonstration,
    upstream: { release: edition.release, ahead: [] },
    lessons: edition.lessons,
    exitUrl: edition.exitUrl,
    publication: null,
    withdrawn: null,
    revision: 1,
  };
  await store.editions.save(record);
  const adapted = new Set(edition.ledger.map((entry) => entry.segment));
  const at = `${edition.publishedOn ?? '2026-01-01'}T08:00:00.000Z`;
  await store.units.saveMany(
    units.flatMap(({ segment, target, release, back }): readonly TranslationUnit[] => {
      const source = sources.get(release)?.segments[segment];
      if (source === undefined) return [];
      return [
        {
          edition: edition.edition,
          segment,
          target,
          state: 'translated',
          basedOn: textHash(source.text),
          adapted: adapted.has(segment),
          backTranslation: back === undefined ? null : { text: back, by: null, of: textHash(target) },
          by: importer,
          reviewedBy: null,
          at,
          origin: 'seed',
          revision: 1,
        },
      ];
    }),
  );
  for (const entry of edition.ledger) {
    await store.ledger.save({ ...entry, edition: edition.edition, owner: importer, on: at.slice(0, 10), revision: 1 });
  }
  await storeCounts(store, record);
}

/** What the newest release asks of an edition that stands on an older one. */
async function storeCounts(store: Store, edition: Edition): Promise<void> {
  const newest = await store.releases.newest();
  if (newest === null || newest.number === edition.upstream.release) return;
  const delta = await loadDelta(store, edition, { kind: 'release', release: newest.number });
  const { counts } = planUpdate(delta, await loadOurSide(store, edition, delta));
  await store.editions.saveCounts([{ tag: edition.tag, release: newest.number, counts }]);
}
