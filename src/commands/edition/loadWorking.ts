import type { Edition } from '../../domain/edition/edition.ts';
import { withMaterial } from '../../domain/edition/withMaterial.ts';
import type { WorkingEdition } from '../../domain/edition/workingText.ts';
import { DomainError } from '../../domain/errors.ts';
import type { FactKey, ResolvedFact } from '../../domain/facts/fact.ts';
import { resolveFacts, stopsPublication } from '../../domain/facts/resolveFacts.ts';
import type { LessonPackage } from '../../domain/package/lessonPackage.ts';
import { dayOf, type Instant } from '../../domain/time.ts';
import { loadMaterial } from '../material/material.ts';
import type { Store } from '../ports.ts';
import { editionHistory, upstreamPackage } from './upstreamPackage.ts';

/** The edition, or `editionUnknown`. */
export async function loadEdition(store: Store, tag: string): Promise<Edition> {
  const edition = await store.editions.byTag(tag);
  if (edition === null) throw new DomainError('editionUnknown', { edition: tag });
  return edition;
}

/** What is translated from the baseline, without what the edition adds: for files that go out and come back. */
export async function loadTranslations(store: Store, edition: Edition): Promise<WorkingEdition> {
  const [lessonPackage, units, ledger, overrides, history] = await Promise.all([
    upstreamPackage(store, edition),
    store.units.ofEdition(edition.tag),
    store.ledger.ofEdition(edition.tag),
    store.overrides.ofEdition(edition.tag),
    editionHistory(store, edition),
  ]);
  return {
    edition,
    lessonPackage,
    units: new Map(units.map((unit) => [unit.segment, unit])),
    ledger: new Map(ledger.map((entry) => [entry.segment, entry])),
    overrides,
    history,
  };
}

/** Everything the working text is made of, with what the edition adds of its own in its places. */
export async function loadWorking(store: Store, edition: Edition): Promise<WorkingEdition> {
  const [translations, material] = await Promise.all([
    loadTranslations(store, edition),
    loadMaterial(store, edition.tag),
  ]);
  const own = withMaterial(translations.lessonPackage, translations.units, material);
  return {
    ...translations,
    lessonPackage: own.lessonPackage,
    units: own.units,
    material,
    homeless: own.homeless,
  };
}

export type EditionFacts = {
  readonly facts: Readonly<Record<FactKey, ResolvedFact>>;
  /** Whether a fact's problem stops the lessons that use it. */
  readonly stops: (fact: ResolvedFact) => boolean;
};

/** The facts of the edition's jurisdiction in its language, as they stand today. */
export async function loadFacts(
  store: Store,
  edition: Edition,
  lessonPackage: LessonPackage,
  now: Instant,
): Promise<EditionFacts> {
  const values = await store.facts.ofJurisdictions([edition.country]);
  const facts = resolveFacts(lessonPackage.facts, values, edition.language, dayOf(now));
  return {
    facts,
    stops: (fact) => {
      const definition = lessonPackage.facts[fact.key];
      return definition !== undefined && stopsPublication(fact, definition, edition.demonstration);
    },
  };
}
