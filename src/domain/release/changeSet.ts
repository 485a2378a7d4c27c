import { proposals } from '../diff/severity.ts';
import { DomainError } from '../errors.ts';
import type { LessonPackage, SegmentId } from '../package/lessonPackage.ts';
import { placeholdersOf } from '../package/placeholders.ts';
import { applyChanges } from './applyChange.ts';
import { textHash } from './canonical.ts';
import { segmentOf } from './changeSubject.ts';
import type { History } from './meaning.ts';
import { rebaseChanges } from './rebaseChanges.ts';
import { type Change, type ChangeSet, type Severity, severities } from './release.ts';

export { composeRelease } from './composeRelease.ts';
export { dependsOn } from './dependencies.ts';
export { compareNumbers, nextNumber } from './numbering.ts';

/** What is known of the past when a set is checked: every id ever used, and the texts they had. */
export type Past = { readonly usedIds: ReadonlySet<SegmentId>; readonly history?: History };

/**
 * Reasons for which the severity is not a matter of taste. Core text is proposed as content, yet a comma in it may be
 * editorial: two people say so (decision 0006).
 */
const binding: ReadonlySet<string> = new Set(['facts', 'numbers']);

/**
 * Refuses a set that cannot be approved on this package: nothing in it, changes that do not fit, an id used before for
 * something else, a statement edited without its other registers, a severity below what its changes plainly need.
 */
export function validateChangeSet(lessonPackage: LessonPackage, set: ChangeSet, past?: Past): void {
  if (set.changes.length === 0) throw new DomainError('changeSetEmpty', { changeSet: set.id });
  const changes = rebaseChanges(lessonPackage, set.changes);
  const after = applyChanges(lessonPackage, changes);
  if (past !== undefined) refuseReusedIds(lessonPackage, changes, past);
  refuseUnknownFacts(after, changes);
  refuseUntouchedVariants(lessonPackage, after, set);
  for (const { severity, why } of proposals(lessonPackage, changes)) {
    if (binding.has(why) && rank(severity) > rank(set.severity)) {
      throw new DomainError('severityTooLow', { severity: set.severity, proposed: severity });
    }
  }
}

/** An id may come back only as what it was: taken out by the same set, or with a text that it had before. */
function refuseReusedIds(lessonPackage: LessonPackage, changes: readonly Change[], past: Past): void {
  for (const change of changes) {
    if (change.kind !== 'segmentAdded') continue;
    const { id, text } = change.segment;
    if (!past.usedIds.has(id) || Object.hasOwn(lessonPackage.segments, id)) continue;
    const known = past.history !== undefined && Object.hasOwn(past.history, id) ? past.history[id] : undefined;
    const hash = textHash(text);
    if (!known?.some((revision) => revision.textHash === hash)) throw new DomainError('segmentReused', { segment: id });
  }
}

function refuseUnknownFacts(after: LessonPackage, changes: readonly Change[]): void {
  for (const change of changes) {
    const id = change.kind === 'segmentEdited' || change.kind === 'segmentAdded' ? segmentOf(change) : null;
    const text = id === null || !Object.hasOwn(after.segments, id) ? '' : (after.segments[id]?.text ?? '');
    const unknown = placeholdersOf(text).find(({ key }) => !Object.hasOwn(after.facts, key));
    if (unknown !== undefined) throw new DomainError('factUnknown', { fact: unknown.key });
  }
}

function refuseUntouchedVariants(before: LessonPackage, after: LessonPackage, set: ChangeSet): void {
  const [first] = untouchedVariants(before, after, set);
  if (first !== undefined) throw new DomainError('variantUntouched', { ...first });
}

/** Edited statements whose other registers a set neither changes nor declares still right. */
export function untouchedVariants(
  before: LessonPackage,
  after: LessonPackage,
  set: ChangeSet,
): readonly { readonly segment: SegmentId; readonly variants: readonly SegmentId[] }[] {
  const answered = new Set<SegmentId>(set.clearedVariants);
  const edited = new Set<SegmentId>();
  for (const change of set.changes) {
    if (change.kind === 'segmentEdited') edited.add(change.segment);
    if (change.kind === 'segmentEdited' || change.kind === 'segmentAdded' || change.kind === 'segmentRemoved') {
      answered.add(segmentOf(change) ?? '');
    }
  }
  if (edited.size === 0) return [];
  const families = Map.groupBy(Object.values(after.segments), (segment) => segment.variantOf ?? segment.id);
  return [...edited].flatMap((segment) => {
    const variantOf = after.segments[segment]?.variantOf ?? before.segments[segment]?.variantOf;
    const family = families.get(variantOf ?? segment) ?? [];
    const variants = family.map((sibling) => sibling.id).filter((id) => id !== segment && !answered.has(id));
    return variants.length > 0 ? [{ segment, variants }] : [];
  });
}

function rank(severity: Severity): number {
  return severities.indexOf(severity);
}
