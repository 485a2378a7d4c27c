import { DomainError } from '../errors.ts';
import type { LessonPackage, Placement, Segment } from '../package/lessonPackage.ts';
import { applyStructureChange } from './applyStructureChange.ts';
import { sameValue } from './canonical.ts';
import { subjectOf } from './changeSubject.ts';
import { PackageDraft } from './packageDraft.ts';
import type { Change } from './release.ts';

/** Why a change does not fit a package; a key for the text that tells a person. */
export type Misfit =
  | 'exists'
  | 'missing'
  | 'differs'
  | 'stillPlaced'
  | 'notEmpty'
  | 'elsewhere'
  | 'lessonMissing'
  | 'sectionMissing'
  | 'neighbourMissing'
  | 'segmentMissing';

/** The package with one change made. Refused with `changeDoesNotFit` where its before side is not what is there. */
export function applyChange(lessonPackage: LessonPackage, change: Change): LessonPackage {
  return applyChanges(lessonPackage, [change]);
}

/** The package with changes made in order; what they do not touch is shared with the package before. */
export function applyChanges(lessonPackage: LessonPackage, changes: readonly Change[]): LessonPackage {
  if (changes.length === 0) return lessonPackage;
  const draft = new PackageDraft(lessonPackage);
  for (const change of changes) applyToDraft(draft, change);
  return draft.toPackage();
}

/** Makes one change in a draft. */
export function applyToDraft(draft: PackageDraft, change: Change): void {
  const misfit = tryChange(draft, change);
  if (misfit !== null) {
    throw new DomainError('changeDoesNotFit', { change: `${change.kind} ${subjectOf(change)}`, reason: misfit });
  }
}

function tryChange(draft: PackageDraft, change: Change): Misfit | null {
  switch (change.kind) {
    case 'segmentAdded':
      if (draft.segment(change.segment.id) !== undefined) return 'exists';
      draft.putSegment(change.segment.id, change.segment);
      return null;
    case 'segmentRemoved':
      if (draft.segment(change.segment.id) === undefined) return 'missing';
      if (!sameValue(draft.segment(change.segment.id), change.segment)) return 'differs';
      if (draft.isPlaced(change.segment.id)) return 'stillPlaced';
      draft.putSegment(change.segment.id, undefined);
      return null;
    case 'segmentEdited':
      return replaceField(draft, change.segment, 'text', change.before, change.after);
    case 'policyChanged':
      return replaceField(draft, change.segment, 'policy', change.before, change.after);
    case 'noteChanged':
      return replaceField(draft, change.segment, 'note', change.before ?? undefined, change.after ?? undefined);
    case 'placed':
    case 'unplaced':
    case 'moved':
    case 'placementChanged':
    case 'sectionAdded':
    case 'sectionRemoved':
    case 'lessonAdded':
    case 'lessonRemoved':
    case 'lessonFieldsChanged':
      return applyStructureChange(draft, change);
    case 'factAdded':
      if (draft.fact(change.fact.key) !== undefined) return 'exists';
      draft.putFact(change.fact.key, change.fact);
      return null;
    case 'factRemoved':
      if (!sameValue(draft.fact(change.fact.key), change.fact)) return 'differs';
      draft.putFact(change.fact.key, undefined);
      return null;
    case 'factChanged':
      if (change.before.key !== change.after.key) return 'elsewhere';
      if (!sameValue(draft.fact(change.before.key), change.before)) return 'differs';
      draft.putFact(change.after.key, change.after);
      return null;
    case 'evidenceAdded':
      if (draft.evidence(change.evidence.id) !== undefined) return 'exists';
      draft.putEvidence(change.evidence.id, change.evidence);
      return null;
    case 'evidenceRemoved':
      if (!sameValue(draft.evidence(change.evidence.id), change.evidence)) return 'differs';
      draft.putEvidence(change.evidence.id, undefined);
      return null;
  }
}

function replaceField(
  draft: PackageDraft,
  id: string,
  field: 'text' | 'policy' | 'note',
  before: string | undefined,
  after: string | undefined,
): Misfit | null {
  const segment = draft.segment(id);
  if (segment === undefined) return 'missing';
  if (segment[field] !== before) return 'differs';
  const { [field]: _replaced, ...rest } = segment;
  draft.putSegment(id, (after === undefined ? rest : { ...rest, [field]: after }) as Segment);
  return null;
}

/** The change that takes another one back. */
export function reverseChange(change: Change): Change {
  switch (change.kind) {
    case 'segmentAdded':
    case 'segmentRemoved':
      return { ...change, kind: change.kind === 'segmentAdded' ? 'segmentRemoved' : 'segmentAdded' };
    case 'placed':
    case 'unplaced':
      return { ...change, kind: change.kind === 'placed' ? 'unplaced' : 'placed' };
    case 'sectionAdded':
    case 'sectionRemoved':
      return { ...change, kind: change.kind === 'sectionAdded' ? 'sectionRemoved' : 'sectionAdded' };
    case 'lessonAdded':
    case 'lessonRemoved':
      return { ...change, kind: change.kind === 'lessonAdded' ? 'lessonRemoved' : 'lessonAdded' };
    case 'factAdded':
    case 'factRemoved':
      return { ...change, kind: change.kind === 'factAdded' ? 'factRemoved' : 'factAdded' };
    case 'evidenceAdded':
    case 'evidenceRemoved':
      return { ...change, kind: change.kind === 'evidenceAdded' ? 'evidenceRemoved' : 'evidenceAdded' };
    case 'moved':
      return { ...change, from: change.to, to: change.from };
    case 'segmentEdited':
    case 'policyChanged':
    case 'noteChanged':
    case 'placementChanged':
    case 'lessonFieldsChanged':
    case 'factChanged':
      return { ...change, before: change.after, after: change.before } as Change;
  }
}

/** The changes that take a list of changes back: each one reversed, the last first. */
export function reverseChanges(changes: readonly Change[]): readonly Change[] {
  return changes.map(reverseChange).reverse();
}

/** What of a placement may change in place. */
export function placementFields(placement: Placement): Omit<Placement, 'segment'> {
  const { segment: _segment, ...fields } = placement;
  return fields;
}
