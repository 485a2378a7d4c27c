import type { LessonFields, LessonPackage, Policy, SegmentId } from '../package/lessonPackage.ts';
import { sameValue } from '../release/canonical.ts';
import { highestSeverity } from '../release/meaning.ts';
import type { Change, Severity } from '../release/release.ts';
import { compareWording } from './wording.ts';

export type SeverityReason =
  | 'typo'
  | 'punctuation'
  | 'case'
  | 'wording'
  | 'numbers'
  | 'negation'
  | 'facts'
  | 'core'
  | 'structure'
  | 'added'
  | 'removed';

export type SeverityProposal = { readonly severity: Severity; readonly why: SeverityReason };

type PolicyOf = (id: SegmentId) => Policy | undefined;

/** How severe a change looks to a machine. A person decides; `safety` is never proposed, it needs a reason. */
export function proposeSeverity(lessonPackage: LessonPackage, change: Change): SeverityProposal {
  return propose(policiesIn(lessonPackage), change);
}

/** The highest proposal for the changes of a set, each seen on the package that those before it left. */
export function proposeSetSeverity(lessonPackage: LessonPackage, changes: readonly Change[]): Severity {
  return highestSeverity(proposals(lessonPackage, changes).map((proposal) => proposal.severity));
}

/** The proposal for each change of a set, in order. */
export function proposals(
  lessonPackage: LessonPackage,
  changes: readonly Change[],
): readonly (SeverityProposal & { readonly change: Change })[] {
  const before = policiesIn(lessonPackage);
  const changed = new Map<SegmentId, Policy>();
  return changes.map((change) => {
    const proposal = propose((id) => changed.get(id) ?? before(id), change);
    if (change.kind === 'segmentAdded') changed.set(change.segment.id, change.segment.policy);
    if (change.kind === 'policyChanged') changed.set(change.segment, change.after);
    return { ...proposal, change };
  });
}

function policiesIn(lessonPackage: LessonPackage): PolicyOf {
  return (id) => (Object.hasOwn(lessonPackage.segments, id) ? lessonPackage.segments[id]?.policy : undefined);
}

function propose(policyOf: PolicyOf, change: Change): SeverityProposal {
  switch (change.kind) {
    case 'segmentEdited':
      return proposeForText(change.before, change.after, policyOf(change.segment) ?? 'adaptable');
    case 'policyChanged':
      return change.before === 'core' || change.after === 'core' ? content('core') : content('structure', false);
    case 'noteChanged':
      return { severity: 'editorial', why: 'wording' };
    case 'segmentAdded':
    case 'placed':
    case 'lessonAdded':
      return content('added');
    case 'segmentRemoved':
      return content(change.segment.policy === 'core' ? 'core' : 'removed');
    case 'lessonRemoved':
      return content('removed');
    case 'unplaced':
      return content(policyOf(change.placement.segment) === 'core' ? 'core' : 'removed');
    case 'moved':
      return content('structure', change.from.lesson !== change.to.lesson);
    case 'placementChanged': {
      const { before, after } = change;
      return content('structure', before.right !== after.right || before.practice !== after.practice);
    }
    case 'sectionAdded':
    case 'sectionRemoved':
      return { severity: 'editorial', why: 'structure' };
    case 'lessonFieldsChanged':
      return content('structure', touchesTeaching(change.before, change.after));
    case 'factAdded':
    case 'factRemoved':
      return content('facts');
    case 'factChanged':
      return content('facts', change.before.type !== change.after.type || change.before.need !== change.after.need);
    case 'evidenceAdded':
      return { severity: 'editorial', why: 'added' };
    case 'evidenceRemoved':
      return { severity: 'editorial', why: 'removed' };
  }
}

function proposeForText(before: string, after: string, policy: Policy): SeverityProposal {
  const why = compareWording(before, after);
  const changesMeaning = why === 'facts' || why === 'numbers' || why === 'negation';
  if (changesMeaning) return content(why);
  // Core text is never altered in silence: even a comma can turn a protective statement round.
  if (policy === 'core') return content('core');
  return { severity: why === 'wording' ? 'content' : 'editorial', why };
}

/** Whether lessons are given to others, or otherwise, than before. */
export function touchesTeaching(before: LessonFields, after: LessonFields): boolean {
  const keys = ['band', 'ages', 'group', 'adults', 'screens', 'sensitivity', 'notForAssembly'] as const;
  return keys.some((key) => !sameValue(before[key], after[key]));
}

function content(why: SeverityReason, applies = true): SeverityProposal {
  return { severity: applies ? 'content' : 'editorial', why };
}
