import type { LessonPackage } from '../package/lessonPackage.ts';
import { canonicalJson, sameValue } from './canonical.ts';
import {
  evidenceIn,
  factsIn,
  isPlaced,
  lessonThere,
  type Need,
  need,
  placedStates,
  placedThere,
  placementIn,
  placeThere,
  type State,
  sectionThere,
  segmentThere,
  statesOf,
  textState,
  textThere,
} from './needs.ts';
import type { Change } from './release.ts';

/** What is so after a change, as far as another change may count on it. */
export function givenBy(change: Change): readonly State[] {
  switch (change.kind) {
    case 'segmentAdded':
      return statesOf(change.segment);
    case 'segmentEdited':
      return [textState(change.segment, change.after)];
    case 'segmentRemoved':
      return [`no segment ${change.segment.id}`];
    case 'policyChanged':
    case 'noteChanged':
      return [`${change.kind} ${change.segment} ${change.after ?? ''}`];
    case 'placed':
      return [...placedStates(change.at, change.placement)];
    case 'unplaced':
      return [`loose ${change.placement.segment}`];
    case 'moved':
      return [...placedStates(change.to, change.placement)];
    case 'placementChanged':
      return placedStates(change, { segment: change.segment, ...change.after });
    case 'sectionAdded':
      return [`section ${change.lesson} ${change.section}`];
    case 'lessonAdded':
      return [
        `lesson ${change.lesson.id}`,
        `fields ${change.lesson.id} ${canonicalJson(change.lesson.fields)}`,
        ...change.lesson.sections.map((section) => `section ${change.lesson.id} ${section.id}`),
      ];
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
export function neededBy(change: Change): readonly Need[] {
  switch (change.kind) {
    case 'segmentAdded': {
      const { id, text, variantOf } = change.segment;
      const absent = need(`no segment ${id}`, id, (on) => !Object.hasOwn(on.segments, id));
      return [absent, ...factsIn(text), ...(variantOf === undefined ? [] : [segmentThere(variantOf)])];
    }
    case 'segmentEdited':
      return [segmentThere(change.segment), textThere(change.segment, change.before), ...factsIn(change.after)];
    case 'segmentRemoved':
      return [
        segmentThere(change.segment.id),
        textThere(change.segment.id, change.segment.text),
        need(`loose ${change.segment.id}`, change.segment.id, (on) => !isPlaced(on, change.segment.id)),
      ];
    case 'policyChanged':
    case 'noteChanged': {
      const { kind, segment, before } = change;
      const isSo = (on: LessonPackage) =>
        ((kind === 'policyChanged' ? on.segments[segment]?.policy : on.segments[segment]?.note) ?? null) === before;
      return [segmentThere(segment), need(`${kind} ${segment} ${before ?? ''}`, segment, isSo)];
    }
    case 'placed':
      return [
        segmentThere(change.placement.segment),
        ...placeThere(change.at),
        ...evidenceIn(change.placement.evidence),
      ];
    case 'unplaced':
      return [placedThere(change.at, change.placement.segment)];
    case 'moved':
      return [placedThere(change.from, change.placement.segment), ...placeThere(change.to)];
    case 'placementChanged': {
      const placement = { segment: change.segment, ...change.before };
      const isSo = (on: LessonPackage) => sameValue(placementIn(on, change, change.segment), placement);
      const fields = need(placedStates(change, placement)[1], change.segment, isSo);
      return [placedThere(change, change.segment), fields, ...evidenceIn(change.after.evidence)];
    }
    case 'sectionAdded':
      return [
        lessonThere(change.lesson),
        ...(change.after === null ? [] : [sectionThere(change.lesson, change.after)]),
      ];
    case 'sectionRemoved':
      return [sectionThere(change.lesson, change.section)];
    case 'lessonAdded':
      return [
        ...(change.after === null ? [] : [lessonThere(change.after)]),
        ...evidenceIn(change.lesson.fields.evidence),
      ];
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
