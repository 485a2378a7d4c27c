import { DomainError } from '../errors.ts';
import type { Lesson, LessonPackage, SectionId, SegmentId, SegmentKind } from '../package/lessonPackage.ts';
import { placeholdersOf } from '../package/placeholders.ts';
import { normalText } from '../package/text.ts';
import type { Instant } from '../time.ts';
import { surroundings } from './additions.ts';
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
    ...surroundings(lesson, place.section, wish.after),
    since: wish.at,
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

type Place = { readonly section: SectionId; readonly next: SegmentId | null };

/** Where a segment of a lesson stands: its section, and what follows it. */
export function placeOf(lesson: Lesson, segment: SegmentId): Place | null {
  for (const section of lesson.sections) {
    const at = section.placements.findIndex((placement) => placement.segment === segment);
    if (at < 0) continue;
    return { section: section.id, next: section.placements[at + 1]?.segment ?? null };
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
function next({ sentBack: _, ...local }: LocalSegment, change: Partial<LocalSegment>): LocalSegment {
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

/** It does not fit: back to its author, with the text kept and the reason beside it. */
export const sentBack = (local: LocalSegment, { by, at }: Change, reason: string): LocalSegment =>
  next(local, { state: 'initial', reviewedBy: null, at, sentBack: { by, at, reason } });

/** Taken out of the lesson; the text stays. */
export const takenOut = (local: LocalSegment, { at }: Change): LocalSegment => next(local, { removed: true, at });

/** Put behind another segment. */
export function putBehind(local: LocalSegment, lesson: Lesson, after: SegmentId, { at }: Change): LocalSegment {
  const place = after === local.id ? null : placeOf(lesson, after);
  if (place === null) throw new DomainError('segmentUnknown', { segment: after });
  return next(local, { section: place.section, after, ...surroundings(lesson, place.section, after), since: at, at });
}
