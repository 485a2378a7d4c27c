import type {
  Lesson,
  LessonId,
  LessonPackage,
  Placement,
  Section,
  SectionId,
  SegmentId,
} from '../package/lessonPackage.ts';
import type { ReleaseNumber } from '../release/release.ts';
import type { Day } from '../time.ts';
import type { EditionTag } from './edition.ts';

type Place = {
  readonly edition: EditionTag;
  readonly lesson: LessonId;
  readonly section: SectionId;
  readonly reason: string;
  readonly owner: string;
  readonly on: Day;
  /** The release the edition stood on when somebody last said that this is still true. */
  readonly against: ReleaseNumber;
  readonly revision: number;
};

/** How long a step takes here. `base`: what the baseline said then. */
export type MinutesOverride = Place & {
  readonly kind: 'minutes';
  readonly segment: SegmentId;
  readonly minutes: number;
  readonly base: number;
};

/** In which order a section's groups stand here, each named by its first segment. `base`: the baseline's order then. */
export type OrderOverride = Place & {
  readonly kind: 'order';
  readonly order: readonly SegmentId[];
  readonly base: readonly SegmentId[];
};

/** A deliberate difference in how long or in which order, for the ledger. Words have a `LedgerEntry`. */
export type Override = MinutesOverride | OrderOverride;

/** What one override is about: one for a step's minutes, one for a section's order. */
export type OverrideKey = Pick<Place, 'edition' | 'lesson' | 'section'> & {
  readonly kind: Override['kind'];
  /** Of minutes, the step. */
  readonly segment: SegmentId | null;
};

export const keyOf = (override: Override): OverrideKey => ({
  edition: override.edition,
  lesson: override.lesson,
  section: override.section,
  kind: override.kind,
  segment: override.kind === 'minutes' ? override.segment : null,
});

/** A piece of a section that moves as one: a step with its body, a question with its answers, a picture with its labels. */
export type Group = { readonly first: SegmentId; readonly placements: readonly Placement[] };

const openers: ReadonlySet<string> = new Set(['heading', 'step', 'question', 'slide']);

/** The groups of a section, in its order. What stands before the first opener is a group each. */
export function groupsOf(lessonPackage: LessonPackage, section: Section): readonly Group[] {
  const groups: { first: SegmentId; placements: Placement[] }[] = [];
  let within = false;
  for (const placement of section.placements) {
    const kind = lessonPackage.segments[placement.segment]?.kind ?? 'paragraph';
    const opens = openers.has(kind);
    const last = groups.at(-1);
    if (last !== undefined && !opens && (within || kind === 'label')) last.placements.push(placement);
    else groups.push({ first: placement.segment, placements: [placement] });
    within = opens || within;
  }
  return groups;
}

/** Sections whose first heading is their title: it stays where it is. */
const titled: ReadonlySet<Section['kind']> = new Set(['handout', 'aid', 'cards', 'letter', 'plan']);

/** The groups of a section that may change places; fewer than two: its order is the baseline's. */
export function movableGroups(lessonPackage: LessonPackage, section: Section): readonly Group[] {
  if (section.kind === 'head') return [];
  const groups = groupsOf(lessonPackage, section);
  return titled.has(section.kind) ? groups.slice(1) : groups;
}

/**
 * The groups in an order of ours. What the baseline added since stands behind the group that it follows there; what it
 * took away is gone.
 */
export function inOrder(groups: readonly Group[], order: readonly SegmentId[]): readonly Group[] {
  const byFirst = new Map(groups.map((group) => [group.first, group]));
  const result = [...new Set(order)].flatMap((first) => byFirst.get(first) ?? []);
  const placed = new Set(result.map((group) => group.first));
  groups.forEach((group, index) => {
    if (placed.has(group.first)) return;
    const before = groups[index - 1]?.first;
    result.splice(result.findIndex((each) => each.first === before) + 1, 0, group);
    placed.add(group.first);
  });
  return result;
}

/** A lesson with the minutes and the order of an edition; what no longer fits the baseline changes nothing. */
export function withOverrides(lessonPackage: LessonPackage, lesson: Lesson, overrides: readonly Override[]): Lesson {
  const ours = overrides.filter((override) => override.lesson === lesson.id);
  if (ours.length === 0) return lesson;
  return {
    ...lesson,
    sections: lesson.sections.map((section) =>
      ours
        .filter((override) => override.section === section.id)
        .reduce((now, each) => apply(lessonPackage, now, each), section),
    ),
  };
}

function apply(lessonPackage: LessonPackage, section: Section, override: Override): Section {
  if (override.kind === 'minutes') {
    const { segment, minutes } = override;
    const placements = section.placements.map((each) =>
      each.segment === segment && each.minutes !== undefined ? { ...each, minutes } : each,
    );
    return { ...section, placements };
  }
  const all = groupsOf(lessonPackage, section);
  const movable = movableGroups(lessonPackage, section);
  const fixed = all.slice(0, all.length - movable.length);
  return {
    ...section,
    placements: [...fixed, ...inOrder(movable, override.order)].flatMap((group) => group.placements),
  };
}

/** The baseline's own side of an override as it is now; null where the step or the section is gone. */
export function baselineSide(
  lessonPackage: LessonPackage,
  override: OverrideKey,
): number | readonly SegmentId[] | null {
  const lesson = lessonPackage.lessons.find((each) => each.id === override.lesson);
  const section = lesson?.sections.find((each) => each.id === override.section);
  if (section === undefined) return null;
  if (override.kind === 'order') return movableGroups(lessonPackage, section).map((group) => group.first);
  return section.placements.find((each) => each.segment === override.segment)?.minutes ?? null;
}
