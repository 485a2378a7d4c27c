import type { Edition } from '../../domain/edition/edition.ts';
import { textsNeeded } from '../../domain/edition/readiness.ts';
import { withMaterial } from '../../domain/edition/withMaterial.ts';
import type { WorkingEdition } from '../../domain/edition/workingText.ts';
import { loadMaterial } from '../material/material.ts';
import type { Store } from '../ports.ts';
import { editionHistory, upstreamPackage } from './upstreamPackage.ts';

/**
 * The same as `loadWorking`, with the units of some lessons only: an edition has thousands, and a page of one lesson
 * waits for none of the others. Lessons that the edition does not have bring nothing.
 */
export async function loadLessons(store: Store, edition: Edition, lessons: readonly string[]): Promise<WorkingEdition> {
  const [upstream, material, ledger, overrides, history] = await Promise.all([
    upstreamPackage(store, edition),
    loadMaterial(store, edition.tag),
    store.ledger.ofEdition(edition.tag),
    store.overrides.ofEdition(edition.tag),
    editionHistory(store, edition),
  ]);
  const { lessonPackage } = withMaterial(upstream, new Map(), material);
  const wanted = lessonPackage.lessons.filter((lesson) => lessons.includes(lesson.id));
  const segments = new Set(wanted.flatMap((lesson) => textsNeeded(lessonPackage, lesson)));
  const units = await store.units.some(edition.tag, [...segments]);
  const own = withMaterial(upstream, new Map(units.map((unit) => [unit.segment, unit])), material);
  return {
    edition,
    ledger: new Map(ledger.map((entry) => [entry.segment, entry])),
    overrides,
    history,
    material,
    lessonPackage: own.lessonPackage,
    units: own.units,
    homeless: own.homeless,
  };
}
