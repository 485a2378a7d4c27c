import type { WorkingEdition, WorkingUnit } from '../../domain/edition/workingText.ts';
import type { SegmentId } from '../../domain/package/lessonPackage.ts';
import { textHash } from '../../domain/release/canonical.ts';
import type { Store } from '../ports.ts';

/**
 * The source texts that stale units were made from: each stands in the package of the release that brought it.
 * Segments whose old text no release knows are left out.
 */
export async function oldSources(
  store: Pick<Store, 'releases'>,
  working: Pick<WorkingEdition, 'history'>,
  units: readonly WorkingUnit[],
): Promise<ReadonlyMap<SegmentId, string>> {
  const found = new Map<SegmentId, string>();
  for (const { segment, unit, sourceHash } of units) {
    if (unit === null || unit.basedOn === sourceHash) continue;
    const revision = (working.history[segment] ?? []).findLast((each) => each.textHash === unit.basedOn);
    if (revision === undefined) continue;
    const text = (await store.releases.lessonPackage(revision.release)).segments[segment]?.text;
    if (text !== undefined && textHash(text) === unit.basedOn) found.set(segment, text);
  }
  return found;
}
