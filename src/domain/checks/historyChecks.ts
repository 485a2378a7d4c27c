import type { LessonPackage, Segment, SegmentId } from '../package/lessonPackage.ts';
import { untouchedVariants } from '../release/changeSet.ts';
import type { Release } from '../release/release.ts';
import type { ContentFinding } from './finding.ts';

/** A release with the package that it makes. */
export type ReleasedPackage = { readonly release: Release; readonly lessonPackage: LessonPackage };

/**
 * Ids that came back for something else, and statements whose other registers a change set neither touched nor cleared.
 * A segment that a later release revives is the same one: kind, policy and words as when it was taken out.
 */
export function historyFindings(history: readonly ReleasedPackage[]): readonly ContentFinding[] {
  const removed = new Map<SegmentId, Segment>();
  const findings: ContentFinding[] = [];
  let before: LessonPackage | null = null;
  for (const { release, lessonPackage } of history) {
    for (const set of release.sets) {
      for (const change of set.changes) {
        if (change.kind === 'segmentRemoved') removed.set(change.segment.id, change.segment);
        if (change.kind !== 'segmentAdded') continue;
        const was = removed.get(change.segment.id);
        if (was === undefined || isRevival(was, change.segment)) continue;
        const data = { release: release.number, was: was.text };
        findings.push({ code: 'idReused', segment: was.id, data });
      }
      if (before === null) continue;
      for (const { segment, variants } of untouchedVariants(before, lessonPackage, set)) {
        const data = { set: set.id, variants: variants.join(', ') };
        findings.push({ code: 'variantUntouched', segment, data });
      }
    }
    before = lessonPackage;
  }
  return findings;
}

const isRevival = (was: Segment, now: Segment): boolean =>
  was.kind === now.kind && was.policy === now.policy && was.text === now.text;
