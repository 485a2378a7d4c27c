import type { LessonPackage, SegmentId } from '../package/lessonPackage.ts';
import { placeholdersOf } from '../package/placeholders.ts';
import { canonicalJson, sameValue } from './canonical.ts';
import type { Change, ChangeSet, ChangeSetId, Place } from './release.ts';

/** Something that a change leaves behind, or that has to be so before it: a name that two changes can share. */
type Fact = string;
/** What has to be so, what it is about, and whether a package has it already. */
export type Need = { readonly fact: Fact; readonly about: string; readonly isMet: (on: LessonPackage) => boolean };

/**
 * The sets among `others` that must come first, because this one touches what they add or change. With a package, what
 * that already has is no reason: then only what is really missing counts.
 */
export function dependsOn(
  set: ChangeSet,
  others: readonly ChangeSet[],
  lessonPackage?: LessonPackage,
): readonly ChangeSetId[] {
  const needed = new Set(needsOf(set, lessonPackage).map((need) => need.fact));
  if (needed.size === 0) return [];
  return others
    .filter((other) => other.id !== set.id && other.changes.some((change) => gives(change).some((f) => needed.has(f))))
    .map((other) => other.id);
}

/** What a set needs and does not bring itself. */
export function needsOf(set: ChangeSet, lessonPackage?: LessonPackage): readonly Need[] {
  const own = new Set<Fact>();
  const missing: Need[] = [];
  for (const change of set.changes) {
    for (const need of needs(change)) {
      if (!own.has(need.fact) && !(lessonPackage && need.isMet(lessonPackage))) missing.push(need);
    }
    for (const fact of gives(change)) own.add(fact);
  }
  return missing;
}

/** What is so after a change, as far as another change may count on it. */
function gives(change: Change): readonly Fact[] {
  switch (change.kind) {
    case 'segmentAdded':
      return [`segment ${change.segment.id}`, textFact(change.segment.id, change.segment.text)];
    case 'segmentEdited':
      return [textFact(change.segment, change.after)];
    case 'segmentRemoved':
      return [`no segment ${change.segment.id}`];
    case 'policyChanged':
    case 'noteChanged':
      return [`${change.kind} ${change.segment} ${change.after ?? ''}`];
    case 'placed':
      return [placedFact(change.at, change.placement.segment)];
    case 'unplaced':
      return [`not ${placedFact(change.at, change.placement.segment)}`];
    case 'moved': {
      const { segment } = change.placement;
      return [placedFact(change.to, segment), `not ${placedFact(change.from, segment)}`];
    }
    case 'placementChanged':
      return [`fields ${change.lesson} ${change.section} ${change.segment} ${canonicalJson(change.after)}`];
    case 'sectionAdded':
      return [`section ${change.lesson} ${change.section}`];
    case 'lessonAdded':
      return [`lesson ${change.lesson.id}`, ...change.lesson.sections.map((s) => `section ${change.lesson.id} ${s.id}`)];
    case 'lessonFieldsChanged':
      return [`fields ${change.lesson} ${canonicalJson(change.after)}`];
    case 'factAdded':
      return [`fact ${change.fact.key}`, `fact ${canonicalJson(change.fact)}`];
    case 'factChanged':
      return [`fact ${canonicalJson(change.after)}`];
    case 'evidenceAdded':
      return [`evidence ${change.evidence.id}`];
    default:
      return [];
  }
}

/** What has to be so before a change. */
function needs(change: Change): readonly Need[] {
  switch (change.kind) {
    case 'segmentAdded': {
      const { id, text, variantOf } = change.segment;
      const absent = need(`no segment ${id}`, id, (on) => !Object.hasOwn(on.segments, id));
      return [absent, ...factsIn(text), ...(variantOf === undefined ? [] : [segmentThere(variantOf)])];
    }
    case 'segmentEdited':
      return [segmentThere(change.segment), textThere(change.segment, change.before), ...factsIn(change.after)];
    case 'segmentRemoved':
      return [segmentThere(change.segment.id), textThere(change.segment.id, change.segment.text)];
    case 'policyChanged':
    case 'noteChanged': {
      const { kind, segment, before } = change;
      const isSo = (on: LessonPackage) =>
        ((kind === 'policyChanged' ? on.segments[segment]?.policy : on.segments[segment]?.note) ?? null) === before;
      return [segmentThere(segment), need(`${kind} ${segment} ${before ?? ''}`, segment, isSo)];
    }
    case 'placed':
      return [segmentThere(change.placement.segment), ...placeThere(change.at), ...evidenceIn(change.placement.evidence)];
    case 'unplaced':
      return [placedThere(change.at, change.placement.segment)];
    case 'moved':
      return [placedThere(change.from, change.placement.segment), ...placeThere(change.to)];
    case 'placementChanged': {
      const { lesson, section, segment, before, after } = change;
      const isSo = (on: LessonPackage) => sameValue(placementIn(on, change, segment), { ...before, segment });
      const fields = need(`fields ${lesson} ${section} ${segment} ${canonicalJson(before)}`, segment, isSo);
      return [placedThere(change, segment), fields, ...evidenceIn(after.evidence)];
    }
    case 'sectionAdded':
      return [lessonThere(change.lesson), ...(change.after === null ? [] : [sectionThere(change.lesson, change.after)])];
    case 'sectionRemoved':
      return [sectionThere(change.lesson, change.section)];
    case 'lessonAdded':
      return [...(change.after === null ? [] : [lessonThere(change.after)]), ...evidenceIn(change.lesson.fields.evidence)];
    case 'lessonRemoved':
      return [lessonThere(change.lesson.id)];
    case 'lessonFieldsChanged': {
      const { lesson, before, after } = change;
      const isSo = (on: LessonPackage) => sameValue(on.lessons.find((other) => other.id === lesson)?.fields, before);
      const fields = need(`fields ${lesson} ${canonicalJson(before)}`, lesson, isSo);
      return [lessonThere(lesson), fields, ...evidenceIn(after.evidence)];
    }
    case 'factChanged':
    case 'factRemoved': {
      const fact = change.kind === 'factChanged' ? change.before : change.fact;
      return [need(`fact ${canonicalJson(fact)}`, fact.key, (on) => sameValue(on.facts[fact.key], fact))];
    }
    case 'factAdded':
      return change.fact.whenMissing === undefined ? [] : [segmentThere(change.fact.whenMissing)];
    default:
      return [];
  }
}
