import type { GlossaryFile } from '../../formats/content/glossaryFile.ts';
import type { JurisdictionFile } from '../../formats/content/readJurisdiction.ts';
import type { Store, World } from '../ports.ts';
import { publishSeeded } from '../publication/publishEdition.ts';
import type { Seed } from './readSeed.ts';
import { importer, seedEdition } from './seedEdition.ts';
import { seedPeople } from './seedPeople.ts';

export type SeedProgress = { readonly done: number; readonly of: number; readonly step: string };

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
