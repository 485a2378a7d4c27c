import { DomainError } from '../errors.ts';
import type { Lesson, LessonPackage, Placement, SectionId, SegmentId, SegmentKind } from '../package/lessonPackage.ts';
import { placeholdersOf } from '../package/placeholders.ts';
import { normalText } from '../package/text.ts';
import type { Instant } from '../time.ts';
import type { LedgerEntry, TranslationUnit } from './edition.ts';
import type { LocalSegment } from './material.ts';

/** The text as it is kept. Throws `unitEmpty`, and `factUnknown` for a fact in braces that the baseline does not define. */
export function ownText(lessonPackage: LessonPackage, id: SegmentId, written: string): string {
  const text = normalText(written);
  if (text === '') throw new DomainError('unitEmpty', { segment: id });
  const unknown = placeholdersOf(text).find(({ key }) => !Object.hasOwn(lessonPackage.facts, key));
  if (unknown !== undefined) throw new DomainError('factUnknown', { fact: unknown.key });
  return text;
}

export type NewAddition = {
  readonly id: SegmentId;
  readonly edition: string;
  readonly after: SegmentId;
  readonly kind: SegmentKind;
  readonly text: string;
  readonly by: string;
  readonly at: Instant;
};

/**
 * A new segment behind another one of a lesson. Throws `segmentUnknown` when that stands in the lesson no more,
 * `kindNotOffered`, and `additionBetween` between the national law and the core statement that follows it.
 */
export function newAddition(lessonPackage: LessonPackage, lesson: Lesson, wish: NewAddition): LocalSegment {
  const place = placeOf(lesson, wish.after);
  if (place === null) throw new DomainError('segmentUnknown', { segment: wish.after });
  if (partsLaw(lessonPackage, wish.after, place.next))
    throw new DomainError('additionBetween', { segment: wish.after });
  return {
    edition: wish.edition,
    id: wish.id,
    lesson: lesson.id,
    section: place.section,
    after: wish.after,
    trail: place.trail,
    kind: wish.kind,
    text: ownText(lessonPackage, wish.id, wish.text),
    state: 'translated',
    by: wish.by,
    reviewedBy: null,
    at: wish.at,
    past: [],
    removed: false,
    revision: 1,
  };
}

type Place = { readonly section: SectionId; readonly trail: readonly SegmentId[]; readonly next: SegmentId | null };

/** Where a segment of a lesson stands: its section, what is before it (the nearest first), and what follows. */
export function placeOf(lesson: Lesson, segment: SegmentId): Place | null {
  for (const section of lesson.sections) {
    const at = section.placements.findIndex((placement) => placement.segment === segment);
    if (at < 0) continue;
    const before = section.placements.slice(0, at).map((placement) => placement.segment);
    return { section: section.id, trail: before.reverse(), next: section.placements[at + 1]?.segment ?? null };
  }
  return null;
}

/** Nothing may come between the national law and the core statement behind it. */
function partsLaw(lessonPackage: LessonPackage, before: SegmentId, next: SegmentId | null): boolean {
  if (next === null || lessonPackage.segments[next]?.kind !== 'statement') return false;
  return placeholdersOf(lessonPackage.segments[before]?.text ?? '').some(({ key }) => key.startsWith('law.'));
}

type Change = { readonly by: string; readonly at: Instant };

/** The next state of an added segment; what it said goes to its past. */
function next(local: LocalSegment, change: Partial<LocalSegment>): LocalSegment {
  const { text, state, by, reviewedBy, at, revision } = local;
  return {
    ...local,
    ...change,
    past: [{ text, state, by, reviewedBy, at, revision }, ...local.past],
    revision: revision + 1,
  };
}

/** Other words; a second person has to agree again. */
export const rewritten = (local: LocalSegment, text: string, change: Change): LocalSegment =>
  next(local, { text, state: 'translated', reviewedBy: null, removed: false, ...change });

/** A second person agrees. Throws `secondPersonNeeded`. */
export function agreed(local: LocalSegment, { by, at }: Change): LocalSegment {
  if (local.by === by) throw new DomainError('secondPersonNeeded');
  return next(local, { state: 'reviewed', reviewedBy: by, at });
}

/** It does not fit: back to its author, with the text kept. */
export const sentBack = (local: LocalSegment, { at }: Change): LocalSegment =>
  next(local, { state: 'initial', reviewedBy: null, at });

/** Taken out of the lesson; the text stays. */
export const takenOut = (local: LocalSegment, { at }: Change): LocalSegment => next(local, { removed: true, at });

/** Put behind another segment. */
export function putBehind(local: LocalSegment, lesson: Lesson, after: SegmentId, { at }: Change): LocalSegment {
  const place = after === local.id ? null : placeOf(lesson, after);
  if (place === null) throw new DomainError('segmentUnknown', { segment: after });
  return next(local, { section: place.section, after, trail: place.trail.filter((id) => id !== local.id), at });
}

/** Where a segment stood in the release before, for what becomes of it when the next one takes it away. */
export type FormerPlace = {
  readonly lesson: Lesson;
  readonly section: SectionId;
  readonly placement: Placement;
  readonly kind: SegmentKind;
};

/**
 * A segment that the baseline takes away, kept by a partner: its text becomes an added segment of this edition, where it
 * stood. `id` is a new one (`local-…`): an id of the baseline is never used for something else.
 */
export function keptAsAddition(
  unit: TranslationUnit,
  entry: Pick<LedgerEntry, 'owner'>,
  place: FormerPlace,
  id: SegmentId,
  at: Instant,
): LocalSegment {
  const section = place.lesson.sections.find((each) => each.id === place.section);
  const before = (section?.placements ?? []).map(({ segment }) => segment);
  const trail = before.slice(0, Math.max(0, before.indexOf(unit.segment))).reverse();
  const reviewed = unit.state === 'reviewed' || unit.state === 'final';
  return {
    edition: unit.edition,
    id,
    lesson: place.lesson.id,
    section: place.section,
    after: trail[0] ?? null,
    trail: trail.slice(1),
    kind: place.kind,
    text: unit.target,
    state: reviewed ? 'reviewed' : 'translated',
    by: unit.by || entry.owner,
    reviewedBy: reviewed ? unit.reviewedBy : null,
    at,
    from: unit.segment,
    past: [],
    removed: false,
    revision: 1,
  };
}
