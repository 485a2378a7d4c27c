import { proposals } from '../diff/severity.ts';
import { DomainError } from '../errors.ts';
import type { LessonPackage, SegmentId } from '../package/lessonPackage.ts';
import { applyChanges } from './applyChange.ts';
import { textHash } from './canonical.ts';
import { segmentOf } from './changeSubject.ts';
import type { History } from './meaning.ts';
import { rebaseChanges } from './rebaseChanges.ts';
import { type Change, type ChangeSet, type ReleaseNumber, type Severity, severities } from './release.ts';

export { composeRelease } from './composeRelease.ts';
export { dependsOn } from './dependencies.ts';

/** What is known of the past when a set is checked: every id ever used, and the texts they had. */
export type Past = { readonly usedIds: ReadonlySet<SegmentId>; readonly history?: History };

/** Reasons for which the severity is not a matter of taste. */
const binding: ReadonlySet<string> = new Set(['facts', 'numbers', 'core']);

/**
 * Refuses a set that cannot be approved on this package: nothing in it, changes that do not fit, an id used before for
 * something else, a statement edited without its other registers, a severity below what its changes plainly need.
 */
export function validateChangeSet(lessonPackage: LessonPackage, set: ChangeSet, past?: Past): void {
  if (set.changes.length === 0) throw new DomainError('changeSetEmpty', { changeSet: set.id });
  const changes = rebaseChanges(lessonPackage, set.changes);
  const after = applyChanges(lessonPackage, changes);
  if (past !== undefined) refuseReusedIds(lessonPackage, changes, past);
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

function refuseUntouchedVariants(before: LessonPackage, after: LessonPackage, set: ChangeSet): void {
  const answered = new Set<SegmentId>(set.clearedVariants);
  const edited = new Set<SegmentId>();
  for (const change of set.changes) {
    if (change.kind === 'segmentEdited') edited.add(change.segment);
    if (change.kind === 'segmentEdited' || change.kind === 'segmentAdded' || change.kind === 'segmentRemoved') {
      answered.add(segmentOf(change) ?? '');
    }
  }
  if (edited.size === 0) return;
  const families = Map.groupBy(Object.values(after.segments), (segment) => segment.variantOf ?? segment.id);
  for (const segment of edited) {
    const variantOf = after.segments[segment]?.variantOf ?? before.segments[segment]?.variantOf;
    const family = families.get(variantOf ?? segment) ?? [];
    const variants = family.map((sibling) => sibling.id).filter((id) => id !== segment && !answered.has(id));
    if (variants.length > 0) throw new DomainError('variantUntouched', { segment, variants });
  }
}

function rank(severity: Severity): number {
  return severities.indexOf(severity);
}

/** The number of the release after `previous`: the last place for editorial ones, the middle one for the others. */
export function nextNumber(previous: ReleaseNumber | null, severity: Severity): ReleaseNumber {
  if (previous === null) return '0.1.0';
  const [major, minor, patch] = partsOf(previous);
  return severity === 'editorial' ? `${major}.${minor}.${patch + 1}` : `${major}.${minor + 1}.0`;
}

/** Negative when `a` is the earlier release, positive when it is the later one, 0 when they are one. */
export function compareNumbers(a: ReleaseNumber, b: ReleaseNumber): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

function partsOf(number: ReleaseNumber): readonly [number, number, number] {
  const match = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})$/.exec(number);
  if (match === null) throw new DomainError('releaseUnknown', { release: number });
  return [Number(match[1]), Number(match[2]), Number(match[3])];
}
