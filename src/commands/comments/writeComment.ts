import type { Actor, Person } from '../../domain/access/access.ts';
import { type Comment, type CommentAddressee, commentText, mayRead } from '../../domain/comment/comment.ts';
import type { Edition } from '../../domain/edition/edition.ts';
import { lessonsWith } from '../../domain/edition/workingText.ts';
import { DomainError } from '../../domain/errors.ts';
import { authority } from '../../domain/notification/recipients.ts';
import { type LessonId, segmentIn } from '../../domain/package/lessonPackage.ts';
import { announce } from '../announce.ts';
import { authorize } from '../authorize.ts';
import { loadEdition } from '../edition/loadWorking.ts';
import { loadOwnPackage } from '../material/material.ts';
import type { Store, World } from '../ports.ts';

/** How far back an unread notice of the same thread is looked for. */
const recentNotices = 50;

export type WriteComment = {
  readonly edition: string;
  readonly segment: string;
  readonly to: CommentAddressee;
  readonly text: string;
  /** The first comment of the thread to answer, or null to begin one. */
  readonly answers: string | null;
};

/**
 * Says something about a segment, to the people of the edition or to the source's author. An answer opens its thread
 * again. Those concerned find it in their inbox. Throws `unitUnknown`, `commentUnknown`, `commentEmpty`,
 * `commentTooLong`.
 */
export async function writeComment(world: World, actor: Actor, input: WriteComment): Promise<Comment> {
  const text = commentText(input.text);
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, input.edition);
    const person = authorize(actor, 'comment:write', { partner: edition.partner });
    const { lessonPackage, known } = await placeOf(store, edition, input.segment);
    const lessons = lessonsWith(lessonPackage, input.segment);
    if (!known) throw new DomainError('unitUnknown', { segment: input.segment });
    const first = input.answers === null ? null : await threadOf(store, edition, person, input);
    const to = first?.to ?? input.to;
    if (first === null && !mayRead({ to }, person, edition))
      throw new DomainError('notAllowed', { action: 'comment:write' });
    const comment: Comment = {
      id: world.newId(),
      edition: edition.tag,
      segment: input.segment,
      to,
      text,
      by: person.id,
      at: world.now(),
      answers: first?.id ?? null,
      resolvedAt: null,
      resolvedBy: null,
      revision: 1,
    };
    await store.comments.save(comment);
    if (first !== null && first.resolvedAt !== null) {
      await store.comments.save({ ...first, resolvedAt: null, resolvedBy: null, revision: first.revision + 1 });
    }
    await announce(world, store, {
      kind: 'commentWritten',
      by: person.id,
      edition: edition.tag,
      partner: edition.partner,
      segment: input.segment,
      lesson: lessons[0] ?? null,
      to,
      comment: comment.answers ?? comment.id,
      ...(await peopleOf(store, comment, lessons)),
    });
    return comment;
  });
}

async function placeOf(store: Store, edition: Edition, segment: string) {
  const [{ lessonPackage }, unit] = [
    await loadOwnPackage(store, edition),
    await store.units.byId(edition.tag, segment),
  ];
  return { lessonPackage, known: unit !== null || segmentIn(lessonPackage, segment) !== undefined };
}

async function threadOf(store: Store, edition: Edition, person: Person, input: WriteComment): Promise<Comment> {
  const first = await store.comments.byId(input.answers ?? '');
  const here = first?.edition === edition.tag && first.segment === input.segment && first.answers === null;
  if (first === null || !here || !mayRead(first, person, edition)) throw new DomainError('commentUnknown');
  return first;
}

/**
 * Whom a comment concerns, besides the author's side: who wrote in the thread, or wrote or reviewed the unit; and of one to
 * colleagues, who has a lesson with the segment in hand. `told`: who has not yet read an earlier notice of the same thread;
 * one is enough.
 */
async function peopleOf(store: Store, comment: Comment, lessons: readonly LessonId[]) {
  const earlier = await store.comments.about(comment.edition, comment.segment);
  const unit = await store.units.byId(comment.edition, comment.segment);
  const thread = comment.answers ?? comment.id;
  const talked = earlier.filter((each) => each.id === thread || each.answers === thread).map((each) => each.by);
  const assigned = comment.to === 'colleagues' ? await assignedTo(store, comment.edition, lessons) : [];
  const involved = [...new Set([...talked, unit?.by, unit?.reviewedBy, ...assigned])].filter(
    (id): id is string => typeof id === 'string' && id !== comment.by,
  );
  const asked = comment.to === 'author' ? (await store.people.ofPartner(authority)).map((person) => person.id) : [];
  const told: string[] = [];
  for (const id of comment.answers === null ? [] : new Set([...involved, ...asked])) {
    const notices = await store.notices.ofPerson(id, recentNotices);
    const unread = notices.filter((notice) => notice.kind === 'commentWritten' && notice.readAt === null);
    if (unread.some((notice) => notice.data.thread === thread)) told.push(id);
  }
  return { involved, told };
}

/** Who has one of the lessons in hand. */
async function assignedTo(store: Store, tag: string, lessons: readonly LessonId[]): Promise<readonly string[]> {
  const assignments = await store.assignments.ofEdition(tag);
  return assignments
    .filter((each) => lessons.includes(each.lesson) && each.doneAt === undefined)
    .map((each) => each.person);
}
