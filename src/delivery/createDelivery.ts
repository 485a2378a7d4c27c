import type { Store } from '../commands/ports.ts';
import type { OutboxMail } from '../domain/notification/notification.ts';
import { wantsMail } from '../domain/notification/planNotifications.ts';
import type { Instant } from '../domain/time.ts';
import { composeMail, senderOf } from './composeMail.ts';
import { oneLine, type Translate } from './noticeWords.ts';
import { folderPost, isUnreachable, smtpPost } from './post.ts';

export type DeliveryOptions = {
  readonly store: Store;
  /** Null: mails are written into the folder. */
  readonly smtpUrl: string | null;
  readonly mailFolder: string;
  /** Where links lead: `https://headwater.example`. */
  readonly baseUrl: string;
  readonly now: () => Instant;
  readonly translate: Translate;
  /** Told when a run itself fails (the database is away, say); mails that fail keep their own reason. */
  readonly onError?: (error: unknown) => void;
};

export type DeliveryRun = { readonly sent: number; readonly dropped: number; readonly failed: number };

export type Delivery = {
  /** Sends what is due, until nothing is. */
  runOnce(now?: Instant): Promise<DeliveryRun>;
  /** Looks at the outbox every few seconds. */
  start(everyMs?: number): void;
  /** Ends after the mail that is under way. */
  stop(): Promise<void>;
};

const minute = 60_000;
const hour = 60 * minute;
const waits = [minute, 5 * minute, 30 * minute, 2 * hour, 6 * hour] as const;
/** After ten days of tries the notice in the inbox has to do. */
const longest = 10 * 24 * hour;
/** A mail server that is away says nothing about a mail: it is asked again soon, so that a recall goes out when it is back. */
const longestAway = 5 * minute;
const batch = 10;
/** Longer than a batch can take: an SMTP server that hangs is left after half a minute. */
const leaseSeconds = 15 * 60;

/** How long to wait after the given number of tries. */
export function waitAfter(tries: number): number {
  return waits[Math.min(tries, waits.length) - 1] ?? minute;
}

/**
 * The outbox worker. Several may run on one outbox: each mail is leased. Sent at least once, always under the same
 * Message-ID; a mail that fails waits longer each time and stands in nobody's way.
 */
export function createDelivery(options: DeliveryOptions): Delivery {
  const { store, smtpUrl, translate } = options;
  const post = smtpUrl === null ? folderPost(options.mailFolder) : smtpPost(smtpUrl);
  const sender = senderOf(options.baseUrl, smtpUrl);
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  let stopped = false;

  /** Sends the mail, or finds that nobody wants it. */
  async function deliver(mail: OutboxMail): Promise<'sent' | 'dropped'> {
    const [person, notices] = await Promise.all([store.people.byId(mail.person), store.notices.byIds(mail.notices)]);
    if (person === null || person.state !== 'active' || !wantsMail(person, notices)) return 'dropped';
    await post.send(composeMail(mail, person, notices, sender, translate));
    return 'sent';
  }

  async function attempt(mail: OutboxMail, now: Instant): Promise<{ outcome: keyof DeliveryRun; error?: unknown }> {
    try {
      const outcome = await deliver(mail);
      await store.outbox.save({
        ...mail,
        ...(outcome === 'sent' ? { sentAt: now } : { droppedAt: now }),
        tries: outcome === 'sent' ? mail.tries + 1 : mail.tries,
        lastError: null,
      });
      return { outcome };
    } catch (error) {
      await postpone(mail, error, now);
      return { outcome: 'failed', error };
    }
  }

  async function postpone(mail: OutboxMail, error: unknown, now: Instant): Promise<void> {
    const tries = mail.tries + 1;
    const wait = isUnreachable(error) ? Math.min(waitAfter(tries), longestAway) : waitAfter(tries);
    const reason = oneLine(error instanceof Error ? error.message : String(error)).slice(0, 300);
    await store.outbox.save({
      ...mail,
      tries,
      notBefore: new Date(Date.parse(now) + wait).toISOString(),
      lastError: reason,
      ...(Date.parse(now) - Date.parse(mail.createdAt) > longest ? { droppedAt: now } : {}),
    });
  }

  async function runOnce(now?: Instant): Promise<DeliveryRun> {
    const count = { sent: 0, dropped: 0, failed: 0 };
    while (!stopped) {
      const at = now ?? options.now();
      const mails = await store.outbox.take(at, batch, leaseSeconds);
      let unreachable: unknown;
      for (const mail of mails) {
        if (stopped) {
          await store.outbox.save(mail); // gives it back at once
          continue;
        }
        if (unreachable !== undefined) {
          await postpone(mail, unreachable, at);
          count.failed += 1;
          continue;
        }
        const { outcome, error } = await attempt(mail, at);
        count[outcome] += 1;
        if (isUnreachable(error)) unreachable = error;
      }
      if (mails.length < batch || unreachable !== undefined) break;
    }
    return count;
  }

  function schedule(everyMs: number): void {
    if (stopped) return;
    timer = setTimeout(() => {
      running = runOnce()
        .catch((error: unknown) => options.onError?.(error))
        .then(() => schedule(everyMs));
    }, everyMs);
    timer.unref();
  }

  return {
    runOnce,
    start(everyMs = 5000) {
      if (timer === undefined) schedule(everyMs);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
      post.close();
    },
  };
}
