import type { LessonId, LessonPackage, Placement, SectionId, Segment, SegmentId } from '../package/lessonPackage.ts';
import { placeholdersOf } from '../package/placeholders.ts';
import { placementFields } from './applyChange.ts';
import { canonicalJson, textHash } from './canonical.ts';
import type { Place } from './release.ts';

/** Something that is so after one change and has to be so before another: a name that both can spell. */
export type State = string;
type Spot = { readonly lesson: LessonId; readonly section: SectionId };

/** What has to be so, what it is about, and whether a package has it already. */
export type Need = {
  readonly state: State;
  readonly about: string;
  /** `presence`: it has to be there; `sameness`: it has to be as it was. */
  readonly kind: 'presence' | 'sameness';
  readonly isMet: (on: LessonPackage) => boolean;
};

export function need(state: State, about: string, isMet: Need['isMet']): Need {
  return { state, about, kind: 'sameness', isMet };
}

export function presence(state: State, about: string, isMet: Need['isMet']): Need {
  return { state, about, kind: 'presence', isMet };
}

export function statesOf({ id, text, policy, note }: Segment): readonly State[] {
  return [`segment ${id}`, textState(id, text), `policyChanged ${id} ${policy}`, `noteChanged ${id} ${note ?? ''}`];
}

export function textState(id: SegmentId, text: string): State {
  return `text ${id} ${textHash(text)}`;
}

/** That a segment stands in a section, and with which fields. */
export function placedStates({ lesson, section }: Spot, placement: Placement): readonly [State, State] {
  const spot = `placed ${lesson} ${section} ${placement.segment}`;
  return [spot, `${spot} ${canonicalJson(placementFields(placement))}`];
}

export function segmentThere(id: SegmentId): Need {
  return presence(`segment ${id}`, id, (on) => Object.hasOwn(on.segments, id));
}

export function textThere(id: SegmentId, text: string): Need {
  return need(textState(id, text), id, (on) => on.segments[id]?.text === text);
}

export function placedThere(spot: Spot, segment: SegmentId): Need {
  return presence(placedStates(spot, { segment })[0], segment, (on) => placementIn(on, spot, segment) !== undefined);
}

export function placeThere(at: Place): readonly Need[] {
  return [sectionThere(at.lesson, at.section), ...(at.after === null ? [] : [placedThere(at, at.after)])];
}

export function lessonThere(id: LessonId): Need {
  return presence(`lesson ${id}`, id, (on) => on.lessons.some((lesson) => lesson.id === id));
}

export function sectionThere(lesson: LessonId, section: SectionId): Need {
  return presence(
    `section ${lesson} ${section}`,
    `${lesson} ${section}`,
    (on) => sectionIn(on, { lesson, section }) !== undefined,
  );
}

export function factsIn(text: string): readonly Need[] {
  return placeholdersOf(text).map(({ key }) => presence(`fact ${key}`, key, (on) => Object.hasOwn(on.facts, key)));
}

export function evidenceIn(ids: readonly string[] = []): readonly Need[] {
  return ids.map((id) => presence(`evidence ${id}`, id, (on) => Object.hasOwn(on.evidence, id)));
}

export function sectionIn(on: LessonPackage, { lesson, section }: Spot) {
  return on.lessons.find((other) => other.id === lesson)?.sections.find((other) => other.id === section);
}

export function placementIn(on: LessonPackage, spot: Spot, segment: SegmentId): Placement | undefined {
  return sectionIn(on, spot)?.placements.find((placement) => placement.segment === segment);
}

export function isPlaced(on: LessonPackage, segment: SegmentId): boolean {
  return on.lessons.some((lesson) =>
    lesson.sections.some((section) => placementIn(on, { lesson: lesson.id, section: section.id }, segment)),
  );
}
