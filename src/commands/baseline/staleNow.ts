import type { Edition, EditionTag } from '../../domain/edition/edition.ts';
import { segmentsOf } from '../../domain/edition/workingText.ts';
import type { LessonPackage, SegmentId } from '../../domain/package/lessonPackage.ts';
import { textHash } from '../../domain/release/canonical.ts';
import { meaningOf, stalenessOf } from '../../domain/release/meaning.ts';
import { editionHistory } from '../edition/upstreamPackage.ts';
import type { Store } from '../ports.ts';

/**
 * Units that are stale beside the newest release, by edition, whoever left them so and whenever. Only segments whose
 * text ever changed are looked at: the others cannot be stale.
 */
export async function staleNow(
  store: Store,
  editions: readonly Edition[],
): Promise<ReadonlyMap<EditionTag, ReadonlySet<SegmentId>>> {
  const newest = await store.releases.newest();
  if (newest === null) return new Map();
  const [lessonPackage, all] = await Promise.all([
    store.releases.lessonPackage(newest.number),
    store.releases.fullHistory(),
  ]);
  const changed = Object.keys(lessonPackage.segments).filter((id) => (all[id]?.length ?? 0) > 1);
  const tags = editions.map((edition) => edition.tag);
  const [units, ledger] = await Promise.all([
    store.units.ofEditions(tags, changed),
    store.ledger.ofEditions(tags, changed),
  ]);
  const entries = new Map(ledger.map((entry) => [`${entry.edition} ${entry.segment}`, entry]));
  const hashes = new Map(changed.map((id) => [id, textHash(lessonPackage.segments[id]?.text ?? '')]));
  const unitsOf = Map.groupBy(units, (unit) => unit.edition);
  const found = new Map<EditionTag, ReadonlySet<SegmentId>>();
  for (const edition of editions) {
    const history = await editionHistory(store, edition);
    const stale = (unitsOf.get(edition.tag) ?? []).filter(({ segment, basedOn }) => {
      const hash = hashes.get(segment) ?? '';
      const revisions = history[segment] ?? [];
      const entry = entries.get(`${edition.tag} ${segment}`);
      if (entry?.omits || (entry?.declined !== undefined && entry.declined === meaningOf(revisions, hash)))
        return false;
      const staleness = stalenessOf(revisions, basedOn, hash);
      return staleness !== null && staleness.severity !== 'editorial';
    });
    found.set(edition.tag, new Set(stale.map((unit) => unit.segment)));
  }
  return found;
}

/** How many units an edition has to have: one for every segment placed in a lesson that it does not leave out. */
export function unitsOfEdition(lessonPackage: LessonPackage, edition: Pick<Edition, 'lessons'>): number {
  const lessons = lessonPackage.lessons.filter((lesson) => edition.lessons[lesson.id]?.state !== 'leftOut');
  return new Set(lessons.flatMap(segmentsOf)).size;
}
