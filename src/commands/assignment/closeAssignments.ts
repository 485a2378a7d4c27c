import { isComplete } from '../../domain/edition/assignment.ts';
import type { Edition } from '../../domain/edition/edition.ts';
import { lessonWork } from '../../domain/edition/lessonWork.ts';
import { textsNeeded } from '../../domain/edition/readiness.ts';
import { withMaterial } from '../../domain/edition/withMaterial.ts';
import type { SegmentId } from '../../domain/package/lessonPackage.ts';
import { editionHistory } from '../edition/upstreamPackage.ts';
import { loadOwnPackage } from '../material/material.ts';
import type { Store, World } from '../ports.ts';

/**
 * Notes which assignments these units finished, or opened again because a text went back. Called at the end of the
 * transaction that wrote the units; without an assignment on one of their lessons it reads nothing more. `all`: what
 * the edition stands on changed, so that texts nobody wrote may be stale now, or current again.
 */
export async function closeAssignments(
  world: World,
  store: Store,
  edition: Edition,
  segments: readonly SegmentId[] | 'all',
): Promise<void> {
  const assignments = await store.assignments.ofEdition(edition.tag);
  if (assignments.length === 0) return;
  const { lessonPackage, material } = await loadOwnPackage(store, edition);
  const wanted = segments === 'all' ? null : new Set(segments);
  for (const lesson of lessonPackage.lessons) {
    const theirs = assignments.filter((each) => each.lesson === lesson.id);
    const texts = theirs.length === 0 ? [] : textsNeeded(lessonPackage, lesson);
    if (!texts.some((id) => wanted?.has(id) ?? true)) continue;
    const [units, ledger, history] = await Promise.all([
      store.units.some(edition.tag, texts),
      store.ledger.ofEditions([edition.tag], texts),
      editionHistory(store, edition),
    ]);
    const work = lessonWork(
      {
        edition,
        lessonPackage,
        units: withMaterial(lessonPackage, new Map(units.map((unit) => [unit.segment, unit])), material).units,
        ledger: new Map(ledger.map((entry) => [entry.segment, entry])),
        history,
      },
      lesson,
    );
    for (const assignment of theirs) {
      const done = isComplete(assignment.role, work);
      if (done === (assignment.doneAt !== undefined)) continue;
      const { doneAt: _, ...open } = assignment;
      const next = { ...open, revision: assignment.revision + 1 };
      await store.assignments.save(done ? { ...next, doneAt: world.now() } : next);
    }
  }
}
