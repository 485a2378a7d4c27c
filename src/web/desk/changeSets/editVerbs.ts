import { diffPackages } from '../../../domain/diff/diffReleases.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { LessonPackage, Placement, Segment, SegmentId } from '../../../domain/package/lessonPackage.ts';
import { normalText } from '../../../domain/package/text.ts';
import { applyChanges, placementFields, reverseChanges } from '../../../domain/release/applyChange.ts';
import { sameValue } from '../../../domain/release/canonical.ts';
import { subjectOf } from '../../../domain/release/changeSubject.ts';
import {
  addSegment,
  editSegment,
  joinSegments,
  moveSegment,
  removeSegment,
  splitSegment,
  standings,
} from '../../../domain/release/editing.ts';
import { rebaseChanges } from '../../../domain/release/rebaseChanges.ts';
import type { Change, Place } from '../../../domain/release/release.ts';
import type { ChangesForm, SegmentForm } from './forms.ts';

type Form<V> = Extract<SegmentForm, { readonly verb: V }>;

/**
 * What a form about one segment asks of the package with the draft's changes in it. `released` is the package without
 * them: translators know its segments only, so lineage leads back to those.
 */
export function segmentChanges(
  lessonPackage: LessonPackage,
  released: LessonPackage,
  id: SegmentId,
  form: SegmentForm,
): readonly Change[] {
  return wishedChanges(lessonPackage, id, form).map((change) =>
    change.kind === 'segmentAdded'
      ? { ...change, segment: withLineage(lessonPackage, released, change.segment) }
      : change,
  );
}

function withLineage(lessonPackage: LessonPackage, released: LessonPackage, segment: Segment): Segment {
  const { from, ...bare } = segment;
  const known = (from ?? []).flatMap((id) =>
    Object.hasOwn(released.segments, id) ? [id] : (lessonPackage.segments[id]?.from ?? []),
  );
  return known.length === 0 ? bare : { ...bare, from: [...new Set(known)] };
}

function wishedChanges(lessonPackage: LessonPackage, id: SegmentId, form: SegmentForm): readonly Change[] {
  switch (form.verb) {
    case 'edit':
      return editAll(lessonPackage, id, form);
    case 'remove':
      return form.where === 'here' ? [takeOut(lessonPackage, id, form)] : removeSegment(lessonPackage, id);
    case 'move':
      return moveSegment(lessonPackage, id, { ...form, after: null }, placeOf(form.to));
    case 'split':
      return splitSegment(lessonPackage, id, [
        { id: form.id1, text: form.text1 },
        { id: form.id2, text: form.text2 },
      ]);
    case 'join':
      return joinSegments(lessonPackage, [id, form.next], form);
    case 'add':
      return addNew(lessonPackage, form, { lesson: form.lesson, section: form.section, after: id });
  }
}

/** What a form about the set asks: a segment at the start of a section, or everything about a subject taken back. */
export function setChanges(
  lessonPackage: LessonPackage,
  released: LessonPackage,
  changes: readonly Change[],
  form: ChangesForm,
): readonly Change[] {
  if (form.verb === 'takeBack') return takeBack(lessonPackage, released, changes, form.subject);
  return addNew(lessonPackage, form, { lesson: form.lesson, section: form.section, after: null });
}

/** The draft without what it does to a subject. Where the rest stands on that, it is turned round where it stands. */
function takeBack(
  lessonPackage: LessonPackage,
  released: LessonPackage,
  changes: readonly Change[],
  subject: string,
): readonly Change[] {
  const about = (change: Change) => subjectOf(change) === subject;
  try {
    const rest = changes.filter((change) => !about(change));
    return diffPackages(lessonPackage, applyChanges(released, rebaseChanges(released, rest)));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return rebaseChanges(lessonPackage, reverseChanges(changes.filter(about)));
  }
}

function editAll(lessonPackage: LessonPackage, id: SegmentId, form: Form<'edit'>): readonly Change[] {
  const segment = segmentIn(lessonPackage, id);
  const changes: Change[] = [...editSegment(lessonPackage, id, form.text)];
  if (form.policy !== segment.policy) {
    changes.push({ kind: 'policyChanged', segment: id, before: segment.policy, after: form.policy });
  }
  const [before, after] = [segment.note ?? null, normalText(form.note) || null];
  if (before !== after) changes.push({ kind: 'noteChanged', segment: id, before, after });
  return segment.kind === 'step' ? [...changes, ...newMinutes(lessonPackage, id, form)] : changes;
}

function newMinutes(lessonPackage: LessonPackage, id: SegmentId, form: Form<'edit'>): readonly Change[] {
  const { minutes: _minutes, ...rest } = standingAt(lessonPackage, id, form).placement;
  const before = placementFields(standingAt(lessonPackage, id, form).placement);
  const after = placementFields(form.minutes === null ? rest : { ...rest, minutes: form.minutes });
  if (sameValue(before, after)) return [];
  return [{ kind: 'placementChanged', lesson: form.lesson, section: form.section, segment: id, before, after }];
}

function addNew(
  lessonPackage: LessonPackage,
  form: Pick<Form<'add'>, 'id' | 'kind' | 'policy' | 'text' | 'minutes'>,
  at: Place,
): readonly Change[] {
  const { id, kind, policy, text, minutes } = form;
  return addSegment(lessonPackage, { id, kind, policy, text }, at, minutes === null ? {} : { minutes });
}

function takeOut(lessonPackage: LessonPackage, id: SegmentId, form: Form<'remove'>): Change {
  return { kind: 'unplaced', ...standingAt(lessonPackage, id, form) };
}

function standingAt(
  lessonPackage: LessonPackage,
  id: SegmentId,
  { lesson, section }: { readonly lesson: string; readonly section: string },
): { readonly at: Place; readonly placement: Placement } {
  const standing = standings(lessonPackage, id).find(({ at }) => at.lesson === lesson && at.section === section);
  if (standing === undefined)
    throw new DomainError('changeDoesNotFit', { change: `unplaced ${id}`, reason: 'missing' });
  return standing;
}

function segmentIn(lessonPackage: LessonPackage, id: SegmentId): Segment {
  const segment = Object.hasOwn(lessonPackage.segments, id) ? lessonPackage.segments[id] : undefined;
  if (segment === undefined) throw new DomainError('segmentUnknown', { segment: id });
  return segment;
}

/** `B4 steps CPS-01` is the place behind CPS-01; `B4 steps` is the first one. */
function placeOf(to: string): Place {
  const [lesson = '', section = '', after] = to.split(' ');
  return { lesson, section, after: after ?? null };
}
