import type { Person } from '../access/access.ts';
import { hashOf } from '../release/canonical.ts';
import type { Instant } from '../time.ts';
import { aboutOf, questionPath, updatePath } from './aboutOccasion.ts';
import type { Notice, OutboxMail } from './notification.ts';
import type { Occasion } from './occasion.ts';
import { authority, type EditionOwner, recipientsOf } from './recipients.ts';

export type NotificationContext = {
  /** The id of the event: with it the ids of notices and mails are settled, so a repeat is one. */
  readonly event: string;
  readonly at: Instant;
  readonly people: readonly Person[];
  /** Every edition with its partner; a recall goes to all of them. */
  readonly editions: readonly EditionOwner[];
};

export type Notifications = { readonly notices: readonly Notice[]; readonly mails: readonly OutboxMail[] };

/**
 * Who is told what: one notice a person, or one for each of their editions when a release concerns them; one mail a
 * person, whatever the number of notices. Nobody is mailed about what they did themselves, unless it failed.
 */
export function planNotifications(occasion: Occasion, context: NotificationContext): Notifications {
  const notices: Notice[] = [];
  const mails: OutboxMail[] = [];
  for (const person of recipientsOf(occasion, context.people, context.editions)) {
    const theirs = noticesFor(occasion, person, context);
    notices.push(...theirs);
    const own = person.id === occasion.by && occasion.kind !== 'publicationFailed';
    if (own || !wantsMail(person, theirs)) continue;
    mails.push({
      id: idOf(context.event, person.id, 'mail'),
      person: person.id,
      notices: theirs.map((notice) => notice.id),
      createdAt: context.at,
      sentAt: null,
      tries: 0,
      notBefore: context.at,
      lastError: null,
    });
  }
  return { notices, mails };
}

/**
 * What people who chose "safety only" are mailed about: safety releases and change sets, recalls and their end, a
 * fact that was taken out, and a helpline that a reader reports. `none` is none.
 */
export function isUrgent(notice: Pick<Notice, 'kind' | 'severity'>): boolean {
  return (
    notice.severity === 'safety' ||
    ['recallOrdered', 'recallLifted', 'factSuspended', 'helplineReported'].includes(notice.kind)
  );
}

/** Whether the person's preference lets a mail about these notices through. */
export function wantsMail(
  person: Pick<Person, 'mail'>,
  notices: readonly Pick<Notice, 'kind' | 'severity'>[],
): boolean {
  if (person.mail === 'none' || notices.length === 0) return false;
  return person.mail === 'all' || notices.some(isUrgent);
}

function noticesFor(occasion: Occasion, person: Person, context: NotificationContext): readonly Notice[] {
  const about = aboutOf(occasion);
  const actor = context.people.find((candidate) => candidate.id === occasion.by);
  const notice: Notice = {
    id: idOf(context.event, person.id, ''),
    event: context.event,
    kind: occasion.kind,
    person: person.id,
    at: context.at,
    readAt: null,
    edition: 'edition' in occasion ? occasion.edition : null,
    release: null,
    changeSet: null,
    severity: null,
    counts: null,
    data: { ...about.data, by: actor?.name ?? null },
    path: about.path,
  };
  if (occasion.kind === 'changeSetSubmitted' || occasion.kind === 'changeSetApproved') {
    return [{ ...notice, changeSet: occasion.changeSet.id, severity: occasion.changeSet.severity }];
  }
  if (occasion.kind === 'commentWritten' && person.partner === authority) {
    return [{ ...notice, path: questionPath(occasion.comment) }];
  }
  if (occasion.kind !== 'releaseMade') return [notice];
  const { number, severity } = occasion.release;
  const theirs = occasion.editions.filter((edition) => edition.partner === person.partner);
  if (theirs.length === 0) return [{ ...notice, release: number, severity }];
  const { release, summary, due, by } = notice.data;
  return theirs.map(({ tag, counts }) => ({
    ...notice,
    id: idOf(context.event, person.id, tag),
    edition: tag,
    release: number,
    severity,
    counts,
    data: { release: release ?? number, summary: summary ?? '', due: due ?? null, by: by ?? null, edition: tag },
    path: updatePath(tag),
  }));
}

/** Fit for a Message-ID, whatever the ids of events and people look like. */
function idOf(event: string, person: string, part: string): string {
  return hashOf([event, person, part]).slice(0, 32);
}
