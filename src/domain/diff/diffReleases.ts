import type { LessonPackage, Segment, SegmentId } from '../package/lessonPackage.ts';
import { applyToDraft } from '../release/applyChange.ts';
import { sameValue } from '../release/canonical.ts';
import { PackageDraft } from '../release/packageDraft.ts';
import type { Change } from '../release/release.ts';
import { diffStructure } from './diffStructure.ts';

/**
 * The changes that lead from one package to another, each made on a draft as it is found, so that applying them in
 * order gives exactly `after`. A segment whose kind, lineage, register or drawing differs is another segment: it is removed and
 * added. So are a lesson and a section that change their place among their like.
 */
export function diffPackages(before: LessonPackage, after: LessonPackage): readonly Change[] {
  if (before === after) return [];
  const changes: Change[] = [];
  const draft = new PackageDraft(before);
  const emit = (change: Change) => {
    applyToDraft(draft, change);
    changes.push(change);
  };

  for (const change of gains(before, after)) emit(change);
  const recreated = recreatedSegments(before, after);
  const structure = diffStructure(before, after, recreated);
  for (const step of structure.clear(draft)) emit(step);
  for (const id of recreated) emit({ kind: 'segmentRemoved', segment: before.segments[id] as Segment });
  for (const change of segmentChanges(before, after, recreated)) emit(change);
  for (const step of structure.build(draft)) emit(step);
  for (const id of Object.keys(before.segments)) {
    if (!Object.hasOwn(after.segments, id)) {
      emit({ kind: 'segmentRemoved', segment: draft.segment(id) as Segment });
    }
  }
  for (const change of losses(before, after)) emit(change);
  return changes;
}

function* gains(before: LessonPackage, after: LessonPackage): Iterable<Change> {
  if (before.facts !== after.facts) {
    for (const [key, fact] of Object.entries(after.facts)) {
      const old = Object.hasOwn(before.facts, key) ? before.facts[key] : undefined;
      if (old === undefined) yield { kind: 'factAdded', fact };
      else if (!sameValue(old, fact)) yield { kind: 'factChanged', before: old, after: fact };
    }
  }
  if (before.evidence === after.evidence) return;
  for (const [id, evidence] of Object.entries(after.evidence)) {
    const old = Object.hasOwn(before.evidence, id) ? before.evidence[id] : undefined;
    if (old !== undefined && sameValue(old, evidence)) continue;
    if (old !== undefined) yield { kind: 'evidenceRemoved', evidence: old };
    yield { kind: 'evidenceAdded', evidence };
  }
}

function* losses(before: LessonPackage, after: LessonPackage): Iterable<Change> {
  for (const [key, fact] of Object.entries(before.facts)) {
    if (!Object.hasOwn(after.facts, key)) yield { kind: 'factRemoved', fact };
  }
  for (const [id, evidence] of Object.entries(before.evidence)) {
    if (!Object.hasOwn(after.evidence, id)) yield { kind: 'evidenceRemoved', evidence };
  }
}

function recreatedSegments(before: LessonPackage, after: LessonPackage): ReadonlySet<SegmentId> {
  const recreated = new Set<SegmentId>();
  if (before.segments === after.segments) return recreated;
  for (const [id, old] of Object.entries(before.segments)) {
    if (!Object.hasOwn(after.segments, id)) continue;
    const now = after.segments[id] as Segment;
    if (old === now) continue;
    if (isAnother(old, now)) recreated.add(id);
  }
  return recreated;
}

/** What an edit cannot change. */
const isAnother = (old: Segment, now: Segment): boolean =>
  old.kind !== now.kind ||
  old.variantOf !== now.variantOf ||
  old.drawing !== now.drawing ||
  !sameValue(old.from, now.from);

function* segmentChanges(
  before: LessonPackage,
  after: LessonPackage,
  recreated: ReadonlySet<SegmentId>,
): Iterable<Change> {
  if (before.segments === after.segments) return;
  for (const [id, now] of Object.entries(after.segments)) {
    const old = Object.hasOwn(before.segments, id) && !recreated.has(id) ? before.segments[id] : undefined;
    if (old === now) continue;
    if (old === undefined) {
      yield { kind: 'segmentAdded', segment: now };
      continue;
    }
    if (old.text !== now.text) yield { kind: 'segmentEdited', segment: id, before: old.text, after: now.text };
    if (old.policy !== now.policy) yield { kind: 'policyChanged', segment: id, before: old.policy, after: now.policy };
    if (old.note !== now.note) {
      yield { kind: 'noteChanged', segment: id, before: old.note ?? null, after: now.note ?? null };
    }
  }
}
