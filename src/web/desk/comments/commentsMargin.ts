import { can } from '../../../domain/access/can.ts';
import { commentLength } from '../../../domain/comment/comment.ts';
import { paths } from '../../paths.ts';
import { namesOf } from '../today/loadDesk.ts';
import type { MarginPart } from '../workbench/marginParts.ts';
import { namedInThreads, threadsFor, threadView } from './threads.ts';

/** What is said about the open unit, beside it: open threads first, closed ones folded. */
export const commentsMargin: MarginPart = async ({ context, desk, unit, show }) => {
  const { world, edition, person, actor, t } = context;
  const threads = threadsFor(await world.store.comments.about(edition.tag, unit.segment), person, edition);
  const names = await namesOf(context, namedInThreads(threads));
  const own = person.partner === edition.partner;
  const views = threads.map((thread) => threadView(t, thread, names));
  return {
    count: threads.length,
    open: views.filter((thread) => thread.closed === null),
    closed: views.filter((thread) => thread.closed !== null),
    mayWrite: can(actor, 'comment:write', { partner: edition.partner }),
    own,
    most: commentLength,
    href: paths.unitComments.to(edition.tag, unit.segment),
    lesson: desk.lesson.id,
    show,
  };
};
