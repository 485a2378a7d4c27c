import type { EditionTag } from '../../domain/edition/edition.ts';
import type { Recall } from '../../domain/recall/recall.ts';
import type { Instant } from '../../domain/time.ts';
import type { World } from '../ports.ts';

/** What of a recall, or of its end, has not arrived yet. */
export type RecallDelivery = {
  /** Published editions whose pages do not show it. */
  readonly editions: readonly EditionTag[];
  /** Mails about it that have not been sent. */
  readonly mails: number;
};

export type RecallDeliveries = {
  readonly of: (recall: Recall) => RecallDelivery;
  /** Since when the public folder cannot be written; null while it can. */
  readonly since: Instant | null;
};

/** More than partners have people; what waits beyond is told as so many. */
const mostMails = 2000;

/**
 * How far recalls have come: on the pages as they are on disk, whatever was meant to be there, and in the outbox. One that
 * waits for its second person has nowhere to arrive.
 */
export async function recallDeliveries({ store, site }: Pick<World, 'store' | 'site'>): Promise<RecallDeliveries> {
  const [editions, reach, unsent] = await Promise.all([
    store.editions.all(),
    site.reach(),
    store.outbox.unsent(mostMails),
  ]);
  const published = editions.filter(({ publication, withdrawn }) => publication !== null && !withdrawn);
  const notices = unsent.length === 0 ? [] : await store.notices.byIds(unsent.flatMap((mail) => mail.notices));
  const waiting = Map.groupBy(notices, ({ path }) => path);
  const firstLate = reach.late.map(({ since }) => since).sort()[0] ?? null;
  return {
    since: firstLate,
    of(recall) {
      if (recall.inForceSince === null) return { editions: [], mails: 0 };
      const obeyed = recall.liftedAt === null;
      const shows = (tag: EditionTag): boolean => reach.recalls.get(tag)?.includes(recall.id) ?? !obeyed;
      return {
        editions: published.map(({ tag }) => tag).filter((tag) => shows(tag) !== obeyed),
        mails: waiting.get(`/desk/recalls/${recall.id}`)?.length ?? 0,
      };
    },
  };
}
