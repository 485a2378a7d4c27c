import type { Edition } from '../../domain/edition/edition.ts';
import { type LocalLesson, type LocalSegment, type Material, materialOf } from '../../domain/edition/material.ts';
import { withMaterial } from '../../domain/edition/withMaterial.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Lesson, LessonPackage } from '../../domain/package/lessonPackage.ts';
import { upstreamPackage } from '../edition/upstreamPackage.ts';
import type { Store } from '../ports.ts';

/** What an edition has of its own, and what it once had. */
export async function loadMaterial(store: Store, tag: string): Promise<Material> {
  const [segments, lessons, pictures] = await Promise.all([
    store.material.segments(tag),
    store.material.lessons(tag),
    store.material.pictures(tag),
  ]);
  return materialOf(segments, lessons, pictures);
}

/** The baseline at the edition's release with the edition's material in its places. */
export async function loadOwnPackage(
  store: Store,
  edition: Edition,
): Promise<{ readonly lessonPackage: LessonPackage; readonly material: Material }> {
  const lessonPackage = await upstreamPackage(store, edition);
  const material = await loadMaterial(store, edition.tag);
  return { lessonPackage: withMaterial(lessonPackage, new Map(), material).lessonPackage, material };
}

/** The lesson, the baseline's or their own. Throws `lessonUnknown`. */
export function lessonIn(lessonPackage: LessonPackage, id: string): Lesson {
  const lesson = lessonPackage.lessons.find((each) => each.id === id);
  if (lesson === undefined) throw new DomainError('lessonUnknown', { lesson: id });
  return lesson;
}

/** The added segment at the revision that the person saw. Throws `materialUnknown`, `staleRevision` with both texts. */
export async function segmentAt(
  store: Store,
  at: { readonly edition: string; readonly segment: string; readonly revision: number },
  written?: string,
): Promise<LocalSegment> {
  const local = await store.material.segment(at.edition, at.segment);
  if (local === null) throw new DomainError('materialUnknown', { id: at.segment });
  if (local.revision !== at.revision) {
    const ours = written === undefined ? {} : { ours: written };
    throw new DomainError('staleRevision', { ...ours, theirs: local.text, segment: at.segment });
  }
  return local;
}

/** The partner's own lesson at the revision that the person saw. Throws `lessonUnknown`, `staleRevision`. */
export async function ownLessonAt(
  store: Store,
  at: { readonly edition: string; readonly lesson: string; readonly revision: number },
): Promise<LocalLesson> {
  const lesson = await store.material.lesson(at.edition, at.lesson);
  if (lesson === null || lesson.removed) throw new DomainError('lessonUnknown', { lesson: at.lesson });
  if (lesson.revision !== at.revision) throw new DomainError('staleRevision', { theirs: lesson.revision });
  return lesson;
}
