import type { Notice } from '../../../domain/notification/notification.ts';
import { paths } from '../../paths.ts';
import type { PersonContext, Reply, Route, Translate } from '../../route.ts';
import { formatDate } from '../../views.ts';
import { listField } from '../fields.ts';
import { frameFor } from '../frame.ts';

const shown = 200;

/** A notice in words: what happened, then what it means for the reader. */
export function presentNotice(notice: Notice, t: Translate, language: string) {
  const { counts, severity } = notice;
  const values = {
    ...notice.data,
    edition: notice.edition ?? '',
    release: notice.release ?? '',
    changeSet: notice.changeSet ?? '',
    ...(typeof notice.data.role === 'string' ? { role: t(`work:roles.${notice.data.role}`) } : {}),
  };
  return {
    id: notice.id,
    at: notice.at,
    href: notice.path,
    unread: notice.readAt === null,
    severity,
    severityWord: severity === null ? null : t(`desk:severities.${severity}`),
    headline: t(`people:notices.${notice.kind}`, values),
    meaning:
      counts === null
        ? toldOf(notice, t, language)
        : [
            t('people:notices.stale', { count: counts.stale, words: counts.staleWords }),
            ...(counts.safety > 0 ? [t('people:notices.safety', { count: counts.safety })] : []),
            ...(counts.conflicts > 0 ? [t('people:notices.conflicts', { count: counts.conflicts })] : []),
            ...(counts.factsNeeded > 0 ? [t('people:notices.facts', { count: counts.factsNeeded })] : []),
          ],
  };
}

/** What an assignment's date is, or why a text came back. */
function toldOf({ kind, data }: Notice, t: Translate, language: string): readonly string[] | null {
  if (kind === 'helplineReported') return [t(`feedback:fault.${data.fault}`)];
  if (kind === 'textSentBack') return [t('people:notices.sentBackWhy', { reason: data.reason })];
  if (kind === 'sendBackMade' || kind === 'sendBackAnswered') {
    return [t(`people:notices.${kind}Why`, { reason: data.reason })];
  }
  if (kind !== 'lessonAssigned' || typeof data.due !== 'string') return null;
  return [t('people:notices.doneBy', { due: formatDate(language, data.due) })];
}

async function show(context: PersonContext): Promise<Reply> {
  const { world, person, t } = context;
  const notices = await world.store.notices.ofPerson(person.id, shown);
  const rows = notices.map((notice) => presentNotice(notice, t, context.language));
  const unread = rows.filter((row) => row.unread);
  const data = {
    title: unread.length === 0 ? t('people:inbox.nothing') : t('people:inbox.title', { count: unread.length }),
    unread,
    readHref: paths.inboxRead.to(),
    read: rows.filter((row) => !row.unread),
    frame: await frameFor(context, 'inbox'),
  };
  return { kind: 'page', view: 'desk/inbox/inbox', data };
}

async function markRead({ world, person, form, now }: PersonContext): Promise<Reply> {
  const ids = listField(form, 'notice');
  await world.store.notices.markRead(person.id, ids.length === 0 ? 'all' : ids, now);
  return { kind: 'redirect', to: paths.inbox.to() };
}

export const inboxRoutes: readonly Route[] = [
  { method: 'get', path: paths.inbox.pattern, allow: 'desk:enter', audit: 'nothing', about: 'person', handle: show },
  {
    method: 'post',
    path: paths.inboxRead.pattern,
    allow: 'me:write',
    audit: 'nothing',
    about: 'person',
    handle: markRead,
  },
];
