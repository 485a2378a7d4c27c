import type { Actor } from '../../domain/access/access.ts';
import type { TranslationUnit } from '../../domain/edition/edition.ts';
import { agreed as agreedTo } from '../../domain/edition/ownSegments.ts';
import { agreedUnit, type ReviewHindrance, reviewHindrance } from '../../domain/edition/review.ts';
import { withMaterial } from '../../domain/edition/withMaterial.ts';
import { DomainError } from '../../domain/errors.ts';
import { type SegmentId, segmentIn } from '../../domain/package/lessonPackage.ts';
import { closeAssignments } from '../assignment/closeAssignments.ts';
import { authorize } from '../authorize.ts';
import { loadMaterial } from '../material/material.ts';
import type { World } from '../ports.ts';
import { loadEdition } from './loadWorking.ts';
import { upstreamPackage } from './upstreamPackage.ts';

export type ReviewUnits = {
  readonly edition: string;
  /** Each at the revision that the person has read. */
  readonly units: readonly { readonly segment: SegmentId; readonly revision: number }[];
};

export type Reviewed = {
  readonly agreed: readonly SegmentId[];
  /** What was not agreed to, and why: nothing about it was written. */
  readonly left: readonly { readonly segment: SegmentId; readonly why: ReviewHindrance; readonly seen: number }[];
};

/**
 * A second person agrees to many texts at once, in one transaction. What changed since they read it, what they wrote
 * themselves and core text without a back-translation stay as they are and are listed; the rest is agreed to. Throws
 * `nothingTicked`.
 */
export async function reviewUnits(world: World, actor: Actor, input: ReviewUnits): Promise<Reviewed> {
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, input.edition);
    const person = authorize(actor, 'unit:review', { partner: edition.partner });
    const wanted = new Map(input.units.map((unit) => [unit.segment, unit.revision]));
    if (wanted.size === 0) throw new DomainError('nothingTicked');
    const stored = await store.units.some(edition.tag, [...wanted.keys()]);
    const material = await loadMaterial(store, edition.tag);
    const { lessonPackage, units: found } = withMaterial(
      await upstreamPackage(store, edition),
      new Map(stored.map((unit) => [unit.segment, unit])),
      material,
    );
    const now = world.now();
    const agreed: TranslationUnit[] = [];
    const left: Reviewed['left'][number][] = [];
    for (const [segment, revision] of wanted) {
      const source = segmentIn(lessonPackage, segment);
      const unit = found.get(segment) ?? null;
      const seen = { revision, person: person.id, language: edition.language };
      const why = reviewHindrance(seen, source, unit);
      if (why !== null) left.push({ segment, why, seen: revision });
      else if (source !== undefined && unit !== null) agreed.push(agreedUnit(source, unit, person.id, now));
    }
    if (agreed.length > 0) {
      await store.units.saveMany(agreed.filter((unit) => !material.segments.has(unit.segment)));
      for (const { segment } of agreed) {
        const local = material.segments.get(segment);
        if (local !== undefined) await store.material.saveSegment(agreedTo(local, { by: person.id, at: now }));
      }
      const segments = agreed.map((unit) => unit.segment);
      await closeAssignments(world, store, edition, segments);
    }
    return { agreed: agreed.map((unit) => unit.segment), left };
  });
}
