import type { Edition } from '../../../domain/edition/edition.ts';
import { standsOn } from '../../../domain/edition/standsOn.ts';
import type { DomainEvent } from '../../../domain/notification/notification.ts';
import type { Recall } from '../../../domain/recall/recall.ts';
import type { ChangeSet, Release } from '../../../domain/release/release.ts';
import { type Day, daysBetween } from '../../../domain/time.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import { editionName } from '../frame.ts';
import { releasesAfter } from '../today/loadDesk.ts';
import { pendingSafety } from '../today/safetyStory.ts';
import type { AuthorityWaiting } from './waiting.ts';

export type BehindRow = {
  readonly tag: string;
  readonly name: string;
  readonly href: string;
  readonly stands: string;
  readonly releases: number;
  readonly safety: number;
  readonly due: Day | null;
  /** Negative once the day has passed. */
  readonly daysLeft: number | null;
};

/** Editions that lack a safety change, the most urgent first. */
export function behindOnSafety(
  editions: readonly Edition[],
  releases: readonly Release[],
  today: Day,
  language: string,
): readonly BehindRow[] {
  return editions
    .flatMap((edition) => {
      const pending = pendingSafety(edition, releases);
      if (pending.length === 0) return [];
      const due = pending[0]?.set.due ?? null;
      return [
        {
          tag: edition.tag,
          name: editionName(edition, language),
          href: paths.deskEdition.to(edition.tag),
          stands: standsOn(edition.upstream),
          releases: releasesAfter(releases, edition.upstream.release).length,
          safety: pending.length,
          due,
          daysLeft: due === null ? null : daysBetween(today, due),
        },
      ];
    })
    .sort((one, other) => (one.due ?? '9999').localeCompare(other.due ?? '9999') || one.tag.localeCompare(other.tag));
}

/** Small numbers in words, as in a headline of a newspaper. */
const spelled = (t: Translate, count: number): string => (count < 10 ? t(`baseline:words.${count}`) : String(count));

/** The news: what waits, named where it is of one kind. */
export function authorityHeadline(t: Translate, waiting: AuthorityWaiting, behind: number): string {
  const { approvals, releasable, seconds, questions } = waiting;
  const say = (key: string, count: number) => t(`baseline:today.${key}`, { count, words: spelled(t, count) });
  const kinds = [approvals, releasable, seconds, questions].filter((list) => list.length > 0);
  if (kinds.length > 1)
    return say(
      'things',
      kinds.reduce((sum, list) => sum + list.length, 0),
    );
  if (seconds.length > 0) return say('recalls', seconds.length);
  if (approvals.length > 0) return say('approvals', approvals.length);
  if (releasable.length > 0) return say('releasable', releasable.length);
  if (questions.length > 0) return t('bench:questions.today', { count: questions.length });
  return behind > 0 ? say('behind', behind) : t('baseline:today.nothing');
}

export type SetLine = Pick<ChangeSet, 'id' | 'title' | 'severity' | 'due'> & {
  readonly href: string;
  readonly author: string;
  readonly at: string;
  readonly count: number;
};

export const setLine = (set: ChangeSet, names: ReadonlyMap<string, string>): SetLine => ({
  id: set.id,
  title: set.title,
  severity: set.severity,
  due: set.due,
  href: paths.changeSet.to(set.id),
  author: names.get(set.author) ?? '',
  at: set.updatedAt,
  count: set.changes.length,
});

export const recallLine = (recall: Recall, names: ReadonlyMap<string, string>) => ({
  target: recall.target.kind === 'lesson' ? recall.target.lesson : recall.target.segment,
  reason: recall.reason,
  by: names.get(recall.orderedBy) ?? '',
  at: recall.orderedAt,
  href: `${paths.recalls.to()}#recall-${recall.id}`,
});

/** Actions with words of their own; a set's or recall's id is its subject. */
const told: ReadonlySet<string> = new Set([
  ...['changeSet/begin', 'changeSet/describe', 'changeSet/edit', 'changeSet/import', 'changeSet/submit'],
  ...['changeSet/approve', 'release/make', 'recall/order', 'recall/second', 'recall/lift'],
]);

/** The set that an event is about: `baseline/change-sets/keep-the-proof/approval`. */
export const setOfEvent = ({ subject }: DomainEvent): string | null =>
  subject.startsWith('baseline/change-sets/') ? (subject.split('/')[2] ?? null) : null;

/** What happened to the baseline, in one line each; a run of the same by one person is one line. */
export function baselineEvents(
  t: Translate,
  events: readonly DomainEvent[],
  names: ReadonlyMap<string, string>,
  titles: ReadonlyMap<string, string>,
) {
  const lines = events
    .filter((event) => event.kind === 'audit' && told.has(event.action))
    .sort((one, other) => other.at.localeCompare(one.at))
    .map((event) => {
      const name = names.get(event.by ?? '') ?? t('baseline:today.somebody');
      const set = setOfEvent(event) ?? '';
      const subject = titles.get(set) ?? set;
      return { text: t(`baseline:events.${event.action.replace('/', '_')}`, { name, subject }), at: event.at };
    });
  return lines.filter((line, index) => lines[index - 1]?.text !== line.text);
}
