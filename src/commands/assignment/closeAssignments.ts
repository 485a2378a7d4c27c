import { isComplete } from '../../domain/edition/assignment.ts';
import type { Edition } from '../../domain/edition/edition.ts';
import { lessonWork } from '../../domain/edition/lessonWork.ts';
import { textsNeeded } from '../../domain/edition/readiness.ts';
import type { SegmentId } from '../../domain/package/lessonPackage.ts';
import { loadWorking } from '../edition/loadWorking.ts';
import { loadOwnPackage } from '../material/material.ts';
import type { Store, World } from '../ports.ts';

/**
 * Notes which assignments these units finished, or opened again because a text went back. Called at the end of the
 * transaction that wrote the units; without an assignment on one of their lessons it reads no unit.
 */
export async function closeAssignments(
  world: World,
  store: Store,
  edition: Edition,
  segments: readonly SegmentId[],
): Promise<void> {
  const assignments = await store.assignments.ofEdition(edition.tag);
  if (assignments.length === 0) return;
  const { lessonPackage } = await loadOwnPackage(store, edition);
  const wanted = new Set(segments);
  const touched = lessonPackage.lessons.filter(
    (lesson) =>
      assignments.some((each) => each.lesson === lesson.id) &&
      textsNeeded(lessonPackage, lesson).some((id) => wanted.has(id)),
  );
  if (touched.length === 0) return;
  const working = await loadWorking(store, edition);
  for (const { id } of touched) {
    const lesson = working.lessonPackage.lessons.find((each) => each.id === id);
    if (lesson === undefined) continue;
    const work = lessonWork(working, lesson);
    for (const assignment of assignments.filter((each) => each.lesson === id)) {
      const done = isComplete(assignment.role, work);
      if (done === (assignment.doneAt !== undefined)) continue;
      const { doneAt: _, ...open } = assignment;
      const next = { ...open, revision: assignment.revision + 1 };
      await store.assignments.save(done ? { ...next, doneAt: world.now() } : next);
    }
  }
}
